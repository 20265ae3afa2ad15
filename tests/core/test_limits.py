import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation
from PIL import Image

from rse.core import clock
from rse.core.models import AudienceMember
from rse.core.web import error_pages, limits
from rse.feed.models import Picture
from rse.feed.services import pictures
from talent.models import DeclaredSkill, Training
from talent.services import being, skills
from tests.architecture.tree import HOUSE
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.talent import SkillFactory
from tests.races import answers_of, only_where_transactions_meet

NOON = datetime.datetime(2026, 11, 2, 12, 0, 5, tzinfo=datetime.UTC)


def test_a13_sixty_first_look_at_the_directory_waits(db, signed_in):
    browser = signed_in(PersonFactory())
    with clock.moved_to(NOON):
        for _ in range(60):
            assert browser.get("/people/").status_code == 200
        refused = browser.get("/people/")
        as_json = browser.get("/people/", headers={"Accept": "application/json"})

    assert refused.status_code == 429
    assert refused["Retry-After"] == "55"
    assert as_json.json() == {
        "code": "too_often",
        "message_fr": as_json.json()["message_fr"],
        "message_en": "You are going faster than this page allows. Try again in 55 seconds.",
        "limit": 60,
        "used": 60,
        "retry_after": 55,
    }
    with clock.moved_to(NOON + datetime.timedelta(minutes=1)):
        assert browser.get("/people/").status_code == 200


def test_what_is_refused_is_not_counted():
    with clock.moved_to(NOON):
        limits.count("probe", 1, per_minute=1, per_hour=2)
        for _ in range(5):
            with pytest.raises(limits.TooOften):
                limits.count("probe", 1, per_minute=1, per_hour=2)
    with clock.moved_to(NOON + datetime.timedelta(minutes=1)):
        limits.count("probe", 1, per_minute=1, per_hour=2)
    with clock.moved_to(NOON + datetime.timedelta(minutes=2)), pytest.raises(limits.TooOften):
        limits.count("probe", 1, per_minute=1, per_hour=2)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.1", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_l93_address_counted_is_the_one_a_trusted_proxy_saw(settings, proxies, forwarded, remote, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=remote)

    assert limits.address_of(request) == expected


def test_a23_thirty_joins_a_day_and_no_more(db, signed_in):
    person = PersonFactory(language="en")
    browser = signed_in(person)
    communities = CommunityFactory.create_batch(31)
    for number, community in enumerate(communities):
        with clock.moved_to(NOON + datetime.timedelta(minutes=number * 2)):
            answer = browser.post(f"/communities/{community.slug}/join/")
        assert answer.status_code == (302 if number < 30 else 429)
    assert AudienceMember.objects.filter(person=person).count() == 30
    assert "Try again in 11 hours." in answer.text
    with clock.moved_to(NOON + datetime.timedelta(days=1)):
        assert browser.post(f"/communities/{communities[30].slug}/join/").status_code == 302


def test_wait_is_that_of_the_last_window_to_end():
    with clock.moved_to(NOON):
        limits.count("probe", 1, per_minute=1, per_hour=2, per_day=2)
    with clock.moved_to(NOON + datetime.timedelta(minutes=1)):
        limits.count("probe", 1, per_minute=1, per_hour=2, per_day=2)
        with pytest.raises(limits.TooOften) as refused:
            limits.count("probe", 1, per_minute=1, per_hour=2, per_day=2)
    assert refused.value.retry_after == 12 * 3600 - 65


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (2, "2 seconds"),
        (120, "120 seconds"),
        (121, "3 minutes"),
        (3601, "61 minutes"),
        (7201, "3 hours"),
        (86400, "24 hours"),
    ],
)
def test_wait_in_words_is_never_shorter_than_the_wait(seconds, words):
    with translation.override("en"):
        assert limits.wait_in_words(seconds) == f"Try again in {words}."
    with translation.override("fr"):
        assert words.split()[0] in limits.wait_in_words(seconds)


def test_nothing_shown_says_a_wait_that_was_not_counted():
    """A sentence that says how long to wait has a place for the number; one tells of what broke, with the wait of its answer's header."""
    fixed = re.compile(r"again tomorrow|(again in|wait) (a|an|one|two|three|five|ten|\d+) ?(second|minute|hour|day)", re.IGNORECASE)
    catalogue = (HOUSE / "rse/locale/fr/LC_MESSAGES/django.po").read_text()

    said = [line for line in catalogue.splitlines() if fixed.search(line)]
    assert [line for line in said if not line.startswith('msgid "Openings of this page are written down before')] == []


def test_who_is_counted_by_address_alone_is_counted_in_one_place():
    """An office has one address: whatever is counted by it has the width of ``PER_ADDRESS``, or is for whoever is not signed in."""
    using = [
        str(path.relative_to(HOUSE))
        for folder in ("rse", "communities", "mentoring", "mobility", "onboarding", "search", "talent")
        for path in sorted((HOUSE / folder).rglob("*.py"))
        if re.search(r"\baddress_of\(", path.read_text())
    ]

    assert using == ["rse/core/web/limits.py", "rse/identity/adapters.py", "rse/identity/attempts.py"]
    assert limits.PER_ADDRESS["per_minute"] >= 200


def test_page_that_cannot_be_drawn_says_the_wait_as_well(monkeypatch):
    monkeypatch.setattr(error_pages, "render", lambda *_args, **_named: 1 / 0)
    refusal = limits.TooOften(limit=1, used=1, retry_after=40)
    page = error_pages.page(RequestFactory().get("/"), 429, {"refusal": refusal}, words=refusal.in_both()).text

    assert "Réessayez dans 40" in page
    assert "Try again in 40 seconds." in page


def test_a_day_holds_what_its_minutes_do_not():
    for number in range(3):
        with clock.moved_to(NOON + datetime.timedelta(hours=number)):
            limits.count("probe", 1, per_minute=1, per_day=3)
    with clock.moved_to(NOON + datetime.timedelta(hours=3)), pytest.raises(limits.TooOften) as refused:
        limits.count("probe", 1, per_minute=1, per_day=3)
    assert (refused.value.limit, refused.value.retry_after) == (3, 9 * 3600 - 5)
    with clock.moved_to(NOON + datetime.timedelta(days=1)):
        limits.count("probe", 1, per_minute=1, per_day=3)


def test_requests_that_arrive_together_never_pass_a_limit():
    """On the cache that is configured: in memory, or on Redis."""
    for limit in (1, 5, 17):
        with clock.moved_to(NOON):
            given, raised = answers_of(40, lambda _number, limit=limit: limits.count(f"probe-{limit}", 1, per_minute=limit, per_day=100))
            assert (len(given), set(raised)) == (limit, {"TooOften"})


@only_where_transactions_meet
def test_attempts_that_arrive_together_never_pass_a_bound(transactional_db):
    given, raised = answers_of(12, lambda _number: limits.attempt("probe", limits.Bound("x", 5, 300)))
    assert (len(given), set(raised)) == (5, {"TooManyAttempts"})


@only_where_transactions_meet
def test_uploads_that_arrive_together_never_pass_the_allowance(transactional_db, monkeypatch):
    person = PersonFactory()
    monkeypatch.setattr(pictures, "MOST_LOOSE", 2)
    answers_of(6, lambda _number: pictures.upload_picture(owner=person, file=_photo()))
    assert Picture.objects.filter(owner=person).count() == 2


def _photo():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return SimpleUploadedFile("p.png", stream.getvalue())


@only_where_transactions_meet
def test_skills_and_trainings_that_arrive_together_never_pass_their_number(transactional_db, monkeypatch):
    person = PersonFactory()
    known = SkillFactory.create_batch(6)
    monkeypatch.setattr(skills, "MOST_DECLARED", 2)
    monkeypatch.setattr(being, "MOST_TRAININGS", 2)
    answers_of(6, lambda number: skills.declare_skill(person=person, skill=known[number], level="confirmed"))
    answers_of(6, lambda number: being.add_training(person=person, title=f"Soudage {number}", year=2020))
    assert DeclaredSkill.objects.filter(person=person).count() == 2
    assert Training.objects.filter(person=person).count() == 2
