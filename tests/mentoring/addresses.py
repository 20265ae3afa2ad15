"""What the addresses of mentoring are made with, for the table of every URL × every role. The subject is a mentee."""

import datetime

from mentoring.models import Seal
from rse.core import clock
from tests.factories.mentoring import MentoringOfferFactory, ask, goal_in, note_in, pair_of


def offer(world):
    return [MentoringOfferFactory().public_id]


def request(world):
    return [ask(world.SU).public_id]


def pair(world):
    return [pair_of(mentee=world.SU).public_id]


def goal(world):
    row = goal_in(pair_of(mentee=world.SU))
    return [row.pair.public_id, "goals", row.public_id]


def ticked(world):
    pair_id, _what, goal_id = goal(world)
    return [pair_id, goal_id]


def note(world):
    row = note_in(pair_of(mentee=world.SU), kind="ours")
    return [row.pair.public_id, row.public_id]


def seal(world):
    """The subject's words are under seal, and HR was asked eight days ago."""
    then = clock.now() - datetime.timedelta(days=8)
    return [Seal.objects.create(person=world.SU, since=then, asked_at=then).public_id]


ARGUMENTS = {
    **{f"mentoring:{name}": offer for name in ("offer", "ask", "hide", "hide_undo")},
    **{f"mentoring:{name}": request for name in ("request", "request_accept", "request_decline", "request_withdraw")},
    **{f"mentoring:{name}": pair for name in ("pair", "pair_end", "pair_confirm", "pair_unconfirm")},
    "mentoring:reopening_confirm": seal,
    "mentoring:reopening_refuse": seal,
    "mentoring:piece_add": lambda world: [*pair(world), "goals"],
    "mentoring:piece_edit": goal,
    "mentoring:piece_erase": goal,
    "mentoring:piece_tick": ticked,
    "mentoring:piece_download": note,
}
FORMS = {
    "mentoring:ask": {"message": "Une heure par mois ?"},
    "mentoring:hide": {"article": "insult", "reason": "Un mot de trop"},
    "mentoring:piece_add": {"words": "Un but"},
    "mentoring:piece_edit": {"words": "Un autre but", "version": 1},
}
