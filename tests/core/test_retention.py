"""Each period that is declared is applied by the one job, with the clock moved, and says what the register says."""

import datetime

import pytest

from rse.core import clock, fields, retention
from rse.core.enums import PersonState, Role
from rse.core.models import RoleApproval, RoleGrant, RoleRemoval, RoleRequest, RowGrant
from rse.core.schedule import JOBS
from rse.governance.models import HandlerGrant
from rse.identity.models import AccountReopening, AddressChange, AddressMove, Invitation
from rse.identity.queries import reset_address
from rse.identity.services.addresses import take_from_file
from tests.factories import PersonFactory
from tests.factories.core import RoleGrantFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LONG = 10 * 365 * DAY


def ended_grant(**dates):
    return RoleGrantFactory(person=PersonFactory(), role=Role.HR, **(dates or {"starts_at": clock.now() - DAY, "ends_at": clock.now()}))


def closed_request():
    one = RoleRequest.objects.create(
        person=PersonFactory(), role=Role.HR, starts_at=clock.now(), asked_by=PersonFactory(), closed_at=clock.now(), grant=ended_grant()
    )
    RoleApproval.objects.create(request=one, person=PersonFactory(), function=Role.DPO)
    return one


def closed_removal():
    return RoleRemoval.objects.create(person=PersonFactory(), asked_by=PersonFactory(), closed_at=clock.now())


def ended_row_grant():
    one = RowGrant.objects.create(person=PersonFactory(), kind="post", row_id=1, starts_at=clock.now() - DAY, ends_at=clock.now())
    HandlerGrant.objects.create(grant=one, kind="post", row_id=1)
    return one


def expired_invitation():
    return Invitation.objects.create(person=PersonFactory(), token_hash="0" * 64, expires_at=clock.now(), sent_to="work")


def change_of_address():
    take_from_file(batch_id=None, wanted=[(PersonFactory().pk, {"email": "new@company.example"})])
    return AddressChange.objects.get()


BEGIN = {
    "core.RoleGrant": ended_grant,
    "core.RoleRequest": closed_request,
    "core.RoleRemoval": closed_removal,
    "core.RowGrant": ended_row_grant,
    "identity.Invitation": expired_invitation,
    "identity.AddressChange": change_of_address,
    "identity.AddressMove": lambda: AddressMove.objects.create(old_domain="company.example", new_domain="other.example"),
    "identity.AccountReopening": lambda: AccountReopening.objects.create(
        person=PersonFactory(), reason="back", asked_by=PersonFactory(), closed_at=clock.now()
    ),
}


def run_at(instant):
    with clock.moved_to(instant):
        JOBS["forget what has had its time"].run()


def test_each_period_is_tried_here():
    assert sorted(BEGIN) == sorted(period.model for period in retention.PERIODS)


@pytest.mark.parametrize("period", retention.PERIODS, ids=lambda period: period.model)
def test_row_goes_when_its_period_is_over_and_not_before(period):
    row = BEGIN[period.model]()
    since = getattr(row, period.since)

    run_at(since + period.lasts - DAY)
    assert type(row).objects.filter(pk=row.pk).exists()
    run_at(since + period.lasts + DAY)
    assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("period", retention.PERIODS, ids=lambda period: period.model)
def test_register_says_the_period_that_is_applied(period):
    told = {field.retention for field in fields.declared()[period.model].values() if field.is_personal}
    assert period.says in told


def test_what_has_not_ended_is_kept_however_old():
    running = ended_grant(starts_at=clock.now() - DAY, ends_at=None)
    opened = RowGrant.objects.create(person=PersonFactory(), kind="post", row_id=1)
    removal = RoleRemoval.objects.create(person=running.person, grant=running, asked_by=PersonFactory())
    request = RoleRequest.objects.create(person=PersonFactory(), role=Role.HR, starts_at=clock.now(), asked_by=PersonFactory())

    run_at(clock.now() + LONG)

    kept = ((RoleGrant, running), (RowGrant, opened), (RoleRemoval, removal), (RoleRequest, request))
    assert all(model.objects.filter(pk=row.pk).exists() for model, row in kept)


def test_more_rows_than_go_at_once_all_go(monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for _ in range(5):
        ended_grant()
    run_at(clock.now() + LONG)
    assert not RoleGrant.objects.exists()


def test_whoever_came_in_before_their_first_day_is_still_written_to_where_they_came_from():
    person = PersonFactory(state=PersonState.EXPECTED, email="work@company.example", private_email="home@home.example")
    Invitation.objects.create(
        person=person, token_hash="1" * 64, expires_at=clock.now() + 14 * DAY, used_at=clock.now(), ended_at=clock.now(), sent_to="private"
    )
    run_at(clock.now() + 200 * DAY)
    assert reset_address(person) == "home@home.example"

    type(person).objects.filter(pk=person.pk).update(state=PersonState.ACTIVE)
    run_at(clock.now() + 200 * DAY)
    assert not Invitation.objects.exists()
