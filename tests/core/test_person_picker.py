"""Whoever names somebody finds those whom they may see and the act allows, by a name, and nobody else by any other way."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from communities.forms import PersonForm, SuccessorForm
from onboarding.forms import HostForm
from onboarding.queries import possible_newcomers
from onboarding.rules import can_create_journey_for
from rse.core import clock
from rse.core.access.rules import can_ask_role, roles_to_ask
from rse.core.enums import Role
from rse.core.models import Person
from rse.core.web import person_picker
from rse.core.web.forms import RoleForm
from rse.core.web.person_picker import MOST_SUGGESTED, PLACE, PersonField
from rse.core.web.sealing import seal
from tests.architecture.tree import Tree
from tests.every_form import form_classes
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.communities import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def asking(form, name="person"):
    """Return where ``form`` asks for suggestions."""
    return re.search(r'hx-get="([^"]+)"', str(form[name]))[1].replace("&amp;", "&")


def found(browser, address, typed, name="person"):
    page = browser.get(address, {"for": address.partition("for=")[2], name: typed})
    assert page.status_code == 200
    return re.findall(r'data-words="([^"]+)"', page.text)


@pytest.fixture
def host():
    return PersonFactory(first_name="Odile", last_name="Host")


@pytest.fixture
def community(host):
    return CommunityFactory(owners=[host])


@pytest.mark.parametrize("typed", ["élo", "ELODIE n", "n'diaye", "ndiaye", "N’Di elo"])
def test_suggestion_says_who_it_is_and_no_address(signed_in, host, community, typed):
    unit, site = UnitFactory(name="Fonderie"), SiteFactory(name="Nantes")
    guest = PersonFactory(first_name="Élodie", last_name="N’Diaye", title="Fondeuse", unit=unit, site=site)
    address = asking(PersonForm(reader=host, community=community))
    assert found(signed_in(host), address, typed) == ["Élodie N’Diaye"]
    page = signed_in(host).get(f"{address}&person={typed}").text
    assert all(word in page for word in ("Fondeuse", "Fonderie", "Nantes", f'data-value="{guest.handle}"'))
    assert guest.email not in page


def test_nobody_finds_whom_they_may_not_see_nor_whom_the_act_leaves_out(signed_in, host, community):
    PersonFactory(first_name="Zoé", last_name="Expected", expected=True)
    PersonFactory(first_name="Zoé", last_name="Left", left=True)
    PersonFactory(first_name="Zoé", last_name="Here")
    member = PersonFactory(first_name="Zoé", last_name="Member")
    own = CommunityFactory(owners=[host], members=[member])
    invited, successor = PersonForm(reader=host, community=community), SuccessorForm(reader=host, community=own)
    assert found(signed_in(host), asking(invited), "zoe") == ["Zoé Here", "Zoé Member"]
    assert found(signed_in(host), asking(successor), "zoe") == ["Zoé Member"]
    for form in (PersonForm, SuccessorForm):
        for name in ("zoe expected", "zoe left", "nobody at all"):
            said = form(QueryDict(f"person={name}"), reader=host, community=own)
            assert said.errors == {"person": ["Nobody is found here by this name."]}


def test_unknown_and_not_allowed_are_answered_alike(signed_in, host, community):
    hidden = PersonFactory(first_name="Zoé", last_name="Left", left=True)
    browser, address = signed_in(host), asking(PersonForm(reader=host, community=community))
    said = ("zoe left", "absent", hidden.handle, hidden.email, "%%", "a\x00b")
    answers = {browser.get(address + "&" + urlencode({"person": typed})).text for typed in said}
    assert len(answers) == 2  # nothing was typed that is a word, or nobody is found


def test_reference_is_for_one_reader_one_purpose_and_one_right(signed_in, host, community):
    PersonFactory(first_name="Zoé", last_name="Here")
    stranger = PersonFactory()
    address = asking(PersonForm(reader=host, community=community))
    assert found(signed_in(host), address, "zoe") == ["Zoé Here"]
    assert found(signed_in(stranger), address, "zoe") == []
    # What their own page would have sealed for them finds nobody where they may not act.
    assert found(signed_in(stranger), asking(PersonForm(reader=stranger, community=community)), "zoe") == []
    assert found(signed_in(stranger), asking(RoleForm(reader=stranger)), "zoe") == []
    gone = seal(["of another release", "person"], reader=host, place=PLACE)
    for reference in (gone, "", "x", seal(["invitation", "person", community.pk], reader=host, place="elsewhere"), address[-40:]):
        assert found(signed_in(host), f"{reverse('people:suggested')}?for={reference}", "zoe") == []


def test_no_more_than_eight_and_nothing_of_the_others(signed_in, host, community):
    unit = UnitFactory(name="Foundry")
    for number in range(MOST_SUGGESTED + 3):
        PersonFactory(first_name="Zoé", last_name=f"Here {number:02}", unit=unit)
    browser, address = signed_in(host), asking(PersonForm(reader=host, community=community))
    page = browser.get(f"{address}&person=zoe").text
    assert page.count('role="option"') == MOST_SUGGESTED
    assert "8 suggestions" in page
    assert "Foundry" in page
    assert "11" not in re.sub(r"(data-value|href|id)=\"[^\"]*\"", "", page)


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_the_same_for_one_and_for_three(signed_in, host, community, django_assert_num_queries, count):
    for number in range(count):
        PersonFactory(first_name="Zoé", last_name=f"Here {number}")
    browser, address = signed_in(host), asking(PersonForm(reader=host, community=community))
    browser.get(f"{address}&person=zoe")
    with django_assert_num_queries(8):
        assert browser.get(f"{address}&person=zoe").text.count('role="option"') == count


def test_suggestions_are_limited_per_minute(signed_in, host):
    browser = signed_in(host)
    with clock.moved_to(clock.now().replace(second=1)):
        codes = [browser.get(reverse("people:suggested")).status_code for _time in range(121)]
    assert codes == [200] * 120 + [429]


def test_without_a_script_several_people_are_radio_buttons_and_one_of_them_is_sent(signed_in, host, community):
    one = PersonFactory(first_name="Anne-Laure", last_name="Martin", unit=UnitFactory(name="Fonderie"))
    other = PersonFactory(first_name="Anne Laure", last_name="Martin", unit=UnitFactory(name="Achats"))
    browser, address = signed_in(host), reverse("communities:invite", args=[community.slug])
    page = browser.post(address, {"person": "anne laure martin"})
    assert page.status_code == 422
    assert page.context["form"].errors == {"person": ["Several people are found by this name. Pick one of them, or write more of it."]}
    radios = re.findall(r'<input type="radio" name="person" value="([^"]+)"', page.text)
    assert sorted(radios) == sorted([other.handle, one.handle])
    assert all(word in page.text for word in ("Fonderie", "Achats", 'value="anne laure martin"'))
    assert browser.post(address, {"person": ["anne laure martin", other.handle]}).context["link"]["person"] == other


def test_name_that_one_person_has_is_enough_and_what_is_typed_anew_wins_over_what_was_picked(host, community):
    paul, longer = PersonFactory(first_name="Paul", last_name="Martin"), PersonFactory(first_name="Paul", last_name="Martinez")
    form = PersonForm(QueryDict("person=paul martin"), reader=host, community=community)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["person"] == paul
    assert re.search(rf'value="{paul.handle}"[^>]* checked', str(form["person"]))
    for said, person in ((["paul martinez", paul.handle], longer), (["", longer.handle], longer), (["paul martin", longer.handle], longer)):
        data = QueryDict(mutable=True)
        data.setlist("person", said)
        form = PersonForm(data, reader=host, community=community)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["person"] == person


def test_field_that_may_stay_empty_stays_empty_and_what_stands_there_is_shown():
    hr = PersonFactory(role=Role.HR)
    form = HostForm(QueryDict("other=&host="), reader=hr, people=[])
    assert form.errors == {"other": ["Choose somebody."]}
    other = PersonFactory(first_name="Zoé", last_name="Here")
    shown = str(HostForm(reader=hr, people=[], initial={"other": other})["other"])
    assert f'value="{other.name}"' in shown
    assert re.search(rf'value="{other.handle}"[^>]* checked', shown)


# The editors of the handbook are few: the page lists them.
CHOSEN_AMONG_FEW = {"rse.pages.forms.PersonForm.person", "rse.pages.forms.SectionEditorForm.person"}


@pytest.mark.once
def test_every_form_that_names_somebody_by_name_is_of_the_kit():
    fields = [(form, *one) for form in form_classes() for one in getattr(form, "base_fields", {}).items()]
    assert {f"{form.__qualname__}.{name}" for form, name, field in fields if isinstance(field, PersonField)} == {
        *("RoleForm.person", "FeatureForm.owner", "PersonForm.person", "SuccessorForm.person"),
        *("MemberForm.person", "CreateForm.person", "HostForm.other", "CorrectionForm.superior"),
    }
    naming = {"person", "owner", "other", "holder", "member", "newcomer", "mentor", "recruiter", "successor"}
    others = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form, name, field in fields
        if name in naming and not isinstance(field, PersonField)
    }
    assert others == CHOSEN_AMONG_FEW
    sources = {one.place: one.path.read_text(encoding="utf-8") for one in Tree().modules if one.part == "forms"}
    assert [place for place, source in sources.items() if re.search(r"email__iexact|handle=", source)] == []


def test_whoever_is_offered_for_a_journey_or_a_role_is_taken_by_the_act():
    ours, theirs = UnitFactory(), UnitFactory()
    people = [PersonFactory(unit=ours), PersonFactory(unit=theirs), PersonFactory(unit=ours, left=True)]
    hr = PersonFactory(unit=ours)
    RoleGrantFactory(person=hr, role=Role.HR, unit=ours)
    everybody = [*people, hr]
    assert set(possible_newcomers(hr)) == {one for one in everybody if can_create_journey_for(hr, one)} == {people[0]}
    dpo, stranger = PersonFactory(role=Role.DPO), PersonFactory()
    for reader, asked in ((dpo, [Role.HR_SUCCESSION]), (stranger, []), (hr, [])):
        assert roles_to_ask(reader) == asked
        offered = set(person_picker.to_be_given_a_role(reader))
        assert offered == {one for one in Person.objects.order_by("pk") if any(can_ask_role(reader, one, role) for role in Role)}
