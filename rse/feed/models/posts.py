from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Granted, InAudience, Is, ReadableQuerySet
from rse.core.enums import HOSTING
from rse.core.models.keys import link, public_id_field

from ..enums import LONGEST_TITLE, PostKind
from ..reader_parts import Both

INSIDE = InAudience()
HOSTS = InAudience(roles=HOSTING)
AUTHOR_INSIDE = Both(Is("author"), INSIDE)


class FeedQuerySet(ReadableQuerySet):
    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def oldest_first(self):
        return self.order_by("published_at", "pk")

    def with_mentions(self, path="mentions"):
        """Prefetch the people whom the texts name, in one more query."""
        return self.prefetch_related(Prefetch(path, apps.get_model("feed.Mention").objects.select_related("person")))

    def before(self, cursor):
        """Narrow the queryset to what comes after ``cursor``, a pair ``(published_at, id)``, when read from the newest."""
        published_at, row_id = cursor
        return self.filter(Q(published_at__lt=published_at) | Q(published_at=published_at, pk__lt=row_id))


class PostQuerySet(FeedQuerySet):
    def with_card(self):
        """Join what a card shows, in the same query."""
        return self.select_related("author__site", "audience")


class Post(models.Model):
    """A message or a question, for one audience. Whoever reads it reads what hangs on it, unless that was hidden by itself.

    ``version`` moves with everything that the thread shows; ``text_version`` only when the author saves the form that edits it: what
    hosts, readers or the names of people do to it takes nobody's words away from them.
    """

    public_id = public_id_field()
    author = link("core.Person", on_delete=models.PROTECT)
    audience = link("core.Audience")
    kind = models.CharField(max_length=10, choices=PostKind.choices, default=PostKind.MESSAGE)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    body = models.TextField(_("text"))
    language = models.CharField(max_length=2, default="fr")
    published_at = clock.InstantField()
    edited_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    is_visible = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    text_version = models.PositiveIntegerField(default=1, db_default=1)  # the latter for rows of a release that does not know it
    comment_count = models.PositiveIntegerField(default=0)
    useful_count = models.PositiveIntegerField(default=0)
    submission = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - none is never the same

    objects = PostQuerySet.as_manager()
    readers = INSIDE.when(is_visible=True) | HOSTS | AUTHOR_INSIDE.when(is_hidden=True, deleted_at=None) | Granted("post")
    denied = None

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PostKind.values), name="post_known_kind"),
            models.CheckConstraint(condition=~Q(kind=PostKind.QUESTION, title=""), name="post_question_has_title"),
            models.CheckConstraint(
                condition=Q(is_visible=True, is_hidden=False, deleted_at=None)
                | Q(is_visible=False) & (Q(is_hidden=True) | Q(deleted_at__isnull=False)),
                name="post_visible_unless_hidden_or_deleted",
            ),
            models.UniqueConstraint(fields=["author", "submission"], name="post_sent_once"),
        ]
        indexes = [
            models.Index(fields=["audience", "-published_at", "-id"], condition=Q(is_visible=True), name="post_feed"),
            models.Index(fields=["author", "published_at"], name="post_of_author"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="post_deleted"),
        ]

    def __str__(self):
        return self.title or self.body[:80]

    def get_absolute_url(self):
        return reverse("feed:post", args=[self.public_id])

    @property
    def is_question(self):
        return self.kind == PostKind.QUESTION

    @property
    def is_deleted(self):
        return self.deleted_at is not None

    @property
    def thread_id(self):
        """The post whose page shows this."""
        return self.pk


class CommentQuerySet(FeedQuerySet):
    def with_card(self):
        return self.select_related("author__site", "post", "audience")


class Comment(models.Model):
    """An answer under a post, one level deep. ``version`` moves only when the author saves the form that edits it."""

    public_id = public_id_field()
    post = link("feed.Post")
    author = link("core.Person", on_delete=models.PROTECT)
    audience = link("core.Audience")
    body = models.TextField(_("answer"))
    published_at = clock.InstantField()
    edited_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    is_post_visible = models.BooleanField(default=True)
    is_visible = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    useful_count = models.PositiveIntegerField(default=0)
    submission = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - none is never the same

    objects = CommentQuerySet.as_manager()
    readers = (
        INSIDE.when(is_visible=True)
        | HOSTS
        | AUTHOR_INSIDE.when(is_hidden=True, deleted_at=None, is_post_visible=True)
        | Granted("comment")
    )
    denied = None

    class Meta:
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_visible=True, is_hidden=False, deleted_at=None, is_post_visible=True)
                | Q(is_visible=False) & (Q(is_hidden=True) | Q(deleted_at__isnull=False) | Q(is_post_visible=False)),
                name="comment_visible_unless_hidden_or_deleted",
            ),
            models.UniqueConstraint(fields=["author", "submission"], name="comment_sent_once"),
        ]
        indexes = [
            models.Index(fields=["post", "published_at", "id"], name="comment_of_post"),
            models.Index(fields=["author", "published_at"], name="comment_of_author"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="comment_deleted"),
        ]

    def __str__(self):
        return self.body[:80]

    def get_absolute_url(self):
        return f"{self.post.get_absolute_url()}?answer={self.public_id}#comment-{self.public_id}"

    @property
    def is_deleted(self):
        return self.deleted_at is not None

    @property
    def thread_id(self):
        """The post whose page shows this."""
        return self.post_id


class EditedVersion(models.Model):
    """A former text of a post or a comment: read by its author and by the hosts, by nobody else."""

    post = link("feed.Post", null=True, blank=True)
    comment = link("feed.Comment", null=True, blank=True)
    author = link("core.Person", on_delete=models.PROTECT)
    audience = link("core.Audience")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    body = models.TextField()
    written_at = models.DateTimeField()
    is_visible = models.BooleanField(default=True)

    objects = ReadableQuerySet.as_manager()
    readers = HOSTS | AUTHOR_INSIDE.when(is_visible=True)
    denied = None

    class Meta:
        verbose_name = _("earlier version")
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, comment__isnull=False) | Q(post__isnull=False, comment=None), name="version_of_one_thing"
            )
        ]

    def __str__(self):
        return f"{self.post_id or self.comment_id} before"
