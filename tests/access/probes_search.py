"""How each principal finds: exactly what they may open, whatever it is; and nothing of what is in no index.

A result is what its reader may open, so each cell that depends on the thing gives the same here: ``A`` where what is found, counted and
suggested is what may be opened, with something open and something closed among the things looked for.
"""

from django.urls import reverse

from rse.core.access import kinds
from search import queries, services
from search.analysis import parse
from search.documents import documents_of
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, joined
from tests.factories.talent import WishFactory
from tests.search.finding import found as every_page

from .probes import needs_sign_in, status

BUILT = {("search_result", "any"), ("search_result", "never_indexed")}
WORD = "zanzibarite"


def any_list(world, person, browser):
    """Posts, comments, communities and people of each sort; the column's person is in one of the closed places if it is a member."""
    for is_open in (True, False):
        audience = AudienceFactory(open=is_open)
        for code, role in (("MB", "member"), ("MO", "host"), ("SU", "member")):
            if person is not None and world._made.get(code) == person:
                joined(audience, person, role)
        CommentFactory(post=PostFactory(audience=audience, title=WORD), body=WORD)
    CommunityFactory(name=WORD)
    CommunityFactory(name=WORD, secret=True)
    PersonFactory(last_name=WORD)
    PersonFactory(last_name=WORD, expected=True)
    services.rebuild()
    page = browser.get(reverse("search:results"), {"q": WORD})
    if needs_sign_in(person):
        return status(page)
    person = type(person).objects.get(pk=person.pk)
    found = queries.find(person, parse(WORD))
    for count in found.counts:
        rows = list(count.kind.with_card(kinds.readable(count.kind, person).order_by("pk")))
        texts = {pk: f"{one.title} {one.body}".lower() for pk, one in documents_of(count.kind, rows).items()}
        expected = {pk for pk, text in texts.items() if WORD in text}
        shown = {pk for _kind, pk in every_page(person, WORD, kind=count.kind.name)}
        if shown != expected or count.number != len(expected):
            return "F"
    return status(page)


def never_indexed_list(world, person, browser):
    """A wish that says the word: nobody finds it, not even its person."""
    WishFactory(person=world.SU, text=WORD)
    services.rebuild()
    page = browser.get(reverse("search:results"), {"q": WORD})
    if needs_sign_in(person):
        return status(page)
    return page.context["found"].total > 0


PROBES = {("search_result", "any", "list"): any_list, ("search_result", "never_indexed", "list"): never_indexed_list}
CONDITIONS = {
    ("search_result", "any", "list"): dict.fromkeys(
        ("EM", "MB", "MO", "NH", "BU", "MT", "ME", "MD", "MX", "RC", "HR", "HS", "WE", "AD", "SU", "DP", "EX"), "A"
    )
}
