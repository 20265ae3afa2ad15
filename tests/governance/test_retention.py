"""The page of what is kept and how long: for the data protection officer, without a name or a number that would tell."""

import datetime

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RetentionRun
from rse.core.ops import retention
from tests.factories import PersonFactory
from tests.factories.mobility import ApplicationFactory

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=400)


def page_of(browser):
    response = browser.get(reverse("retention:list"))
    assert response.status_code == 200
    return response


def test_officer_reads_each_period_and_when_it_last_ran(signed_in):
    retention.forget()
    response = page_of(signed_in(PersonFactory(role=Role.DPO)))

    assert len(response.context["lines"]) == len(retention.periods())
    assert all(line.ran_at for line in response.context["lines"])
    assert not response.context["is_late"]
    assert "36 months after its end" in response.content.decode()


@pytest.mark.parametrize("count", [0, 1, 4])
def test_few_confidential_rows_look_like_none(signed_in, count):
    officer = PersonFactory(role=Role.DPO)
    ApplicationFactory.create_batch(count, state="refused", applicant__last_name="Canari")
    with clock.moved_to(clock.now() + YEAR):
        retention.forget("mobility.Application")

    line = next(one for one in page_of(signed_in(officer)).context["lines"] if one.period.name.endswith("content"))

    assert RetentionRun.objects.get(period=line.period.name).gone == count
    assert line.gone is None
    page = page_of(signed_in(officer)).content.decode()
    assert "Canari" not in page


def test_five_rows_are_told_and_what_stays_too_long_is_said(signed_in):
    browser = signed_in(PersonFactory(role=Role.DPO))
    ApplicationFactory.create_batch(6, state="refused", stage_at=clock.now() - YEAR)
    assert page_of(browser).context["is_late"]

    retention.forget()
    response = page_of(browser)
    assert not response.context["is_late"]
    assert "about 5" in response.content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HR_HEAD, Role.HR, None])
def test_nobody_else_reads_it(signed_in, role):
    assert signed_in(PersonFactory(role=role) if role else PersonFactory()).get(reverse("retention:list")).status_code == 403
