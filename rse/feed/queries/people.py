"""Who writes where, who will read it, and whom a text names in vain."""

from django.db.models import Q

from rse.core.access.readers import readers_of
from rse.core.enums import AudienceType
from rse.core.models import Audience, AudienceMember, Person
from rse.core.web.person_picker import colleagues

from ..enums import MOST_TOLD
from ..mentions import handles_in, named_by, named_in
from ..models import Post


def writable_audiences(person):
    """Return the audiences that ``person`` may post to, by name; everyone comes last."""
    mine = Q(pk__in=AudienceMember.objects.filter(person=person.pk).values("audience"))
    if person.is_present:
        mine |= Q(kind=AudienceType.EVERYONE)
    found = list(Audience.objects.visible_to(person).filter(mine, is_frozen=False).order_by("sorts_as", "pk"))
    return sorted(found, key=lambda audience: audience.kind == AudienceType.EVERYONE)


def audiences_to_ask_in(person, asked):
    """Return the audiences that ``person`` may post to and where ``asked`` reads, in two queries and the rights of ``asked``.

    What is protected or secret is left out: to whom it belongs is asked there, and not from a profile.
    """
    if person.pk == asked.pk:
        return []
    mine = [audience for audience in writable_audiences(person) if not audience.is_protected and not audience.is_secret]
    read = set(Audience.objects.visible_to(asked).filter(pk__in=[audience.pk for audience in mine]).values_list("pk", flat=True))
    return [audience for audience in mine if audience.pk in read]


def usual_audience(person, audiences):
    """Return the audience where ``person`` wrote last, if they still may; else their cohort, else the first."""
    allowed = {audience.pk: audience for audience in audiences}
    last = Post.objects.filter(author=person.pk, audience__in=allowed).newest_first().values_list("audience", flat=True).first()
    if last:
        return allowed[last]
    return next((audience for audience in audiences if audience.kind == AudienceType.COHORT), audiences[0] if audiences else None)


def people_to_name(writer, audience):
    """Return the queryset of the colleagues whom ``writer`` may name in what they post to ``audience``: those who read it."""
    return colleagues(writer).filter(pk__in=readers_of(audience).order_by().values("pk"))


def reader_count(audience):
    """Count the people who read what is posted to ``audience`` today."""
    return readers_of(audience).count()


def not_told(thing, author):
    """Return the people whom a text of ``author`` names and who will not be notified, each with whether they could read it.

    Only people whose card the author may open are answered about: any other name is a word like another.
    """
    named = named_by(named_in([thing]), thing)
    order = dict.fromkeys(named[handle] for handle in handles_in(f"{getattr(thing, 'title', '')} {thing.body}") if handle in named)
    if not order:
        return []
    seen = Person.objects.visible_to(author).filter(pk__in=order).exclude(pk=author.pk).in_bulk()
    readers = set(readers_of(thing, told=True).filter(pk__in=order).order_by("pk").values_list("pk", flat=True))
    told = [pk for pk in order if pk in readers and pk != author.pk][:MOST_TOLD]
    return [{"person": seen[pk], "may_read": pk in readers} for pk in order if pk in seen and pk not in told]
