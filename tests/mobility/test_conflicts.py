"""Two who handle one application at once: the second is shown what the first did, loses nothing typed, and reads no number of acts."""

import datetime
import re

import pytest
from django.utils.formats import date_format

from mobility.models import Application, StageChange
from mobility.services import applications, handling
from rse.core import clock
from rse.core.enums import Role
from rse.notify.live import shown_version
from tests.every_form import typed_by
from tests.factories import PersonFactory
from tests.factories.mobility import ApplicationFactory
from tests.factories.talent import LedgerLineFactory

from .pages import of, read_by

pytestmark = pytest.mark.django_db


def test_decision_over_one_of_somebody_else_comes_back_with_both_and_is_sent_again(signed_in, opening, recruiter, applicant):
    row, line = ApplicationFactory(opening=opening, applicant=applicant, state="interview"), LedgerLineFactory(person=applicant)
    row.lines.create(line=line)
    browser, day = signed_in(recruiter), clock.today() + datetime.timedelta(days=9)
    why = {"reason": "Une autre expérience.", "alternatives": "Une formation"}
    typed = why | {"outcome": "refused", "lines": [line.public_id], "version": read_by(browser, row)}
    offer = {"reason": "Le terrain.", "alternatives": "Rien d’autre.", "outcome": "offer", "due_on": day.isoformat()}
    hr = signed_in(PersonFactory(role=Role.HR))
    assert hr.post(of("applications:decide", row), offer | {"version": read_by(hr, row)}).status_code == 302

    late = browser.post(of("applications:decide", row), typed)

    form = late.context["form"]
    assert (late.status_code, Application.objects.get().state) == (409, "offer")
    assert [(one["theirs"], one["mine"]) for one in form.differences] == [
        ("Offer", "Not select this time"),
        ("Le terrain.", why["reason"]),
        ("Rien d’autre.", why["alternatives"]),
        ("", late.context["form"].fields["lines"].choices[0][1]),
        (date_format(day, "j F Y"), ""),
    ]
    assert {name: form[name].value() for name in (*why, "outcome", "lines")} == {name: typed[name] for name in (*why, "outcome", "lines")}
    assert re.findall(r'name="outcome" value="(\w+)"', late.text) == ["refused"]
    assert browser.post(of("applications:decide", row), typed).status_code == 409
    assert browser.post(of("applications:decide", row), typed | {"version": form["version"].value()}).status_code == 302
    assert (Application.objects.get().state, Application.objects.get().reason) == ("refused", why["reason"])


def test_decision_on_what_was_written_anew_meanwhile_is_not_taken_unread(signed_in, opening, recruiter, applicant):
    row, browser = ApplicationFactory(opening=opening, applicant=applicant), signed_in(recruiter)
    typed = {"outcome": "refused", "reason": "Une autre.", "alternatives": "Rien.", "version": read_by(browser, row)}
    content = applications.Content(letter="Autrement", availability="now", site_answer="talk")
    applications.renew_application(applicant=applicant, application=row, version=row.version, content=content)

    late = browser.post(of("applications:decide", row), typed)

    assert (late.status_code, Application.objects.get().state) == (409, "submitted")
    assert late.context["form"]["reason"].value() == "Une autre."


def test_decision_that_is_possible_no_more_says_where_it_stands_now(signed_in, opening, recruiter, applicant):
    row = ApplicationFactory(opening=opening, applicant=applicant, state="in_review")
    browser = signed_in(recruiter)
    typed = {"outcome": "offer", "reason": "Une autre expérience.", "alternatives": "Une formation aussi", "version": read_by(browser, row)}
    typed["typed_by"] = typed_by(browser)
    Application.objects.filter(pk=row.pk).update(state="offer", version=2, reason="x", alternatives="x")

    first = browser.post(of("applications:decide", row), typed)
    Application.objects.filter(pk=row.pk).update(state="accepted", version=3, place=None)
    over = browser.post(of("applications:decide", row), typed)

    assert (first.status_code, first.context["form"]["reason"].value()) == (409, typed["reason"])
    assert (over.status_code, over.context["was_moved"]) == (409, True)
    assert typed["reason"] in over.text
    assert typed["alternatives"] in over.text
    assert Application.objects.get(pk=row.pk).state == "accepted"


def test_l106_page_of_who_handles_it_tells_nothing_of_drafts_and_of_who_was_told(signed_in, opening, recruiter):
    manager = PersonFactory()
    applicant = PersonFactory(manager=manager)
    content = applications.Content(letter="x", availability="now", site_answer="talk")
    for version in range(7):
        applications.save_draft(applicant=applicant, opening=opening, version=version, content=content)
    row = applications.send_application(applicant=applicant, opening=opening, version=7, content=content)
    browser, others = signed_in(recruiter), signed_in(PersonFactory(role=Role.HR))
    read, theirs = read_by(browser, row, "detail"), read_by(others, row, "detail")
    elsewhere = read_by(browser, ApplicationFactory(opening=opening, version=row.version), "detail")
    step = {"state": "in_review"}

    applications.inform_manager(applicant=applicant, application=row, manager=manager)

    page = browser.get(row.get_absolute_url()).text
    assert len({read, theirs, read_by(browser, row, "detail"), len(read) * "x"}) == 4
    assert re.findall(r'version="([^"]*)"', page) == [shown_version("application", row.public_id, row.version)]
    for sent in (theirs, elsewhere, str(row.version), "", "é"):  # nothing that could be tried until it fits
        assert browser.post(of("applications:move", row), step | {"version": sent}).status_code == 409
    assert browser.post(of("applications:move", row), step | {"version": read}).status_code == 302


def test_step_taken_by_somebody_else_meanwhile_is_said_and_the_day_stays(signed_in, opening, recruiter):
    row, browser = ApplicationFactory(opening=opening, state="in_review"), signed_in(recruiter)
    day = (clock.today() + datetime.timedelta(days=3)).isoformat()
    step = {"version": read_by(browser, row, "detail"), "state": "interview", "due_on": day}
    handling.move_application(actor=recruiter, application=row, version=row.version, state="interview")

    answer = browser.post(of("applications:move", row), step)

    assert answer.status_code == 409
    assert "Somebody else took it further" in answer.text
    assert StageChange.objects.filter(by=recruiter).count() == 1
    form = answer.context["step_form"]
    assert form["due_on"].value() == day
    assert browser.post(of("applications:move", row), step | {"version": form["version"].value()}).status_code == 302
