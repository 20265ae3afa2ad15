from django.db import models


class Installation(models.Model):
    """The one row about this installation as a whole. A demonstration is a flag written when it is built, never inferred."""

    is_demo = models.BooleanField(default=False)
    company = models.CharField(max_length=120, blank=True)
    demo_secret = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="installation_one_row")]

    def __str__(self):
        return self.company
