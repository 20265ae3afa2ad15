"""What makes a line: a contribution that an event carries."""

import dataclasses
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from rse.core import clock
from rse.core.events import deliveries
from rse.core.events.bus import Contribution
from rse.core.models import Delivery, RecordedEvent
from rse.feed import services as feed
from rse.notify.models import Notification
from talent import queries
from talent.enums import LineKind
from talent.forms import LinesField
from talent.models import HelpedPerson, LedgerLine, LedgerOptOut
from talent.queries.ledger import Figures, evidence_in_words
from talent.services import ledger
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined
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


def kept_and_useful():
    """Return who answered, who reads it, the question's title, and the lines: the answer was kept, and a third person found it useful."""
    question = PostFactory(question=True, audience=AudienceFactory(open=True))
    answer = CommentFactory(post=question)
    feed.accept_answer(actor=question.author, comment=answer)
    feed.mark_useful(person=joined(question.audience, PersonFactory()), thing=answer, reason="finir plus tôt")
    deliveries.drain()
    skill = SkillFactory()
    for line in LedgerLine.objects.all():
        line.skills.add(skill)
    assert set(LedgerLine.objects.values_list("kind", flat=True)) == {"answer_accepted", "useful_mark"}
    return answer.author, joined(question.audience, PersonFactory()), question.title, skill


def test_moment_is_one_proof_of_a_skill_and_one_choice_whatever_it_rests_on():
    """An answer that was kept and found useful is one moment, wherever contributions are counted or chosen."""
    person, reader, _title, skill = kept_and_useful()
    kept, useful = LedgerLine.objects.order_by("kind")
    alone = LedgerLineFactory(person=person, tags=[skill], kind=LineKind.USEFUL_MARK)
    lines = queries.lines_for(reader, person)

    [row] = queries.skills_for(reader, person, lines)
    assert [(kind, count) for kind, _label, count in row.evidence] == [("answer_accepted", 1), ("useful_mark", 1)]
    assert queries.figures_of(lines).by_kind == {"answer_accepted": 1, "useful_mark": 1}

    field = LinesField(required=False)
    field.show(lines)
    assert {key for key, _words in field.choices} == {kept.public_id, alone.public_id}
    assert field.clean([useful.public_id, kept.public_id]) == [kept.public_id]
    assert field.prepare_value([useful.public_id]) == [kept.public_id]
    with pytest.raises(ValidationError):
        field.clean(["0" * 12])


@pytest.mark.parametrize(("kind", "is_shown"), [("answer_accepted", True), ("useful_mark", False)])
def test_count_of_a_skill_leads_to_its_moments(signed_in, kind, is_shown):
    person, reader, title, skill = kept_and_useful()

    page = signed_in(reader).get(f"/people/{person.handle}/contributions/?skill={skill.code}&kind={kind}")

    assert (title in page.text) == is_shown


@pytest.mark.parametrize(
    ("form", "typed"), [("comment", {"comment": "x" * 3000}), ("skills", {"skill": ""}), ("skills", {"skill": "Rien de tel"})]
)
def test_form_of_a_line_says_above_its_field_what_must_be_put_right(signed_in, form, typed):
    line = LedgerLineFactory()
    refused = signed_in(line.person).post(f"/me/contributions/{line.public_id}/{form}/", typed, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert refused.text.count("data-error-summary") == 1
