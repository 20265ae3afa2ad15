"""Another address for somebody who has an account or a role: who says yes to it, and who cannot."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person
from rse.core.people.services.people import deactivate
from rse.identity.enums import AddressKind, ChangeState, Way
from rse.identity.models import AddressChange, AddressMove, AddressYes, Session
from rse.identity.services import address_writing, addresses, domains
from rse.identity.services.invitations import InvitationOver, issue, open_invitation, redeem
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import PASSWORD, put_under
from tests.guards import HouseClient
from tests.races import answers_of

from .doors import type_password
from .files_of_hr import forgot, import_file, link_in, mails_to, row

pytestmark = pytest.mark.django_db
NEW = "lea.morvan@company.example"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR, employee_number="A1")


@pytest.fixture
def lea():
    return PersonFactory(employee_number="E7", email="lea@company.example", first_name="Léa")


def asked(person, new=NEW, kind=AddressKind.WORK):
    """A change that a file asks for."""
    addresses.take_from_file(wanted=[(person.pk, {kind: new})])
    return AddressChange.objects.waiting().get(person=person, kind=kind)


def state_of(change):
    return AddressChange.objects.get(pk=change.pk).state


def say(browser, change, do="vouch", **form):
    return browser.post(reverse("identity:address_change", args=[change.public_id]), {"do": do, "reason": "mailbox", **form})


def test_owner_confirms_after_their_password_and_is_signed_out_elsewhere(client, lea):
    elsewhere = HouseClient()
    elsewhere.force_login(lea)
    change = asked(lea)
    type_password(client, lea.email)
    mine = reverse("identity:my_address", args=[change.public_id])
    lea_at_home = HouseClient()
    lea_at_home.force_login(lea)
    assert lea_at_home.post(mine, {"do": "agree"}).url.startswith("/account/reauthenticate/")
    assert state_of(change) == ChangeState.WAITING

    assert NEW in client.get(reverse("identity:security")).text
    assert client.post(mine, {"do": "agree"}).url == reverse("identity:security")

    lea.refresh_from_db()
    assert (lea.email, state_of(change)) == (NEW, ChangeState.MADE)
    assert client.get("/people/").status_code == 200
    assert elsewhere.get("/people/").status_code == 302
    assert Session.objects.filter(person=lea).count() == 1
    assert len(mails_to("lea@company.example")) == 2
    assert len(mails_to(NEW)) == 1
    assert len(forgot(NEW)) == 1
    assert forgot("lea@company.example") == []
    assert client.post(mine, {"do": "agree"}).status_code == 409


def test_old_address_confirms_once(lea):
    change = asked(lea)
    path = link_in(mails_to("lea@company.example")[0], "old-address")
    page = HouseClient().get(path)
    assert (page.status_code, state_of(change)) == (200, ChangeState.WAITING)

    assert HouseClient().post(path, {"do": "agree"}).status_code == 200
    assert Person.objects.get(pk=lea.pk).email == NEW
    assert HouseClient().post(path, {"do": "agree"}).status_code == 404
    assert type_password(HouseClient(), NEW).status_code == 302


@pytest.mark.parametrize("what", ["refused", "replaced", "expired", "left", "unknown"])
def test_link_to_the_old_address_dies(lea, what):
    change = asked(lea)
    path = link_in(mails_to("lea@company.example")[0], "old-address")
    moment = clock.now()
    if what == "refused":
        HouseClient().post(path, {"do": "refuse"})
    elif what == "replaced":
        asked(lea, "other@company.example")
    elif what == "expired":
        moment += addresses.LINK_LIVES
    elif what == "left":
        deactivate(person_ids=[lea.pk])
    else:
        path = reverse("identity:old_address", args=["never-was"])
    with clock.moved_to(moment):
        assert HouseClient().post(path, {"do": "agree"}).status_code == 404
    assert Person.objects.get(pk=lea.pk).email == "lea@company.example"
    assert state_of(change) != ChangeState.MADE


def test_refused_address_is_asked_again_after_thirty_days_only(lea):
    path = link_in(mails_to("lea@company.example")[0], "old-address") if asked(lea) else ""
    HouseClient().post(path, {"do": "refuse"})
    addresses.take_from_file(wanted=[(lea.pk, {"email": NEW})])
    assert not AddressChange.objects.waiting().exists()
    with clock.moved_to(clock.now() + datetime.timedelta(days=31)):
        asked(lea)


def test_l107_only_the_address_of_sign_in_answers_for_its_owner(lea):
    """A home address that a file wrote before the account was there may never have been theirs."""
    Person.objects.filter(pk=lea.pk).update(private_email="lea@evil.example")
    asked(lea, "lea2@evil.example", AddressKind.PRIVATE)
    [told] = mails_to("lea@evil.example")
    assert "old-address" not in told.body
    assert "old-address" in mails_to("lea@company.example")[0].body


def test_two_people_of_hr_vouch_face_to_face(signed_in, administrator, lea):
    change, first, second = asked(lea), signed_in(administrator), signed_in(PersonFactory(role=Role.HR))
    assert say(first, change, reason="").status_code == 422
    assert say(first, change).status_code == 302
    assert say(first, change).status_code == 409
    assert (state_of(change), len(mails_to("lea@company.example"))) == (ChangeState.WAITING, 2)
    assert forgot(NEW) == []

    assert say(second, change).status_code == 302
    assert Person.objects.get(pk=lea.pk).email == NEW
    assert say(second, change, "refuse").status_code == 409


def test_who_may_not_vouch(signed_in, administrator, lea):
    manager, elsewhere, fresh = PersonFactory(role=Role.HR), PersonFactory(), PersonFactory()
    put_under(lea, manager)
    RoleGrantFactory(person=elsewhere, role=Role.HR, unit=elsewhere.unit)
    RoleGrantFactory(person=fresh, role=Role.HR, starts_at=clock.now())
    hr_lea = RoleGrantFactory(person=lea, role=Role.HR)
    change = asked(lea)
    answers = {person.pk: say(signed_in(person), change).status_code for person in (manager, elsewhere, fresh, lea, PersonFactory())}
    assert set(answers.values()) <= {403, 404}
    assert hr_lea.person_id in answers
    assert not AddressYes.objects.exists()


def test_a_voucher_who_lost_the_role_has_said_nothing(signed_in, administrator, lea):
    change, voucher = asked(lea), PersonFactory()
    grant = RoleGrantFactory(person=voucher, role=Role.HR)
    say(signed_in(voucher), change)
    grant.ends_at = clock.now()
    grant.save()
    say(signed_in(administrator), change)
    assert state_of(change) == ChangeState.WAITING


def test_holder_of_a_role_waits_for_the_head_of_hr_as_well(signed_in, client, administrator):
    head, hr = PersonFactory(role=Role.HR_HEAD), PersonFactory(role=Role.EDITOR, email="editor@company.example")
    change = asked(hr)
    type_password(client, hr.email)
    client.post(reverse("identity:my_address", args=[change.public_id]), {"do": "agree"})
    assert state_of(change) == ChangeState.WAITING
    assert say(signed_in(administrator), change, "head").status_code == 403

    assert say(signed_in(head), change, "head").status_code == 302
    assert Person.objects.get(pk=hr.pk).email == NEW


def test_head_of_hr_never_says_their_own_yes(signed_in, administrator):
    head = PersonFactory(role=Role.HR_HEAD)
    change = asked(head)
    addresses.confirm_from_old_address(token=addresses.fresh_link(change=change))
    assert say(signed_in(head), change, "head").status_code == 403
    assert say(signed_in(administrator), change, "head").status_code == 302
    assert state_of(change) == ChangeState.MADE


def test_yes_of_the_head_alone_makes_nothing(signed_in, lea):
    RoleGrantFactory(person=lea, role=Role.EDITOR)
    change = asked(lea)
    say(signed_in(PersonFactory(role=Role.HR_HEAD)), change, "head")
    assert state_of(change) == ChangeState.WAITING


def test_holder_of_a_role_who_never_came_in_is_nobody_s_to_take(signed_in, administrator):
    hr, head = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR_HEAD)
    person = PersonFactory(password=False, employee_number="E8", email="soon@company.example")
    handed = issue(person=person, way=Way.HAND, actor_id=hr.pk)
    RoleGrantFactory(person=person, role=Role.ADMINISTRATOR)
    browser = signed_in(hr)
    import_file(browser, row(person, at_work="hr@evil.example"))

    assert Person.objects.get(pk=person.pk).email == "soon@company.example"
    assert browser.post(reverse("identity:hand_over", args=[person.handle])).status_code == 403
    with pytest.raises(InvitationOver):
        redeem(token=handed, password=PASSWORD)
    browser.post(reverse("identity:invite", args=[person.handle]))
    assert mails_to("hr@evil.example") == []
    assert open_invitation(link_in(mails_to("soon@company.example")[-1], "welcome").split("/")[-2])

    say(signed_in(head), AddressChange.objects.get(), "head")
    assert Person.objects.get(pk=person.pk).email == "hr@evil.example"


def test_head_of_hr_who_sent_the_file_does_not_say_the_yes_to_it(signed_in):
    head = PersonFactory(role=Role.HR_HEAD)
    RoleGrantFactory(person=head, role=Role.HR)
    dpo = PersonFactory(password=False, employee_number="E8", email="soon@company.example")
    RoleGrantFactory(person=dpo, role=Role.DPO)
    browser = signed_in(head)
    import_file(browser, row(dpo, at_work="head@evil.example"))
    change = AddressChange.objects.get()

    assert say(browser, change, "head").status_code == 403
    assert Person.objects.get(pk=dpo.pk).email == "soon@company.example"
    browser.post(reverse("identity:invite", args=[dpo.handle]))
    assert mails_to("head@evil.example") == []

    say(signed_in(PersonFactory(role=Role.ADMINISTRATOR)), change, "head")  # there is no other head of HR
    assert Person.objects.get(pk=dpo.pk).email == "head@evil.example"


def test_address_of_somebody_else_is_not_given_by_the_last_yes(client, lea):
    change = asked(lea)
    other = PersonFactory(email=NEW)
    type_password(client, lea.email)
    assert client.post(reverse("identity:my_address", args=[change.public_id]), {"do": "agree"}).status_code == 302
    assert AddressYes.objects.count() == 1
    assert list(Person.objects.filter(email=NEW)) == [other]


def test_somebody_else_s_change_is_not_there(client, lea):
    other = PersonFactory()
    change = asked(lea)
    type_password(client, other.email)
    mine = reverse("identity:my_address", args=[change.public_id])
    assert (client.get(mine).status_code, client.post(mine, {"do": "agree"}).status_code) == (404, 404)


def moving(administrator, signed_in):
    """Six people, one of whom never came in and one of whom is an editor of pages, in a file with another domain."""
    people = [PersonFactory(employee_number=f"M{n}", email=f"m{n}@old.example") for n in range(5)]
    unused = PersonFactory(employee_number="M5", email="m5@old.example", password=False)
    RoleGrantFactory(person=people[0], role=Role.EDITOR)
    token = issue(person=unused, way=Way.WORK)
    here = signed_in(people[1])
    text = "".join(row(one, at_work=one.email.replace("@old.", "@new.")) for one in [*people, unused])
    import_file(signed_in(administrator), text)
    assert open_invitation(token) is None
    assert Person.objects.get(pk=unused.pk).email == "m5@new.example"
    return people, here, AddressMove.objects.get()


def agree(browser, move, do="agree"):
    return browser.post(reverse("identity:address_move", args=[move.public_id]), {"do": do})


def emails_of(people):
    return [Person.objects.get(pk=one.pk).email for one in people]


def test_domain_of_the_company_is_one_act_of_two_people(signed_in, administrator):
    people, here, move = moving(administrator, signed_in)
    first, head = signed_in(administrator), PersonFactory(role=Role.HR_HEAD)
    assert agree(first, move).status_code == 302
    assert agree(first, move).status_code == 409
    assert emails_of(people) == [one.email for one in people]

    assert agree(signed_in(PersonFactory(role=Role.HR)), move).status_code == 302
    assert emails_of(people) == ["m0@old.example", *(f"m{n}@new.example" for n in range(1, 5))]
    assert here.get("/people/").status_code == 200  # sign-ins go on
    assert type_password(HouseClient(), "m1@new.example").status_code == 302
    assert len(mails_to("m1@old.example")) == 2

    change = AddressChange.objects.waiting().get()
    say(signed_in(head), change, "head")
    assert emails_of(people)[0] == "m0@new.example"


def test_head_of_hr_may_be_one_of_the_two_but_not_for_themselves(signed_in, administrator):
    people, _here, move = moving(administrator, signed_in)
    RoleGrantFactory(person=people[2], role=Role.HR_HEAD)
    agree(signed_in(people[2]), move)
    agree(signed_in(administrator), move)
    assert emails_of(people) == [f"m{n}@{'old' if n == 2 else 'new'}.example" for n in range(5)]


def test_refused_domain_changes_nothing(signed_in, administrator):
    people, _here, move = moving(administrator, signed_in)
    agree(signed_in(administrator), move)
    agree(signed_in(PersonFactory(role=Role.HR)), move, "refuse")
    assert agree(signed_in(PersonFactory(role=Role.HR)), move).status_code == 409
    assert emails_of(people) == [one.email for one in people]


def test_four_people_are_no_move_of_a_company(signed_in, administrator):
    people = [PersonFactory(employee_number=f"M{n}", email=f"m{n}@old.example") for n in range(4)]
    import_file(signed_in(administrator), "".join(row(one, at_work=one.email.replace("@old.", "@new.")) for one in people))
    assert not AddressMove.objects.exists()
    assert AddressChange.objects.waiting().count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_yeses_at_once_make_one_change(lea):
    change = asked(lea)
    two = [PersonFactory(role=Role.HR), PersonFactory(role=Role.ADMINISTRATOR)]
    given, raised = answers_of(2, lambda n: addresses.vouch(actor=two[n], change=change, reason="mailbox"))
    assert (sorted(given), raised) == (["False", "True"], [])
    assert Person.objects.get(pk=lea.pk).email == NEW


@pytest.mark.django_db(transaction=True)
def test_one_person_in_eight_windows_says_one_yes(lea):
    change, one = asked(lea), PersonFactory(role=Role.HR)
    given, raised = answers_of(8, lambda n: addresses.vouch(actor=one, change=change, reason="mailbox"))
    assert given == ["False"]
    assert set(raised) <= {"SaidAlready", "OperationalError"}
    assert (AddressYes.objects.count(), state_of(change)) == (1, ChangeState.WAITING)


@pytest.mark.django_db(transaction=True)
def test_one_person_in_eight_windows_moves_no_company(administrator):
    people = [PersonFactory(email=f"m{n}@old.example") for n in range(5)]
    addresses.take_from_file(wanted=[(one.pk, {"email": one.email.replace("@old.", "@new.")}) for one in people])
    move = AddressMove.objects.get()
    given, raised = answers_of(8, lambda n: domains.agree_to_move(actor=administrator, move=move))
    assert given == ["False"]
    assert set(raised) <= {"SaidAlready", "OperationalError"}
    assert emails_of(people) == [one.email for one in people]


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_of_what_waits_costs_the_same(signed_in, django_assert_num_queries, item_count):
    for number in range(item_count):
        asked(PersonFactory(), f"new{number}@other.example")
        Person.objects.filter(pk=PersonFactory().pk).update(password="!gone")
    browser = signed_in(PersonFactory(role=Role.HR))
    browser.get(reverse("identity:waiting"))
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(reverse("identity:waiting"))
    assert page.text.count("@other.example") == item_count


LIST_QUERIES = 8


def test_mail_speaks_the_language_of_the_person():
    for language, word in (("en", "Is it yours?"), ("fr", "Est-elle à vous")):
        asked(PersonFactory(language=language), f"{language}@other.example")
        assert word in mail.outbox[-1].body


def test_company_of_more_than_one_batch_changes_its_domain(administrator, monkeypatch):
    for module in (addresses, address_writing):
        monkeypatch.setattr(module, "AT_ONCE", 50)
    people = Person.objects.bulk_create(
        Person(handle=f"p{n}", email=f"p{n}@old.example", first_name="P", last_name=str(n), password="md5$x", has_account=True)
        for n in range(120)
    )
    addresses.take_from_file(wanted=[(one.pk, {"email": f"{one.handle}@new.example"}) for one in people])
    move = AddressMove.objects.get()
    domains.agree_to_move(actor=administrator, move=move)
    domains.agree_to_move(actor=PersonFactory(role=Role.HR), move=move)
    assert Person.objects.filter(email__endswith="@new.example").count() == 120
