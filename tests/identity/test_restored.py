"""A backup that was put back: what was used since, or ended, opens nothing again."""

import pytest

from rse.core.models import Person
from rse.core.ops import restoring
from rse.core.people.services.people import no_password
from rse.identity.enums import ChangeState, Way
from rse.identity.models import AccountReopening, AddressChange, RecoveryCode
from rse.identity.services.addresses import change_of, fresh_link, take_from_file
from rse.identity.services.cards import card_by_token
from rse.identity.services.invitations import issue, open_invitation
from rse.identity.services.own_addresses import ask_own, change_of_new, fresh_link_to_new
from rse.identity.services.recovery import make_codes, open_code
from rse.identity.services.reopenings import ask_reopening, waiting_for
from tests.factories import PersonFactory
from tests.guards import HouseClient

from .doors import type_password
from .papers import handed, worker, workshop

pytestmark = pytest.mark.django_db


def test_no_link_card_or_code_of_a_backup_opens_anything():
    people, subject = workshop()
    printed = handed(people["HR of the unit"], subject)
    awa = PersonFactory(email=None, private_email="", employee_number="0077")
    codes = make_codes(person=awa)
    token = issue(person=worker("0099"), way=Way.HAND)
    restoring.settle()
    assert card_by_token(printed.token) is None
    assert open_code(number="77", code=codes[0]) is None
    assert not RecoveryCode.objects.exists()
    assert open_invitation(token) is None
    assert type_password(HouseClient(), "77").status_code == 302


def test_request_that_waited_for_a_second_yes_is_asked_anew():
    people, _subject = workshop()
    lea = PersonFactory(email="lea@company.example", unit=people["direct manager"].unit)
    Person.objects.filter(pk=lea.pk).update(password=no_password(), has_account=True)
    ask_reopening(actor=people["administrator"], person=Person.objects.get(pk=lea.pk), reason="lost")
    restoring.settle()
    assert waiting_for(lea) is None
    assert AccountReopening.objects.get().agreed_by is None


def test_addresses_wait_on_without_their_links_and_own_ones_are_asked_anew():
    person, other = PersonFactory(), PersonFactory()
    own = ask_own(person=person, kind="private_email", address="p@home.example")
    take_from_file(wanted=[(other.pk, {"email": "new@company.example"})])
    asked = AddressChange.objects.get(person=other)
    old, new = fresh_link(change=asked), fresh_link_to_new(change=own)
    restoring.settle()
    assert (change_of(old), change_of_new(new)) == (None, None)
    assert list(AddressChange.objects.order_by("pk").values_list("state", flat=True)) == [ChangeState.ENDED, ChangeState.WAITING]
    assert ask_own(person=person, kind="private_email", address="p@home.example").state == ChangeState.WAITING
