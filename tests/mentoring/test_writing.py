import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from mentoring import encryption, queries
from mentoring.encryption import CannotOpen
from mentoring.models import Goal, MentoringPair, Note, NotesKey, Session
from mentoring.services import writing
from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.models import Person, RecordedEvent
from rse.core.versions import EditedMeanwhile
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.mentoring import CANARY, ask, goal_in, note_in, pair_of, session_in

pytestmark = pytest.mark.django_db
OTHER_KEY = "another-key-for-notes-of-more-than-thirty-two-characters"


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def words_of(reader, pair, what):
    return [one["words"] for one in queries.pieces_of(reader, fresh(pair))[what]]


def tables():
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names() if name.startswith("mentoring_")]
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            for row in cursor.fetchall():
                for value in row:
                    yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_r33_no_word_stands_readable_in_the_database():
    pair = pair_of()
    goal_in(pair), session_in(pair), note_in(pair), note_in(pair, pair.mentor, "ours")

    assert [value for value in tables() if CANARY.encode() in value] == []
    assert RecordedEvent.objects.filter(facets__icontains="canari").count() == 0


def test_both_read_what_is_shared_and_each_their_own_notes():
    pair = pair_of()
    goal_in(pair, words="Un but"), session_in(pair, words="Un sujet")
    note_in(pair, pair.mentor, "ours", "Du mentor")
    note_in(pair, pair.mentor, "mine", "Du mentor seul")
    note_in(pair, pair.mentee, "mine", "À moi seule")

    for reader, alone in ((pair.mentor, "Du mentor seul"), (pair.mentee, "À moi seule")):
        assert [words_of(reader, pair, what) for what in ("goals", "sessions", "ours", "mine")] == [
            ["Un but"],
            ["Un sujet"],
            ["Du mentor"],
            [alone],
        ]


@pytest.mark.parametrize("role", Role.values)
def test_r06_no_role_and_no_superuser_reads_anything_of_a_pair(role):
    pair = pair_of()
    rows = [pair, pair.request, goal_in(pair), session_in(pair), note_in(pair), note_in(pair, kind="ours")]
    other = PersonFactory(is_superuser=True)
    RoleGrantFactory(person=other, role=role)
    other = fresh(other)

    assert [row for row in rows if type(row).objects.visible_to(other).filter(pk=row.pk).exists()] == []
    assert [row for row in rows if other in readers_of(row)] == []


def test_shared_note_tells_the_other_and_a_private_one_tells_nobody():
    pair = pair_of()

    note_in(pair, pair.mentee, "mine")
    assert not RecordedEvent.objects.filter(name="mentoring.pair_changed").exists()
    assert fresh(pair).version == 1
    note_in(pair, pair.mentee, "ours")
    (event,) = RecordedEvent.objects.filter(name="mentoring.pair_changed")
    assert (event.facets, event.is_confidential) == (
        {"subject": ["mentoring_pair", pair.pk], "recipient_ids": [pair.mentor_id]},
        True,
    )


def test_notice_says_neither_with_whom_nor_about_what(signed_in):
    pair = pair_of()
    note_in(pair, pair.mentee, "ours")

    page = signed_in(pair.mentor).get("/notices/").text.partition("<main")[2].partition("</main>")[0]

    assert "News in one of your" in page
    assert [word for word in (pair.mentee.last_name, CANARY, "entor") if word in page.replace("/mentoring/", "")] == []


def test_both_tick_edit_and_erase_a_goal():
    pair = pair_of()
    goal = goal_in(pair, pair.mentee)

    writing.tick_goal(actor=pair.mentor, goal=goal, is_done=True)
    writing.rewrite(actor=pair.mentor, piece=fresh(goal), version=1, words="Autrement")
    assert (fresh(goal).is_done, fresh(goal).author, words_of(pair.mentee, pair, "goals")) == (True, pair.mentee, ["Autrement"])
    writing.erase(actor=pair.mentor, piece=fresh(goal))
    assert not Goal.objects.exists()


@pytest.mark.parametrize("version", [0, 1])
def test_what_was_erased_meanwhile_is_not_written_again(version):
    pair = pair_of()
    goal = goal_in(pair, pair.mentee)
    late = fresh(goal)
    writing.erase(actor=pair.mentor, piece=fresh(goal))
    with pytest.raises(EditedMeanwhile) as meanwhile:
        writing.rewrite(actor=pair.mentee, piece=late, version=version, words="Autrement")
    assert meanwhile.value.current is None
    assert not Goal.objects.exists()


def test_session_is_moved_to_another_day():
    pair = pair_of()
    session = session_in(pair)

    writing.rewrite(actor=pair.mentee, piece=session, version=1, words="Autrement", on=clock.today())

    assert (fresh(session).on, words_of(pair.mentor, pair, "sessions")) == (clock.today(), ["Autrement"])


@pytest.mark.parametrize("kind", ["mine", "ours"])
def test_only_its_author_edits_or_erases_a_note(kind):
    pair = pair_of()
    note = note_in(pair, pair.mentee, kind)

    for person in (pair.mentor, PersonFactory(role=Role.HR)):
        with pytest.raises(PermissionDenied):
            writing.rewrite(actor=person, piece=note, version=1, words="Autrement")
        with pytest.raises(PermissionDenied):
            writing.erase(actor=person, piece=note)
    assert fresh(note).version == 1
    writing.rewrite(actor=pair.mentee, piece=note, version=1, words="Autrement")
    assert words_of(pair.mentee, pair, kind) == ["Autrement"]


def test_second_window_is_told_and_nothing_is_overwritten():
    pair = pair_of()
    goal = goal_in(pair)
    writing.rewrite(actor=pair.mentee, piece=goal, version=1, words="La première")

    with pytest.raises(EditedMeanwhile) as meanwhile:
        writing.rewrite(actor=pair.mentor, piece=goal, version=1, words="La seconde")
    assert meanwhile.value.current == goal
    assert words_of(pair.mentor, pair, "goals") == ["La première"]
    writing.erase(actor=pair.mentee, piece=goal)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        writing.rewrite(actor=pair.mentor, piece=goal, version=2, words="La seconde")
    assert meanwhile.value.current is None


STRANGERS = ["colleague", "hr", "superuser", "ended"]


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_writes_in_a_pair(who):
    pair = pair_of(ended=who == "ended")
    made = {"colleague": {}, "hr": {"role": Role.HR}, "superuser": {"is_superuser": True}}
    person = pair.mentee if who == "ended" else PersonFactory(**made[who])

    for act in (
        lambda: goal_in(pair, person),
        lambda: session_in(pair, person),
        lambda: note_in(pair, person, "mine"),
        lambda: note_in(pair, person, "ours"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (Goal.objects.count(), Session.objects.count(), Note.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("words", ["", " \n", "x" * 5001])
def test_note_without_words_or_with_too_many_is_refused(words):
    pair = pair_of()
    with pytest.raises(PermissionDenied):
        note_in(pair, words=words)
    with pytest.raises(PermissionDenied):
        writing.write_note(author=pair.mentee, pair=pair, kind="everyone", words="Une note")
    assert not Note.objects.exists()


def test_unknown_kind_of_note_is_refused_by_the_database():
    note = note_in(pair_of())
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(kind="all")


# Sealing


def test_words_open_in_the_one_place_they_were_written_for():
    key = encryption.new_key()
    sealed = encryption.seal(key, CANARY, place="note:pair:row:1")

    assert encryption.unseal(key, sealed, place="note:pair:row:1") == CANARY
    for place in ("note:pair:row:2", "note:pair:other:1", "note:other:row:1", "goal:pair:row:1", ""):
        with pytest.raises(CannotOpen):
            encryption.unseal(key, sealed, place=place)
    with pytest.raises(CannotOpen):
        encryption.unseal(encryption.new_key(), sealed, place="note:pair:row:1")


@pytest.mark.parametrize("position", [0, 1, 12, 13, 20, -1])
def test_byte_that_somebody_changed_is_found(position):
    key = encryption.new_key()
    sealed = bytearray(encryption.seal(key, CANARY, place="here"))
    sealed[position] ^= 1
    with pytest.raises(CannotOpen):
        encryption.unseal(key, bytes(sealed), place="here")
    for cut in (b"", sealed[:1], sealed[:14]):
        with pytest.raises(CannotOpen):
            encryption.unseal(key, bytes(cut), place="here")


def test_same_words_twice_are_not_the_same_bytes():
    key = encryption.new_key()
    assert len({encryption.seal(key, CANARY, place="here") for _ in range(20)}) == 20


def test_each_pair_has_a_key_of_its_own_and_it_stands_nowhere_readable():
    keys = [queries.opened_key(pair_of().key) for _ in range(3)]

    assert len(set(keys)) == 3
    assert [value for value in tables() if any(key in value for key in keys)] == []


def test_note_copied_into_another_row_opens_no_more():
    pair = pair_of()
    mine, theirs = note_in(pair, pair.mentee, "mine"), note_in(pair, pair.mentor, "ours")

    Note.objects.filter(pk=theirs.pk).update(words=bytes(fresh(mine).words))

    assert (words_of(pair.mentor, pair, "ours"), words_of(pair.mentee, pair, "mine")) == ([None], [CANARY])
    other = pair_of()
    MentoringPair.objects.filter(pk=pair.pk).update(key=None)
    MentoringPair.objects.filter(pk=other.pk).update(key=pair.key_id)
    Note.objects.filter(pk=mine.pk).update(pair=other)
    assert queries.read_words(queries.opened_key(pair.key), Note.objects.select_related("pair").get(pk=mine.pk)) is None


def test_other_key_says_so_writes_nothing_and_loses_nothing(settings):
    pair = pair_of()
    note, goal = note_in(pair), goal_in(pair)
    kept = bytes(fresh(note).words)
    right, settings.NOTES_KEY = settings.NOTES_KEY, OTHER_KEY

    assert (words_of(pair.mentee, pair, "mine"), words_of(pair.mentor, pair, "goals")) == ([None], [None])
    for act in (
        lambda: writing.rewrite(actor=pair.mentee, piece=fresh(note), version=1, words="Autrement"),
        lambda: writing.write_note(author=pair.mentee, pair=fresh(pair), kind="mine", words="Autrement"),
        lambda: writing.write_goal(author=pair.mentee, pair=fresh(pair), words="Autrement"),
    ):
        with pytest.raises(CannotOpen):
            act()
    assert (bytes(fresh(note).words), fresh(note).version, Note.objects.count(), Goal.objects.get()) == (kept, 1, 1, goal)

    settings.NOTES_KEY = right
    assert words_of(pair.mentee, pair, "mine") == [CANARY]


def test_words_that_cannot_be_read_are_not_overwritten():
    pair = pair_of()
    note = note_in(pair)
    Note.objects.filter(pk=note.pk).update(words=b"\x01broken")

    with pytest.raises(CannotOpen):
        writing.rewrite(actor=pair.mentee, piece=fresh(note), version=1, words="Autrement")
    assert bytes(fresh(note).words) == b"\x01broken"


def test_key_is_renewed_and_every_word_stays(settings, capsys):
    pair, request = pair_of(), ask()
    note_in(pair)
    settings.LANGUAGE_CODE = "en"
    settings.NOTES_KEY_FALLBACKS = [settings.NOTES_KEY]
    settings.NOTES_KEY = OTHER_KEY
    assert words_of(pair.mentee, pair, "mine") == [CANARY]

    call_command("rewrap_notes")
    assert capsys.readouterr().out == "Wrapped anew: 2. As they should be already: 0.\n"
    settings.NOTES_KEY_FALLBACKS = []
    assert words_of(pair.mentee, pair, "mine") == [CANARY]
    assert queries.read_words(queries.opened_key(fresh(request).key), request) == CANARY
    call_command("rewrap_notes")
    assert capsys.readouterr().out == "Wrapped anew: 0. As they should be already: 2.\n"


def test_key_that_opens_with_none_is_counted_and_left(settings):
    key = pair_of().key
    before = bytes(fresh(key).wrapped)
    settings.NOTES_KEY = OTHER_KEY

    with pytest.raises(CommandError, match=r"NOTES_KEY_FALLBACKS.*1\.$"):
        call_command("rewrap_notes")
    assert bytes(NotesKey.objects.get().wrapped) == before


def test_wrapped_key_of_another_row_opens_nothing():
    one, other = pair_of().key, pair_of().key
    NotesKey.objects.filter(pk=one.pk).update(wrapped=bytes(fresh(other).wrapped))
    assert queries.opened_key(fresh(one)) is None


def test_person_who_left_reads_nothing():
    pair = pair_of()
    note_in(pair)
    Person.objects.filter(pk=pair.mentee_id).update(state="left")
    assert not Note.objects.visible_to(fresh(pair.mentee)).exists()
