from django.db import models

from .keys import link


class LineAtStart(models.Model):
    """Somebody stood above a person named by a row when that row began: they stay denied for its life, whatever the line says later."""

    person = link("core.Person")
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "row_id"], name="line_at_start_once")]
        indexes = [models.Index(fields=["kind", "row_id"], name="line_at_start_of_row")]

    def __str__(self):
        return f"{self.person_id} stood above {self.kind} {self.row_id}"
