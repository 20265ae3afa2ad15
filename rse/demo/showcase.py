"""The people whom the sign-in page of a demonstration offers: through the real form, with the real second factor."""

from rse.core.enums import PersonState
from rse.core.ops.installation import installation
from rse.identity.rules import requires_second_factor

from .models import ShownPerson


def personas():
    """Who is offered, in order: ``person``, ``label``, ``password``, and whether a code will be asked."""
    shown = ShownPerson.objects.filter(person__state=PersonState.ACTIVE).select_related("person__site", "person__unit").order_by("position")
    password = installation().demo_secret
    return [
        {"person": one.person, "label": one.label, "password": password, "needs_code": requires_second_factor(one.person)} for one in shown
    ]
