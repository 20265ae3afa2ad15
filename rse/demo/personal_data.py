"""What each field of the demonstration is about a person: somebody invented."""

from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import AsLong
from rse.core.ops.personal_fields import declare, personal


def declare_fields():
    """Fill the registry for the people who are offered on the sign-in page."""
    invented = personal(
        "somebody invented, offered on the sign-in page of a demonstration",
        retention=AsLong(_("the demonstration"), ("demo.ShownPerson",)),
    )
    declare("demo.ShownPerson", person=invented, position=invented, label_fr=invented, label_en=invented)
