"""Mentoring: how each action is tried. Same shape as ``probes``, which joins these.

The subject offers help (offers), or is a mentee (everything else). MT is the mentor there, ME the mentee in the subject's place. A private
note is one of the subject's, whoever tries.
"""

import datetime

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format

from mentoring.models import Goal, MentoringOffer, MentoringPair, Note, Seal, Session
from mentoring.services import offers
from rse.core import clock
from tests.factories import PersonFactory
from tests.factories.mentoring import MentoringOfferFactory, ask, goal_in, note_in, pair_of, session_in
from tests.factories.talent import SkillFactory

from .probes import needs_sign_in

BUILT = {
    ("mentoring_offer", "open"),
    ("mentoring_offer", "paused"),
    ("mentoring_request", "pending"),
    ("mentoring_pair", "active"),
    ("mentoring_goal", "active"),
    ("mentoring_session", "active"),
    ("mentoring_note", "private"),
    ("mentoring_seal", "asked"),
    ("mentoring_note", "shared"),
}
CODES = {200: "A", 403: "F", 404: "N", 409: "A", 422: "A"}


def answer(response):
    if response.status_code == 302:
        return "L" if reverse("account_login") in response.url else "A"
    return CODES[response.status_code]


def shown(page, words):
    """A where the page says it, N where it does not, or what the page answers instead."""
    return answer(page) if page.status_code != 200 else "A" if words in page.text.partition("<main")[2] else "N"


def offer(world, **traits):
    return MentoringOfferFactory(mentor=world.SU, text="Un mot reconnaissable", **traits)


def offer_listed(**traits):
    def probe(world, person, browser):
        name = "my_offer" if person == world.SU else "find"
        row = offer(world, **traits)
        return shown(browser.get(reverse(f"mentoring:{name}")), row.text)

    return probe


def offer_viewed(**traits):
    return lambda world, person, browser: answer(browser.get(offer(world, **traits).get_absolute_url()))


def offer_created(world, person, browser):
    said = {"text": "Des lignes", "skill_1": SkillFactory().label_en, "capacity": 1, "version": 0}
    found = answer(browser.post(reverse("mentoring:my_offer"), said))
    return found if found != "A" else MentoringOffer.objects.filter(mentor=person).exists()


def on_offer(act):
    """Through the service: the addresses know no offer but one's own."""

    def probe(world, person, browser):
        row = offer(world)
        if needs_sign_in(person):
            return answer(browser.get(reverse("mentoring:my_offer")))
        if not MentoringOffer.objects.visible_to(person).filter(pk=row.pk).exists():
            raise Http404
        act(mentor=person, offer=row)
        return "A"

    return probe


def offer_moderated(world, person, browser):
    row = offer(world)
    found = answer(browser.post(reverse("mentoring:hide", args=[row.public_id]), {"article": "insult", "reason": "Un mot de trop"}))
    return found if found != "A" else MentoringOffer.objects.get(pk=row.pk).is_hidden


def halves(world, person):
    """The mentor and the mentee of the thing that ``person`` tries, made around the subject."""
    made = world._made
    if person is not None and person == made.get("MT"):
        return person, world.SU
    if person is not None and person == made.get("ME"):
        return PersonFactory(), person
    return PersonFactory(), world.SU


def on_request(act):
    def probe(world, person, browser):
        mentor, mentee = halves(world, person)
        return act(ask(mentee, mentor), browser)

    return probe


def to_request(verb):
    return on_request(lambda row, browser: answer(browser.post(reverse(f"mentoring:request_{verb}", args=[row.public_id]))))


def on_pair(act):
    def probe(world, person, browser):
        mentor, mentee = halves(world, person)
        return act(world, pair_of(mentor, mentee), person, browser)

    return probe


def pair_seen(world, pair, person, browser):
    """The two read it; HR reads figures of the months that are over."""
    found = answer(browser.get(pair.get_absolute_url()))
    return answer(browser.get(reverse("mentoring:figures"))) if found == "F" else found


def pair_listed(world, pair, person, browser):
    mine = browser.get(reverse("mentoring:my_pairs"))
    found = shown(mine, pair.get_absolute_url())
    figures = browser.get(reverse("mentoring:figures"))
    month = date_format(clock.today().replace(day=1) - datetime.timedelta(days=1), "F Y")
    return "A" if found == "N" and figures.status_code == 200 and f">{month}<" in figures.text else found


def pair_created(world, person, browser):
    """A request, to somebody outside the line."""
    row = MentoringOfferFactory()
    return answer(browser.post(reverse("mentoring:ask", args=[row.public_id]), {"message": "Une heure par mois ?"}))


def pair_edited(world, pair, person, browser):
    found = answer(browser.post(reverse("mentoring:piece_add", args=[pair.public_id, "goals"]), {"words": "Un but"}))
    return found if found != "A" else Goal.objects.filter(pair=pair).exists()


def pair_ended(world, pair, person, browser):
    found = answer(browser.post(reverse("mentoring:pair_end", args=[pair.public_id])))
    return found if found != "A" else MentoringPair.objects.get(pk=pair.pk).state == "ended"


WRITERS = {"goals": (Goal, goal_in), "sessions": (Session, session_in)}
SAID = {"goals": {"words": "Autre chose"}, "sessions": {"words": "Autre chose", "on": "2026-12-01"}}


def piece_listed(what):
    def act(world, pair, person, browser):
        row = WRITERS[what][1](pair, words="Un mot reconnaissable")
        return shown(browser.get(row.pair.get_absolute_url()), "Un mot reconnaissable")

    return on_pair(act)


def piece_created(what):
    def act(world, pair, person, browser):
        found = answer(browser.post(reverse("mentoring:piece_add", args=[pair.public_id, what]), SAID[what]))
        return found if found != "A" else WRITERS[what][0].objects.filter(pair=pair).exists()

    return on_pair(act)


def piece_edited(what):
    def act(world, pair, person, browser):
        row = WRITERS[what][1](pair)
        said = SAID[what] | {"version": 1}
        return answer(browser.post(reverse("mentoring:piece_edit", args=[pair.public_id, what, row.public_id]), said))

    return on_pair(act)


def piece_deleted(what):
    def act(world, pair, person, browser):
        row = WRITERS[what][1](pair)
        found = answer(browser.post(reverse("mentoring:piece_erase", args=[pair.public_id, what, row.public_id])))
        return found if found != "A" else not WRITERS[what][0].objects.filter(pk=row.pk).exists()

    return on_pair(act)


def note(world, pair, person, kind, *, own=False):
    """A note of the subject (or of the mentee in their place's stead: the other half), or of who tries where ``own``."""
    tries = own and person in (pair.mentor, pair.mentee)
    author = person if tries else pair.mentor if person == pair.mentee and person != world.SU else pair.mentee
    return note_in(pair, author, kind, "Un mot reconnaissable")


def note_listed(kind):
    def act(world, pair, person, browser):
        note(world, pair, person, kind)
        return shown(browser.get(pair.get_absolute_url()), "Un mot reconnaissable").replace("F", "N")

    return on_pair(act)


def note_created(kind):
    """Of a private one: whether the subject's own book holds one more."""

    def act(world, pair, person, browser):
        said = {"kind": "mine" if kind == "mine" else "ours", "words": "Un mot"}
        found = answer(browser.post(reverse("mentoring:piece_add", args=[pair.public_id, "notes"]), said))
        rows = Note.objects.filter(pair=pair, kind=kind)
        return found if found != "A" else (rows.filter(author=world.SU) if kind == "mine" else rows).exists()

    return on_pair(act)


def note_touched(verb, kind):
    def act(world, pair, person, browser):
        row = note(world, pair, person, kind, own=kind == "ours")
        address = reverse(f"mentoring:piece_{verb}", args=[pair.public_id, "notes", row.public_id])
        return answer(browser.post(address, {"words": "Autre chose", "version": 1}))

    return on_pair(act)


def note_exported(kind):
    def act(world, pair, person, browser):
        row = note(world, pair, person, kind)
        return answer(browser.get(reverse("mentoring:piece_download", args=[pair.public_id, row.public_id])))

    return on_pair(act)


def seal_of(world):
    """The seal on the subject's words, which HR has been asked to take off for more than seven days."""
    then = clock.now() - datetime.timedelta(days=8)
    return Seal.objects.create(person=world.SU, since=then, asked_at=then)


def seal_list(world, person, browser):
    seal_of(world)
    page = browser.get(reverse("mentoring:reopenings"))
    return world.SU.name in page.text if page.status_code == 200 else answer(page)


def seal_answer(name):
    def probe(world, person, browser):
        return answer(browser.post(reverse(name, args=[seal_of(world).public_id])))

    return probe


PROBES = {
    ("mentoring_seal", "asked", "list"): seal_list,
    ("mentoring_seal", "asked", "edit"): seal_answer("mentoring:reopening_confirm"),
    ("mentoring_seal", "asked", "delete"): seal_answer("mentoring:reopening_refuse"),
    ("mentoring_offer", "open", "list"): offer_listed(),
    ("mentoring_offer", "open", "view"): offer_viewed(),
    ("mentoring_offer", "open", "create"): offer_created,
    ("mentoring_offer", "open", "edit"): on_offer(offers.pause_offer),
    ("mentoring_offer", "open", "delete"): on_offer(offers.delete_offer),
    ("mentoring_offer", "open", "moderate"): offer_moderated,
    ("mentoring_offer", "paused", "list"): offer_listed(paused=True),
    ("mentoring_offer", "paused", "view"): offer_viewed(paused=True),
    ("mentoring_request", "pending", "list"): on_request(
        lambda row, browser: shown(browser.get(reverse("mentoring:my_pairs")), row.get_absolute_url())
    ),
    ("mentoring_request", "pending", "view"): on_request(lambda row, browser: answer(browser.get(row.get_absolute_url()))),
    ("mentoring_request", "pending", "edit"): to_request("accept"),
    ("mentoring_request", "pending", "delete"): to_request("withdraw"),
    ("mentoring_pair", "active", "list"): on_pair(pair_listed),
    ("mentoring_pair", "active", "view"): on_pair(pair_seen),
    ("mentoring_pair", "active", "create"): pair_created,
    ("mentoring_pair", "active", "edit"): on_pair(pair_edited),
    ("mentoring_pair", "active", "delete"): on_pair(pair_ended),
    **{
        (f"mentoring_{what[:-1]}", "active", action): probe(what)
        for what in WRITERS
        for action, probe in {"list": piece_listed, "create": piece_created, "edit": piece_edited, "delete": piece_deleted}.items()
    },
    **{
        ("mentoring_note", variant, action): probe
        for variant, kind in {"private": "mine", "shared": "ours"}.items()
        for action, probe in {
            "list": note_listed(kind),
            "view": note_listed(kind),
            "create": note_created(kind),
            "edit": note_touched("edit", kind),
            "delete": note_touched("erase", kind),
            "export": note_exported(kind),
        }.items()
    },
}
CONDITIONS = {
    ("mentoring_pair", "active", "create"): {"HR": "A"},
    ("mentoring_pair", "active", "delete"): {"HR": "F"},
}
