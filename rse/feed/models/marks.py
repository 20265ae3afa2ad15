from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.models.keys import link

from ..enums import LONGEST_REASON
from .posts import HOSTS, INSIDE, FeedQuerySet


class AcceptanceQuerySet(FeedQuerySet):
    def with_card(self):
        return self.select_related("post", "comment__author", "comment__post", "audience", "accepted_by")


class Acceptance(models.Model):
    """The answer that the asker, or a host, kept for a question; a credit may stand on it, and dies with it."""

    post = link("feed.Post")
    comment = link("feed.Comment")
    audience = link("core.Audience")
    accepted_by = link("core.Person", on_delete=models.PROTECT)
    accepted_at = clock.InstantField()
    is_visible = models.BooleanField(default=True)

    objects = AcceptanceQuerySet.as_manager()
    readers = INSIDE.when(is_visible=True) | HOSTS
    denied = None

    class Meta:
        verbose_name = _("accepted answer")
        constraints = [models.UniqueConstraint(fields=["post"], name="acceptance_one_per_question")]

    def __str__(self):
        return f"{self.comment_id} for {self.post_id}"

    def get_absolute_url(self):
        return self.comment.get_absolute_url()


class UsefulMarkQuerySet(FeedQuerySet):
    def with_card(self):
        return self.select_related("post", "comment__post", "audience", "person")


class UsefulMark(models.Model):
    """Somebody says that a post or a comment of another helped them, and perhaps to do what."""

    person = link("core.Person", on_delete=models.PROTECT)
    author = link("core.Person", on_delete=models.PROTECT)  # who wrote what is marked
    post = link("feed.Post", null=True, blank=True)
    comment = link("feed.Comment", null=True, blank=True)
    audience = link("core.Audience")
    reason = models.CharField(_("it helped me to…"), max_length=LONGEST_REASON, blank=True)
    marked_at = clock.InstantField()
    is_visible = models.BooleanField(default=True)

    objects = UsefulMarkQuerySet.as_manager()
    readers = INSIDE.when(is_visible=True) | HOSTS
    denied = None

    class Meta:
        verbose_name = _("useful mark")
        constraints = [
            models.UniqueConstraint(fields=["person", "post"], condition=Q(post__isnull=False), name="useful_mark_once_per_post"),
            models.UniqueConstraint(fields=["person", "comment"], condition=Q(comment__isnull=False), name="useful_mark_once_per_comment"),
            models.CheckConstraint(
                condition=Q(post=None, comment__isnull=False) | Q(post__isnull=False, comment=None), name="useful_mark_of_one_thing"
            ),
            models.CheckConstraint(condition=~Q(person=F("author")), name="useful_mark_never_on_ones_own"),
        ]

    def __str__(self):
        return f"{self.person_id} marks {self.post_id or self.comment_id}"

    def get_absolute_url(self):
        return (self.post or self.comment).get_absolute_url()


class ReadPointer(models.Model):
    """How far somebody has come in an audience: a place in its feed, and no time at which they were there."""

    person, audience = link("core.Person"), link("core.Audience")
    position = models.BigIntegerField(default=0)  # the last post seen; it may be gone since

    class Meta:
        verbose_name = _("reading place")
        constraints = [models.UniqueConstraint(fields=["person", "audience"], name="read_pointer_once")]

    def __str__(self):
        return f"{self.person_id} in {self.audience_id}"
