from django.db import models

from rse.core import clock
from rse.core.models.keys import public_id_field


class NotesKey(models.Model):
    """The key of one request and of the pair it became, wrapped by NOTES_KEY. Once it is deleted, no copy of their words opens."""

    public_id = public_id_field()
    wrapped = models.BinaryField()
    made_at = clock.InstantField()

    def __str__(self):
        return self.public_id
