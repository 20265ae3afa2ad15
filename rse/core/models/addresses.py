from django.db import models
from django.db.models import Q

from ..enums import Addressed


class GivenAddress(models.Model):
    """The last word of an address that a row has or once had: given once, and never to another row.

    One that is no longer the row's leads to it for those who may read the row, until ``leads`` is taken back.
    """

    kind = models.CharField(max_length=10, choices=Addressed.choices)
    address = models.CharField(max_length=100)
    row_id = models.BigIntegerField()
    leads = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "address"], name="address_given_once"),
            models.CheckConstraint(condition=Q(kind__in=Addressed.values), name="address_known_kind"),
        ]
        indexes = [models.Index(fields=["kind", "row_id"], name="address_of_row")]

    def __str__(self):
        return f"{self.kind} {self.row_id}"
