from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, InAudience, InLineOf, Is, NamedIn, ReadableQuerySet, StoodInLine
from rse.core.enums import HOSTING, Role
from rse.core.models.keys import link, public_id_field

from ..enums import AppealOutcome, Article
from ..reader_parts import InLineOfNamed

# Neither those above the author, nor who reported it, nor those above them, now or when it was reported.
PARTY = (
    InLineOf("author")
    | NamedIn("governance.Reporter", "report", column="report")
    | InLineOfNamed("governance.Reporter", "report", column="report")
    | StoodInLine("report", column="report")
)


class ModerationQuerySet(ReadableQuerySet):
    def running(self):
        return self.filter(lifted_at=None)

    def with_pending_appeal(self):
        return self.filter(appealed_at__isnull=False, appeal_outcome="")


class Moderation(models.Model):
    """Something that was hidden: under which article, why, by whom; and the one appeal of its author, which another decides."""

    public_id = public_id_field()
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    author = link("core.Person", null=True, on_delete=models.SET_NULL)
    audience = link("core.Audience", null=True, on_delete=models.SET_NULL)
    report = link("governance.Report", null=True, on_delete=models.SET_NULL)
    is_protected = models.BooleanField(default=False)
    article = models.CharField(_("article"), max_length=20, choices=Article.choices)
    reason = models.TextField(_("reason"), max_length=1000)
    by = link("core.Person", null=True, on_delete=models.SET_NULL)
    at = clock.InstantField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    appeal_words = models.TextField(_("why it should be shown again"), max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_outcome = models.CharField(max_length=10, choices=AppealOutcome.choices, blank=True)
    appeal_answer = models.TextField(_("answer"), max_length=1000, blank=True)
    appeal_decided_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    appeal_decided_at = models.DateTimeField(null=True, blank=True)

    objects = ModerationQuerySet.as_manager()
    reader_words = {"author": _("its author")}
    readers = (
        Is("author")
        | HoldsRole(Role.HANDLER).unless(PARTY)
        | HoldsRole(Role.HANDLER, person="author").when(author__isnull=False).unless(PARTY)
        | InAudience(roles=HOSTING).when(is_protected=False, audience__isnull=False).unless(PARTY)
    )
    denied = None

    class Meta:
        verbose_name = _("decision about content")
        constraints = [
            models.UniqueConstraint(fields=["kind", "row_id"], condition=Q(lifted_at=None), name="moderation_one_running_per_thing"),
            models.CheckConstraint(condition=Q(article__in=Article.values) & ~Q(reason=""), name="moderation_has_article_and_reason"),
            models.CheckConstraint(condition=Q(by=None) | Q(author=None) | ~Q(by=F("author")), name="moderation_never_of_oneself"),
            models.CheckConstraint(
                condition=Q(appeal_decided_by=None)
                | (Q(by=None) | ~Q(appeal_decided_by=F("by"))) & (Q(author=None) | ~Q(appeal_decided_by=F("author"))),
                name="appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(appealed_at=None, appeal_words="", appeal_outcome="", appeal_decided_at=None)
                | Q(appealed_at__isnull=False, appeal_outcome="", appeal_decided_at=None)
                | Q(appealed_at__isnull=False, appeal_outcome__in=AppealOutcome.values, appeal_decided_at__isnull=False)
                & ~Q(appeal_answer=""),
                name="appeal_decided_once_made",
            ),
        ]
        indexes = [models.Index(fields=["author", "at"], name="moderation_of_author")]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("moderation:detail", args=[self.public_id])

    @property
    def is_running(self):
        return self.lifted_at is None

    @property
    def has_pending_appeal(self):
        return self.appealed_at is not None and not self.appeal_outcome


class HandlerGrant(models.Model):
    """The silent grant through which a handler opens one reported row, for as long as something about it is to be decided."""

    grant = models.OneToOneField("core.RowGrant", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "row_id"], name="handler_grant_of_row")]

    def __str__(self):
        return f"{self.kind} {self.row_id}"
