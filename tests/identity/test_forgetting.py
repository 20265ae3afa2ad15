"""What was decided about addresses and accounts is forgotten in its time."""

import datetime

import pytest

from rse.core import clock
from rse.core.enums import Role
from rse.core.events.schedule import JOBS
from rse.core.models import Person
from rse.identity.enums import ChangeState
from rse.identity.models import AccountReopening, AddressChange, AddressMove, AddressYes
from rse.identity.services.addresses import take_from_file
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_decisions_about_addresses_and_accounts_are_forgotten_after_three_years():
    hr, person = PersonFactory(role=Role.HR), PersonFactory()
    take_from_file(wanted=[(person.pk, {"email": "new@company.example"})])
    change = AddressChange.objects.get()
    AddressYes.objects.create(change=change, person=hr, voice="hand", reason="name")
    AddressMove.objects.create(old_domain="company.example", new_domain="other.example")
    AccountReopening.objects.create(person=person, reason="back", asked_by=hr)
    kept = (AddressChange, AddressYes, AddressMove, AccountReopening)

    assert change.token_hash
    with clock.moved_to(clock.now() + datetime.timedelta(days=8)):
        JOBS["forget what has had its time"].run()
    assert [model.objects.count() for model in kept] == [1, 1, 1, 1]
    assert AddressChange.objects.get().token_hash == ""
    assert AddressChange.objects.get().state == ChangeState.WAITING

    with clock.moved_to(clock.now() + datetime.timedelta(days=3 * 365 + 2)):
        JOBS["forget what has had its time"].run()
    assert [model.objects.count() for model in kept] == [0, 0, 0, 0]
    assert Person.objects.filter(pk=person.pk).exists()
