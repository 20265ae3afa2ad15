from django.db import models
from django.utils.translation import get_language

from rse.core.models.keys import link


class ShownPerson(models.Model):
    """Somebody whom the sign-in page of a demonstration offers, in its order."""

    person = link("core.Person")
    position = models.PositiveSmallIntegerField(unique=True)
    label_fr = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)

    def __str__(self):
        return self.label

    @property
    def label(self):
        return self.label_en if get_language() == "en" else self.label_fr
