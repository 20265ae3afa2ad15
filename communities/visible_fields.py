"""What of a community each reader sees: cut here, once, for every page, export and reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rse.core.days import month_of
from rse.core.models import Audience
from rse.feed.models import Picture

from . import queries, rules
from .enums import FEWEST_COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rse.core.models import Person

    from .models import Community

SIZE_CLASSES = (FEWEST_COUNTED, 20, 100)
STORAGE_STEP = 10 * 1024 * 1024  # bytes: an exact figure would tell each picture that is posted


def size_of(count: int) -> str:
    """Return how many people, in words: the smallest groups are given no number."""
    if count < FEWEST_COUNTED:
        return _("fewer than %(least)d people") % {"least": FEWEST_COUNTED}
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def size_class_of(count: int) -> str:
    """Return the class of size that is said of what is secret, in words."""
    for least, most in zip((0, *SIZE_CLASSES), (*SIZE_CLASSES, None), strict=True):
        if most is None:
            return _("%(least)d people or more") % {"least": least}
        if count < most:
            return _("%(least)d to %(most)d people") % {"least": least, "most": most - 1} if least else size_of(0)
    return ""


def fields_for(
    person: Person,
    community: Community,
    *,
    is_read: bool | None = None,
    is_invited: bool = False,
    owners: list[Person] | None = None,
    count: int | None = None,
) -> dict[str, Any]:
    """Return the fields of ``community`` that are open to ``person``.

    All, the card, what an administrator knows of a secret one, or none.

    The other arguments save the look-ups that a list makes once for all its lines.
    """
    if community.is_deleted:
        return {"name": community.name} if rules.can_restore(person, community) else {}
    is_read = queries.reads(person, community) if is_read is None else is_read
    if not is_read and not is_invited and not (person.is_present and community.is_known_to_all):
        return _measures(community) if rules.can_see_secret_sizes(person) and person.is_present else {}
    owners = queries.owners_of([community])[community.audience_id] if owners is None else owners
    card = {"name": community.name, "purpose": community.purpose, "owners": owners, "label": community.get_kind_display()}
    if not is_read:
        return card
    count = queries.counts_of([community]).get(community.audience_id, 0) if count is None else count
    return card | {"size": size_of(count), "is_archived": community.is_archived, "is_protected": community.audience.is_protected}


def _measures(community: Community) -> dict[str, Any]:
    """Return how large something secret is and whose, without its name and its members; of what is protected, nothing at all."""
    if community.audience.is_protected:
        return {}
    count = queries.counts_of([community]).get(community.audience_id, 0)
    stored = Picture.objects.filter(audience=community.audience_id).aggregate(sum=Sum("size"))["sum"] or 0
    return {
        "owners": queries.owners_of([community])[community.audience_id],
        "size_class": size_class_of(count),
        "storage_bytes": -(-stored // STORAGE_STEP) * STORAGE_STEP,
        "created_month": month_of(community.created_at),
    }


def cards_for(person: Person, communities: Iterable[Community]) -> list[dict[str, Any]]:
    """Return for each of ``communities`` the row, its fields, and what ``person`` may do there; a constant number of queries.

    They come from ``communities_for``, which says the role of the person there.
    """
    communities = list(communities)
    audiences = [one.audience_id for one in communities]
    read = set(Audience.objects.visible_to(person).filter(pk__in=audiences).values_list("pk", flat=True))
    owners, counts = queries.owners_of(communities), queries.counts_of([one for one in communities if one.audience_id in read])
    asked = queries.asked_by(person, communities)
    return [
        {
            "community": one,
            "fields": fields_for(
                person, one, is_read=one.audience_id in read, owners=owners[one.audience_id], count=counts.get(one.audience_id, 0)
            ),
            "role": one.my_role,
            "may_join": rules.can_join(person, one, one.my_role),
            "may_ask": rules.can_ask_to_join(person, one, one.my_role) and one.pk not in asked,
            "has_asked": one.pk in asked,
        }
        for one in communities
    ]
