"""The topics of this room: what concerns one person, and what concerns everyone who is here."""

from rse.core.enums import PersonState
from rse.core.models import Person

from . import topics


def register():
    """Let pages watch ``user``, which is oneself, and ``system``."""
    topics.register("user", readable=_oneself, readers=_themselves, is_own=True)
    topics.register("system", readable=_if_here, readers=_who_is_here, parse=topics.nothing)


def _oneself(person, ids):
    return ids & {person.pk} if person.may_sign_in else set()


def _themselves(person_id, people):
    known = Person.objects.filter(pk=person_id).exclude(state=PersonState.LEFT)
    return set(known.values_list("pk", flat=True)) & people


def _if_here(person, ids):
    return ids if person.is_present else set()


def _who_is_here(_whole, people):
    return set(Person.objects.filter(pk__in=people, state=PersonState.ACTIVE).values_list("pk", flat=True))
