import re

import pytest

from rse.core.access import kinds
from rse.core.enums import Role
from rse.governance.models import Moderation, Report, Reporter
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.governance import ReportFactory

pytestmark = pytest.mark.django_db


def test_r09_report_is_two_actions_from_a_profile(signed_in):
    reporter, subject = PersonFactory(language="en"), PersonFactory()
    browser = signed_in(reporter)

    assert f'href="/report/person/{subject.handle}/"' in browser.get(subject.get_absolute_url()).text
    assert "/report/person/" not in browser.get(reporter.get_absolute_url()).text
    form = browser.get(f"/report/person/{subject.handle}/")
    assert subject.name in form.text
    assert "Never: the person concerned" in form.text

    sent = browser.post(f"/report/person/{subject.handle}/", {"category": "harassment", "words": "Chaque matin."}, follow=True)
    assert Report.objects.get().about == subject
    assert "Chaque matin." in sent.text
    assert "Being handled" in sent.text


def test_reporting_is_not_blocked_by_the_charter(signed_in):
    from tests.factories.governance import CharterFactory

    CharterFactory()
    browser = signed_in(PersonFactory())

    assert browser.post(f"/report/person/{PersonFactory().handle}/", {"category": "danger"}).status_code == 302


@pytest.mark.parametrize("row", ["0", "abc", "99999999999999999999", "-1"])
def test_what_one_does_not_read_or_is_absent_gives_404(signed_in, row):
    browser = signed_in(PersonFactory())
    hidden = PersonFactory(expected=True)

    for address in (f"/report/person/{row}/", f"/report/person/{hidden.handle}/", f"/report/unknown/{hidden.handle}/"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"category": "content"}).status_code == 404


def test_own_profile_is_refused_and_reports_are_absent(signed_in):
    me, handler = PersonFactory(), PersonFactory(role=Role.HANDLER)
    report = ReportFactory(reporters=[PersonFactory()])

    assert signed_in(me).get(f"/report/person/{me.handle}/").status_code == 403
    assert signed_in(handler).get(f"/report/report/{report.public_id}/").status_code == 404


def test_form_without_a_category_keeps_the_words(signed_in):
    page = signed_in(PersonFactory()).post(f"/report/person/{PersonFactory().handle}/", {"words": "Gardez cela"})

    assert page.status_code == 422
    assert "Gardez cela" in page.text
    assert not Report.objects.exists()


@pytest.mark.parametrize(("words", "status"), [("a" * 2000, 302), ("a" * 2001, 422), ("a\x07b", 422)])
def test_words_have_a_limit(signed_in, words, status):
    browser = signed_in(PersonFactory())

    assert browser.post(f"/report/person/{PersonFactory().handle}/", {"category": "content", "words": words}).status_code == status
    assert Report.objects.count() == (status == 302)


def test_second_click_reports_once(signed_in):
    browser, subject = signed_in(PersonFactory(language="en")), PersonFactory()
    address = f"/report/person/{subject.handle}/"

    browser.post(address, {"category": "content"})
    again = browser.post(address, {"category": "content"}, follow=True)

    assert "You have reported this already" in again.text
    assert Reporter.objects.count() == 1


def test_a18_eleventh_report_answers_429_with_the_wait(signed_in):
    browser = signed_in(PersonFactory())

    answers = [browser.post(f"/report/person/{one.handle}/", {"category": "content"}) for one in PersonFactory.create_batch(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert int(answers[10]["Retry-After"]) > 0


def test_reporter_sees_the_status_and_nothing_else(signed_in):
    reporter, handler = PersonFactory(language="en"), PersonFactory(role=Role.HANDLER, first_name="Handlerine")
    report = ReportFactory(reporters=[reporter])
    browser = signed_in(reporter)

    assert browser.get(report.get_absolute_url()).status_code == 404
    assert browser.get("/reports/").status_code == 403
    signed_in(handler).post(report.get_absolute_url(), {"outcome": "dealt_with"})

    page = browser.get("/reports/mine/").text
    assert "Handled" in page
    assert "Handlerine" not in page
    assert "Dealt with outside" not in page


def test_accused_sees_nothing_anywhere(signed_in):
    accused = PersonFactory(role=Role.HANDLER)
    report = ReportFactory(about=accused, row_id=accused.pk, reporters=[PersonFactory()])
    browser = signed_in(accused)

    assert browser.get(report.get_absolute_url()).status_code == 404
    for address in ("/reports/", "/reports/mine/", accused.get_absolute_url(), "/my-file/openings/"):
        page = browser.get(address)
        assert report.public_id not in page.text
        assert "mots-canari" not in page.text


def test_hidden_report_and_absent_report_answer_the_same(signed_in):
    report = ReportFactory(harassment=True, reporters=[PersonFactory()])
    browser = signed_in(PersonFactory(role=Role.HR))

    hidden, absent = browser.get(report.get_absolute_url()), browser.get("/reports/nothing-here/")

    assert (hidden.status_code, without_nonce(hidden)) == (absent.status_code, without_nonce(absent))


def without_nonce(response):
    return re.sub(r'nonce="[^"]*"', "", response.text)


def test_handler_sees_who_reported_and_a_host_does_not(signed_in):
    host, handler, reporter = PersonFactory(), PersonFactory(role=Role.HANDLER), PersonFactory(first_name="Reporterine")
    report = ReportFactory(audience=AudienceFactory(hosts=[host]), reporters=[reporter])

    seen_by_handler, seen_by_host = (
        signed_in(handler).get(report.get_absolute_url()).text,
        signed_in(host).get(report.get_absolute_url()).text,
    )

    assert "Reporterine" in seen_by_handler
    assert "Reporterine" not in seen_by_host
    assert reporter.handle not in seen_by_host
    assert "mots-canari" in seen_by_host


@pytest.mark.parametrize("item_count", [1, 3])
def test_queue_cost_does_not_grow(signed_in, item_count):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    handler = PersonFactory(role=Role.HANDLER)
    for _ in range(item_count):
        ReportFactory(reporters=PersonFactory.create_batch(2))
    browser = signed_in(handler)
    browser.get("/reports/")

    with CaptureQueriesContext(connection) as mine:
        browser.get("/reports/mine/")
    with CaptureQueriesContext(connection) as queue:
        page = browser.get("/reports/")

    assert page.text.count('class="list-title"') == item_count
    assert len(queue) - len(mine) == 0  # reports and appeals here, reports made and decisions there


def test_deciding_without_a_reason_says_so_at_the_field(signed_in, board):
    handler, author = PersonFactory(role=Role.HANDLER, language="en"), PersonFactory()
    audience = AudienceFactory(members=[author])
    board.authors[audience.pk] = author.pk
    report = ReportFactory(kind="notice", row_id=audience.pk, about=author, audience=audience, reporters=[PersonFactory()])
    browser = signed_in(handler)

    refused = browser.post(report.get_absolute_url(), {"outcome": "hidden"})
    assert refused.status_code == 422
    assert "Say why, for the author." in refused.text
    assert "Choose the article" in refused.text

    done = browser.post(report.get_absolute_url(), {"outcome": "hidden", "article": "insult", "reason": "Un mot de trop."})
    assert done.url == "/reports/"
    assert Moderation.objects.get().by == handler
    assert browser.post(report.get_absolute_url(), {"outcome": "no_breach"}).status_code == 409


def test_what_cannot_be_hidden_offers_no_hiding(signed_in):
    report = ReportFactory(reporters=[PersonFactory()])
    browser = signed_in(PersonFactory(role=Role.HANDLER))

    assert kinds.get("person").hide is None
    assert 'value="hidden"' not in browser.get(report.get_absolute_url()).text
    assert browser.post(report.get_absolute_url(), {"outcome": "hidden", "article": "insult", "reason": "x"}).status_code == 422


def test_report_of_something_that_is_gone_can_be_closed(signed_in):
    handler = PersonFactory(role=Role.HANDLER, language="en")
    report = ReportFactory(row_id=10**9, about=None, reporters=[PersonFactory()])
    browser = signed_in(handler)

    assert "What was reported is gone" in browser.get(report.get_absolute_url()).text
    assert browser.post(report.get_absolute_url(), {"outcome": "no_breach"}).status_code == 302


def test_nobody_to_handle_is_said_to_the_reporter(signed_in):
    browser = signed_in(PersonFactory(language="en"))

    page = browser.post(f"/report/person/{PersonFactory().handle}/", {"category": "danger"}, follow=True)

    assert "somebody else is being named" in page.text
