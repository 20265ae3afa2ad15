"""What makes a line: a contribution that an event carries."""

import dataclasses
import json

import pytest
from django.utils import translation

from rse.core import clock
from rse.core.events import deliveries
from rse.core.events.bus import Contribution
from rse.core.models import Delivery, RecordedEvent
from rse.notify.models import Notification
from talent.enums import LineKind
from talent.models import HelpedPerson, LedgerLine, LedgerOptOut
from talent.queries.ledger import Figures, evidence_in_words
from talent.services import ledger
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.talent import LedgerLineFactory, SkillFactory, fact

pytestmark = pytest.mark.django_db


def test_act_becomes_one_line_whatever_often_it_is_said():
    person, asker, skill = PersonFactory(), PersonFactory(), SkillFactory()
    audience = AudienceFactory(open=True)
    said = fact(person, audience, helped_ids=(asker.pk, person.pk, asker.pk, 10**6), skills=(skill.pk,))

    first, second = ledger.add_line(contribution=said), ledger.add_line(contribution=said)

    assert first.pk == second.pk
    line = LedgerLine.objects.get()
    assert (line.person, line.is_kept, list(line.helped.all()), list(line.skills.all())) == (person, True, [asker], [skill])
    assert RecordedEvent.objects.filter(name="talent.line_added").count() == 1


def test_contribution_is_read_back_as_it_was_recorded():
    said = fact(PersonFactory(), AudienceFactory(open=True), helped_ids=(3, 4), skills=(5,), is_proposed=True)
    recorded = json.loads(json.dumps(said.as_facet()))

    assert Contribution.from_facet(recorded) == said
    bare = {name: recorded[name] for name in ("person_id", "kind", "act", "audience_id", "on")}
    assert Contribution.from_facet(bare) == dataclasses.replace(said, helped_ids=(), skills=(), is_proposed=False)


def test_line_forgets_whom_it_helped_when_they_are_erased():
    asker, other = PersonFactory(), PersonFactory()
    line = LedgerLineFactory(helped=[asker, other])

    asker.delete()

    assert list(HelpedPerson.objects.order_by("pk").values_list("line", "person")) == [(line.pk, other.pk)]
    line.delete()
    assert not HelpedPerson.objects.exists()


@pytest.mark.parametrize(("kind", "is_kept"), [("answer_accepted", True), ("useful_mark", True), ("buddying", False), ("workshop", False)])
def test_only_what_others_did_by_themselves_stands_at_once(kind, is_kept):
    person = PersonFactory()

    line = ledger.add_line(contribution=fact(person, AudienceFactory(open=True), kind=kind))

    assert line.is_kept is is_kept
    assert [one.event for one in Notification.objects.filter(recipient=person)] == [
        "talent.line_added" if is_kept else "talent.line_proposed"
    ]


def test_mentee_is_never_written_down():
    person, mentee = PersonFactory(), PersonFactory()

    line = ledger.add_line(contribution=fact(person, AudienceFactory(open=True), kind="mentoring", helped_ids=(mentee.pk,)))

    assert not line.helped.exists()


@pytest.mark.parametrize("kind", ["posts", "likes", "hours", "score", "", "followers"])
def test_r12_nothing_but_the_facts_of_the_list_becomes_a_line(kind):
    with pytest.raises(ValueError, match="LineKind"):
        ledger.add_line(contribution=fact(PersonFactory(), AudienceFactory(open=True), kind=kind))

    assert not LedgerLine.objects.exists()


def test_r17_nothing_from_a_protected_space_becomes_a_line():
    person = PersonFactory()

    assert ledger.add_line(contribution=fact(person, AudienceFactory(members=[person], is_protected=True))) is None
    assert not LedgerLine.objects.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("case", ["act unreadable", "act gone", "opted out", "left", "no kind"])
def test_there_is_no_line_without_ground(turns, case):
    person = PersonFactory(left=case == "left")
    audience = AudienceFactory() if case == "act unreadable" else AudienceFactory(open=True)
    if case == "opted out":
        LedgerOptOut.objects.create(person=person)
    if case == "act gone":
        turns.gone.add(audience.pk)
    act = ("nothing", audience.pk) if case == "no kind" else ("turn", audience.pk)

    assert ledger.add_line(contribution=fact(person, audience, act=act)) is None
    assert not LedgerLine.objects.exists()


def test_event_with_a_contribution_reaches_the_ledger_and_twice_is_once():
    person, by = PersonFactory(), PersonFactory()
    ledger.confirm_help(by=by, person=person, kind="buddying", source=("journey", 1), helped=[by])
    delivery = Delivery.objects.get(subscriber="talent.note_contribution")

    Delivery.objects.filter(pk=delivery.pk).update(state="pending", due_at=clock.now())
    deliveries.drain()

    assert LedgerLine.objects.get().person == person


def test_evidence_is_put_into_words_kind_by_kind_and_nothing_is_said_of_none():
    figures = Figures(units=2, by_kind={"mission": 1, "answer_accepted": 2, "workshop": 0})

    with translation.override("en"):
        assert figures.kinds_in_words == ["2 answers kept", "1 mission carried out"]
        assert figures.in_words == ["2 answers kept", "1 mission carried out", "helped 2 units"]
        assert Figures().in_words == []
        assert all(evidence_in_words(kind, 1) != evidence_in_words(kind, 2) for kind in LineKind)
