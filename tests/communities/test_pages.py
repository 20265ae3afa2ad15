import re

import pytest
from django.urls import reverse

from communities.models import Community, CommunityInvitation, CreationRequest, JoinRequest
from rse.core import clock
from rse.core.models import AudienceMember
from tests.factories import PersonFactory
from tests.factories.communities import (
    CommunityFactory,
    CommunityInvitationFactory,
    CreationRequestFactory,
    role_in,
)
from tests.factories.feed import PostFactory
from tests.factories.governance import CharterFactory

pytestmark = pytest.mark.django_db
FORM = {"its_name": "Données & usages", "purpose": "Demander et répondre.", "kind": "open"}


def address(name, community, *more):
    return reverse(f"communities:{name}", args=[community.slug, *more])


def names_in(page):
    return [card["fields"]["name"] for card in page.context["cards"]]


def test_list_shows_mine_then_what_one_may_join_or_ask_for(signed_in):
    person = PersonFactory()
    CommunityFactory(name="Mienne", members=[person])
    CommunityFactory(name="Ouverte")
    CommunityFactory(name="Fermée", closed=True)
    CommunityFactory(name="Close", archived=True)
    CommunityFactory(name="Secrète", secret=True)
    browser = signed_in(person)

    assert names_in(browser.get("/communities/")) == ["Mienne"]
    assert names_in(browser.get("/communities/?show=open")) == ["Ouverte"]
    assert names_in(browser.get("/communities/?show=closed")) == ["Fermée"]
    assert names_in(browser.get("/communities/?show=nonsense")) == ["Mienne"]
    assert names_in(browser.get("/communities/?show=open&q=OUV")) == ["Ouverte"]
    assert names_in(browser.get("/communities/?show=open&q=%00%25_")) == []


def test_list_pages_by_key_without_losing_or_repeating(signed_in):
    for number in range(45):
        CommunityFactory(name=f"Nom {number:02}")
    browser, seen, where = signed_in(PersonFactory()), [], "/communities/?show=open"
    while where:
        page = browser.get(where)
        seen += names_in(page)
        where = f"/communities/{page.context['page'].older_url}" if page.context["page"].older_url else ""

    assert seen == [f"Nom {number:02}" for number in range(45)]


def test_list_fragment_equals_the_reload(signed_in):
    CommunityFactory(name="Ouverte")
    browser = signed_in(PersonFactory())

    whole = without_tokens(browser.get("/communities/?show=open").text)
    piece = without_tokens(browser.get("/communities/?show=open", headers={"HX-Request": "true"}).text)

    assert piece in whole
    assert piece.startswith('<section class="stack" id="communities"')


def without_tokens(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text).strip()


@pytest.mark.parametrize("tab", ["detail", "members", "about", "unanswered"])
def test_head_fragment_equals_the_reload(signed_in, tab):
    person = PersonFactory()
    community = CommunityFactory(owners=[person])
    browser = signed_in(person)

    whole = without_tokens(browser.get(address(tab, community)).text)
    piece = without_tokens(browser.get(address("head", community), {"at": tab}, headers={"HX-Request": "true"}).text)

    assert piece in whole


@pytest.mark.parametrize("name", ["members", "unanswered"])
def test_side_fragment_equals_the_reload(signed_in, name):
    person = PersonFactory()
    community = CommunityFactory(owners=[person], members=[PersonFactory()])
    PostFactory(question=True, audience=community.audience)
    browser = signed_in(person)

    whole = without_tokens(browser.get(address(name, community)).text)
    piece = without_tokens(browser.get(address(name, community), headers={"HX-Request": "true"}).text)

    assert piece in whole


def test_open_community_is_read_before_one_joins(signed_in):
    community = CommunityFactory(owners=[PersonFactory()])
    PostFactory(audience=community.audience, body="Bonjour la maintenance")
    browser = signed_in(PersonFactory())

    page = browser.get(community.get_absolute_url())

    assert "Bonjour la maintenance" in page.text
    assert address("join", community) in page.text
    assert 'id="composer"' not in page.text


def test_joining_twice_is_joining_once(signed_in):
    person, community = PersonFactory(), CommunityFactory(owners=[PersonFactory()])
    browser = signed_in(person)

    for _time in range(2):
        assert browser.post(address("join", community)).url == community.get_absolute_url()
    page = browser.get(community.get_absolute_url())

    assert 'id="composer"' in page.text
    assert AudienceMember.objects.filter(person=person).count() == 1


def test_join_in_the_list_changes_its_line(signed_in):
    community = CommunityFactory(owners=[PersonFactory()])
    browser = signed_in(PersonFactory())

    piece = browser.post(address("join", community), headers={"HX-Request": "true"})

    assert piece.text.strip().startswith(f'<article class="card" id="community-{community.public_id}"')
    assert without_tokens(piece.text) in without_tokens(browser.get("/communities/").text)


def test_l101_twenty_first_join_in_a_minute_waits(signed_in):
    browser = signed_in(PersonFactory())
    community = CommunityFactory()

    with clock.moved_to(clock.now().replace(second=1)):
        codes = [browser.post(address("join", community)).status_code for _time in range(21)]

    assert codes == [302] * 20 + [429]


def test_form_creates_once_and_leads_there(signed_in):
    person = PersonFactory()
    browser = signed_in(person)
    form = {**FORM, "key": "k"}

    first, second = browser.post("/communities/new/", form), browser.post("/communities/new/", form)

    community = Community.objects.get()
    assert first.url == second.url == community.get_absolute_url()
    assert role_in(community, person) == "owner"
    assert browser.get(first.url).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"its_name": ""},
        {"purpose": ""},
        {"kind": ""},
        {"kind": "hidden"},
        {"its_name": "x" * 81},
        {"purpose": "y" * 601},
        {"its_name": "a\x07b"},
    ],
)
def test_wrong_form_says_it_at_the_field_and_loses_nothing(signed_in, wrong):
    browser = signed_in(PersonFactory())

    page = browser.post("/communities/new/", {**FORM, "key": "kept", **wrong})

    assert page.status_code == 422
    form = page.context["form"]
    assert {form[name].html_name for name in form.errors} == wrong.keys()
    assert 'value="kept"' in page.text
    said = {field.html_name: field.value() for field in form}
    assert {name: said[name] for name in FORM | wrong} == FORM | wrong
    assert not Community.objects.exists()


def test_secret_form_asks_hr_and_shows_that_it_waits(signed_in):
    person = PersonFactory()
    browser = signed_in(person)

    asked = browser.post("/communities/new/", {**FORM, "kind": "secret"})
    again = browser.post("/communities/new/", {**FORM, "kind": "secret"})

    assert asked.url == "/communities/"
    assert again.status_code == 422
    assert "kind" in again.context["form"].errors
    request = CreationRequest.objects.get()
    assert request.get_absolute_url() in browser.get("/communities/").text
    assert browser.get(request.get_absolute_url()).text.count(FORM["its_name"].replace("&", "&amp;")) == 1


def test_hr_reads_the_purpose_and_the_owner_and_not_the_name(signed_in):
    hr, owner = PersonFactory(role="hr"), PersonFactory(last_name="Ownername")
    request = CreationRequestFactory(name="canarinom", purpose="But visible", asked_by=owner)
    browser = signed_in(hr)

    page = browser.get(request.get_absolute_url())
    assert "But visible" in page.text
    assert "Ownername" in page.text
    answer = browser.post(reverse("communities:answer_creation", args=[request.public_id]), {"answer": "approve"})
    after = browser.get(answer.url)

    assert Community.objects.get().kind == "secret"
    for seen in (page, after, browser.get("/"), browser.get("/communities/")):
        assert "canarinom" not in seen.text


def test_charter_comes_before_the_first_community(signed_in):
    CharterFactory()

    asked = signed_in(PersonFactory()).post("/communities/new/", FORM)

    assert asked.status_code == 409
    assert FORM["purpose"] in asked.text
    assert not Community.objects.exists()


def test_second_of_two_windows_gets_both_versions(signed_in):
    host = PersonFactory()
    community = CommunityFactory(hosts=[host], owners=[PersonFactory()], purpose="Avant")
    browser = signed_in(host)
    form = {"its_name": community.name, "version": 1}

    browser.post(address("edit", community), {**form, "purpose": "Première fenêtre"})
    second = browser.post(address("edit", community), {**form, "purpose": "Seconde fenêtre"})

    assert second.status_code == 409
    assert "Première fenêtre" in second.text
    assert "Seconde fenêtre</textarea>" in second.text.replace("\n", "")
    assert Community.objects.get().purpose == "Première fenêtre"
    assert browser.post(address("edit", community), {**form, "purpose": "Seconde fenêtre", "version": 2}).status_code == 302
    assert Community.objects.get().purpose == "Seconde fenêtre"


def test_host_invites_and_sees_the_link_once(signed_in):
    host, guest = PersonFactory(), PersonFactory()
    community = CommunityFactory(secret=True, name="Entraide", owners=[host])
    browser = signed_in(host)

    page = browser.post(address("invite", community), {"person": guest.handle})
    link = re.search(r"http://testserver(/communities/invitations/link/[^<]+)<", page.text)[1]

    assert link not in browser.get(address("waiting", community)).text
    assert signed_in(PersonFactory()).get(link).status_code == 404
    theirs = signed_in(guest)
    assert "Entraide" in theirs.get("/").text
    invitation = theirs.get(link)
    assert "Entraide" in theirs.get(invitation.url).text
    accepted = theirs.post(reverse("communities:accept", args=[CommunityInvitation.objects.get().public_id]))
    assert theirs.get(accepted.url).status_code == 200
    assert theirs.get(link).status_code == 404
    assert theirs.get(invitation.url).status_code == 404


@pytest.mark.parametrize("who", ["nobody@company.example", "", "x" * 300])
def test_invited_stranger_is_said_at_the_field_and_kept(signed_in, who):
    host = PersonFactory()
    community = CommunityFactory(owners=[host])

    page = signed_in(host).post(address("invite", community), {"person": who})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"person"}
    assert page.context["form"]["person"].value() == [who]
    assert not CommunityInvitation.objects.exists()


def test_l101_twenty_first_invitation_in_a_minute_waits(signed_in):
    host = PersonFactory()
    community = CommunityFactory(owners=[host])
    browser = signed_in(host)

    with clock.moved_to(clock.now().replace(second=1)):
        codes = [browser.post(address("invite", community), {"person": "nobody"}).status_code for _time in range(21)]

    assert codes == [422] * 20 + [429]


def test_declined_invitation_is_gone_without_a_word(signed_in, told):
    invitation = CommunityInvitationFactory()
    browser = signed_in(invitation.person)

    browser.post(reverse("communities:decline", args=[invitation.public_id]))

    assert not CommunityInvitation.objects.exists()
    assert told("invitation_accepted") == []


def test_card_page_asks_waits_and_is_let_in(signed_in):
    host, person = PersonFactory(), PersonFactory()
    community = CommunityFactory(closed=True, owners=[host])
    browser, theirs = signed_in(host), signed_in(person)

    theirs.post(address("ask", community), {"words": "Je soude."})
    assert address("withdraw_request", community) in theirs.get(community.get_absolute_url()).text
    waiting = browser.get(address("waiting", community))
    assert "Je soude." in waiting.text
    browser.post(address("answer", community, JoinRequest.objects.get().public_id), {"answer": "accept"})

    assert theirs.get(community.get_absolute_url()).status_code == 200


def test_words_too_long_are_said_at_the_field_and_kept(signed_in):
    community = CommunityFactory(closed=True)

    page = signed_in(PersonFactory()).post(address("ask", community), {"words": "x" * 281})

    assert page.status_code == 422
    assert "x" * 281 in page.text
    assert not JoinRequest.objects.exists()


def test_last_owner_names_a_member_on_the_page(signed_in):
    owner, member, outsider = PersonFactory.create_batch(3)
    community = CommunityFactory(owners=[owner], members=[member])
    browser = signed_in(owner)

    assert browser.post(address("leave", community), {"person": outsider.handle}).status_code == 422
    assert browser.post(address("leave", community), {"person": ""}).status_code == 422
    assert role_in(community, owner) == "owner"
    assert browser.post(address("leave", community), {"person": member.handle}).status_code == 302
    assert (role_in(community, owner), role_in(community, member)) == ("", "owner")


def test_owner_changes_roles_and_takes_people_out_on_the_page(signed_in):
    owner, member = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner], members=[member])
    browser = signed_in(owner)

    browser.post(address("role", community, member.handle), {"its_role": "host"})
    assert role_in(community, member) == "host"
    browser.post(address("remove", community, member.handle))
    assert role_in(community, member) == ""


def test_l56_member_page_offers_and_takes_nothing_from_members(signed_in):
    member, other = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[PersonFactory()], members=[member, other])
    browser = signed_in(member)

    assert address("role", community, other.handle) not in browser.get(address("members", community)).text
    assert browser.post(address("role", community, member.handle), {"its_role": "owner"}).status_code == 403
    assert browser.post(address("role", community, other.handle), {"its_role": "host"}).status_code == 403
    assert browser.post(address("remove", community, other.handle)).status_code == 403


def test_deleted_community_is_brought_back_from_the_list(signed_in):
    owner = PersonFactory()
    community = CommunityFactory(owners=[owner])
    browser = signed_in(owner)

    browser.post(address("delete", community))
    assert browser.get(community.get_absolute_url()).status_code == 404
    assert address("restore", community) in browser.get("/communities/").text
    browser.post(address("restore", community))

    assert browser.get(community.get_absolute_url()).status_code == 200


def test_kind_is_changed_announced_and_cancelled_on_the_page(signed_in):
    owner, member = PersonFactory.create_batch(2)
    community = CommunityFactory(owners=[owner], members=[member])
    browser = signed_in(owner)

    browser.post(address("kind", community), {"kind": "closed"})
    browser.post(address("kind", community), {"kind": "open"})
    assert Community.objects.get().next_kind == "open"
    assert "tone-gold" in signed_in(member).get(community.get_absolute_url()).text
    browser.post(address("cancel_kind", community))
    browser.post(address("kind", community), {"kind": "secret"})

    assert (Community.objects.get().kind, Community.objects.get().next_kind) == ("closed", "")
    assert CreationRequest.objects.get().community == community
    assert browser.get(address("about", community)).status_code == 200


def test_expected_person_sees_their_own_communities_only(signed_in):
    person = PersonFactory(expected=True)
    mine = CommunityFactory(name="Promotion", closed=True, members=[person])
    other = CommunityFactory(name="Ouverte")
    browser = signed_in(person)

    assert names_in(browser.get("/communities/")) == ["Promotion"]
    assert names_in(browser.get("/communities/?show=open")) == []
    assert browser.get(mine.get_absolute_url()).status_code == 200
    assert browser.get(other.get_absolute_url()).status_code == 404
