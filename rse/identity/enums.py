from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How an invitation reached somebody; the address itself stands in their file."""

    WORK = "work", _("by work e-mail")
    PRIVATE = "private", _("by private e-mail")
    HAND = "hand", _("by a link handed over")
