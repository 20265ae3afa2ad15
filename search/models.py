from django.db import models


class SearchDocument(models.Model):
    """The words by which one row is found, folded. A copy to search in: nothing is ever shown from it."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    moment = models.BigIntegerField(null=True)  # when it was published, in seconds since 1970
    seal = models.CharField(max_length=32)

    class Meta:
        verbose_name = "search document"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]
        indexes = [models.Index(fields=["kind", "-id"], name="search_document_newest")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
