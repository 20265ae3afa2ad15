from django.db import models

from rse.core import clock
from rse.core.models.keys import random_id


class NotesKey(models.Model):
    """The key of one request and of the pair it became, wrapped by NOTES_KEY. Once it is deleted, no copy of their words opens."""

    public_id = models.CharField(max_length=32, unique=True, default=random_id)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.public_id
