from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Is, ReadableQuerySet
from rse.core.models.keys import link, public_id_field

from ..enums import LONGEST_ALT
from ..reader_parts import GrantedThrough
from .posts import HOSTS, INSIDE


class Picture(models.Model):
    """A picture that somebody uploaded: theirs alone until it hangs on a post or a comment, then read by whoever reads that.

    The file is drawn anew from the upload and named by 128 random bits, in a folder that no server shows.
    """

    public_id = public_id_field()
    owner = link("core.Person", on_delete=models.PROTECT)
    post = link("feed.Post", null=True, blank=True)
    comment = link("feed.Comment", null=True, blank=True)
    audience = link("core.Audience", null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(_("what the picture shows"), max_length=LONGEST_ALT, blank=True)
    stored = models.CharField(max_length=80)
    stored_small = models.CharField(max_length=80)
    width, height = models.PositiveIntegerField(), models.PositiveIntegerField()
    small_width, small_height = models.PositiveIntegerField(), models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # of what was uploaded, in bytes
    uploaded_at = clock.InstantField()
    is_visible = models.BooleanField(default=False)

    objects = ReadableQuerySet.as_manager()
    readers = (
        Is("owner").when(audience=None)
        | INSIDE.when(is_visible=True)
        | HOSTS.when(audience__isnull=False)
        | GrantedThrough("post", "post")
        | GrantedThrough("comment", "comment")
    )
    denied = None

    class Meta:
        verbose_name = _("picture")
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, comment=None, audience=None, is_visible=False)
                | Q(post__isnull=False, comment=None, audience__isnull=False)
                | Q(post=None, comment__isnull=False, audience__isnull=False),
                name="picture_on_one_thing",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "uploaded_at"], name="picture_of_owner"),
            models.Index(fields=["post", "place"], name="picture_of_post"),
            models.Index(fields=["comment", "place"], name="picture_of_comment"),
        ]

    def __str__(self):
        return self.alt or self.public_id

    def get_absolute_url(self):
        return reverse("feed:picture", args=[self.public_id])

    @property
    def small_url(self):
        return reverse("feed:picture_small", args=[self.public_id])
