from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..access.readers import InAudience, ReadableQuerySet
from ..columns import SortsAsField
from ..enums import AudienceType
from .keys import link, public_id_field


class Audience(models.Model):
    """Whom something is for: a community, a pair, a cohort, a committee, everyone."""

    public_id = public_id_field()
    kind = models.CharField(max_length=20, choices=AudienceType.choices)
    label = models.CharField(_("label"), max_length=160)
    sorts_as = SortsAsField("label")
    address = models.CharField(max_length=200, blank=True)
    is_open = models.BooleanField(default=False)
    is_secret = models.BooleanField(default=False)
    is_frozen = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)

    objects = ReadableQuerySet.as_manager()
    readers = InAudience(column="pk")
    denied = None

    class Meta:
        verbose_name = _("audience")
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=AudienceType.EVERYONE), name="audience_one_everyone"),
            models.CheckConstraint(condition=~Q(is_open=True, is_secret=True), name="audience_not_open_and_secret"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(is_open=True), name="audience_open")]

    def __str__(self):
        return str(self.title)

    @property
    def title(self):
        """Its name as a page says it: what is for everyone is called so in the language of the page."""
        return AudienceType.EVERYONE.label if self.kind == AudienceType.EVERYONE else self.label


class AudienceMember(models.Model):
    audience, person = link("core.Audience"), link("core.Person")
    role = models.CharField(max_length=10, default="member")
    joined_at = clock.InstantField()

    class Meta:
        verbose_name = _("member")
        constraints = [models.UniqueConstraint(fields=["audience", "person"], name="audience_member_once")]
        indexes = [models.Index(fields=["person", "audience"], name="audience_of_person")]

    def __str__(self):
        return f"{self.person_id} in {self.audience_id}"
