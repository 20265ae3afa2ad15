from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import ReadableQuerySet
from rse.core.models.keys import link, public_id_field

from ..reader_parts import ReadsPage


class PagePicture(models.Model):
    """A picture in a page of the handbook, read by whoever reads that page; what it shows is said where the text shows it.

    The file is drawn anew from the upload and named by 128 random bits, in a folder that no server shows.
    """

    public_id = public_id_field()
    handbook_page = link("pages.HandbookPage")
    stored = models.CharField(max_length=80)
    width, height = models.PositiveIntegerField(), models.PositiveIntegerField()
    uploaded_at = clock.InstantField()

    objects = ReadableQuerySet.as_manager()
    readers = ReadsPage("handbook_page")
    denied = None

    class Meta:
        verbose_name = _("picture of a page")

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("handbook:picture", args=[self.public_id])
