"""What is secret is nowhere, for nobody outside; and what is known without being read shows its card, and no more."""

import csv
import datetime
import re

import pytest
from django.urls import reverse

from communities import queries, rules
from communities.models import Community, JoinRequest
from communities.services import (
    ask_to_join,
    change_kind,
    create_community,
    delete_community,
    edit_community,
    leave,
    open_announced,
    remove_member,
)
from communities.services.invariants import opened_otherwise
from communities.visible_fields import fields_for, size_class_of, size_of
from rse.core import clock
from rse.core.access import kinds
from rse.core.access.readers import readers_of
from rse.core.models import Audience, Person
from rse.feed.models import Picture
from rse.notify import topics
from rse.notify.models import Notification
from rse.notify.queries import lines_for
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory, CreationRequestFactory, add
from tests.factories.feed import PostFactory, picture_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = "canarisecret"
PER_REQUEST = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
MEMBER = "Membrecanari"


def nobody_special():
    return PersonFactory()


def former_member():
    return PersonFactory()


OUTSIDERS = {
    "employee": nobody_special,
    "hr": lambda: PersonFactory(role="hr"),
    "head_of_hr": lambda: PersonFactory(role="hr_head"),
    "administrator": lambda: PersonFactory(role="administrator"),
    "data_protection_officer": lambda: PersonFactory(role="dpo"),
    "expected": lambda: PersonFactory(expected=True),
    "left_yesterday": former_member,
    "removed": former_member,
    "host_elsewhere": nobody_special,
}


@pytest.fixture
def secret():
    """A secret community with members, posts, invitations and requests that carry the canary."""
    owner, guest = PersonFactory(last_name="Owner"), PersonFactory(last_name="Guest")
    community = CommunityFactory(secret=True, name=f"{CANARY} nom", purpose=f"{CANARY} but", owners=[owner])
    add(community, [PersonFactory(last_name=f"{MEMBER}{number}") for number in range(6)])
    PostFactory(question=True, audience=community.audience, author=owner, title=f"{CANARY} titre ?", body=f"{CANARY} texte")
    CommunityInvitationFactory(community=community, person=guest, invited_by=owner)
    CreationRequestFactory(name=f"{CANARY} demande", asked_by=owner)
    return community


@pytest.fixture(params=OUTSIDERS)
def outsider(request, secret):
    person = OUTSIDERS[request.param]()
    owner = Person.objects.get(last_name="Owner")
    if request.param == "left_yesterday":
        add(secret, [person], "host")
        leave(person=person, community=secret)
    elif request.param == "removed":
        add(secret, [person])
        remove_member(actor=owner, community=secret, person=person)
    elif request.param == "host_elsewhere":
        CommunityFactory(closed=True, owners=[person])
    return person


ADDRESSES = (
    "/",
    "/communities/",
    "/communities/?show=open",
    "/communities/?show=closed",
    f"/communities/?show=mine&q={CANARY}",
    f"/communities/?show=open&q={CANARY}",
    f"/communities/?show=closed&q={CANARY}",
    "/communities/new/",
    "/communities/invitations/",
    "/communities/secret/",
    "/feed/",
    "/posts/new/",
    "/notices/",
    f"/people/?q={CANARY}",
)


def status_for(outsider, address):
    """The list of what is secret, by size only, is the administrator's; who is not here yet founds nothing."""
    if address == "/communities/secret/" and not outsider.holds("administrator"):
        return 403
    return 404 if address == "/communities/new/" and not outsider.is_present else 200


OF_ONE = ("detail", "head", "unanswered", "about", "members", "export", "leave", "waiting", "edit", "delete")
POSTED = (
    *("join", "ask", "withdraw_request", "leave", "take_over", "invite", "edit"),
    *("kind", "cancel_kind", "archive", "reopen", "delete", "restore"),
)


def test_canary_is_on_no_page_of_an_outsider(outsider, secret, signed_in):
    browser = signed_in(outsider)
    for address in ADDRESSES:
        page = browser.get(address)
        assert page.status_code == status_for(outsider, address), address
        typed = (f'value="{CANARY}"', f"q={CANARY}", f"“{CANARY}”")  # what the reader typed, given back
        text = page.text
        for one in typed:
            text = text.replace(one, "")
        assert CANARY not in text, address
        assert "canari" not in text.lower(), address
        assert secret.slug not in text, address


def test_hidden_and_absent_answer_byte_for_byte_the_same(outsider, secret, signed_in):
    browser = signed_in(outsider)
    for name in OF_ONE:
        hidden = browser.get(reverse(f"communities:{name}", args=[secret.slug]))
        absent = browser.get(reverse(f"communities:{name}", args=["0" * 19 + "x"]))
        assert (hidden.status_code, absent.status_code) == (404, 404), name
        assert nonceless(hidden) == nonceless(absent), name
    for name in POSTED:
        hidden = browser.post(reverse(f"communities:{name}", args=[secret.slug]), {"kind": "open", "person": "x", "words": "x"})
        absent = browser.post(reverse(f"communities:{name}", args=["0" * 19 + "x"]), {"kind": "open", "person": "x", "words": "x"})
        assert (hidden.status_code, absent.status_code) == (404, 404), name
        assert nonceless(hidden) == nonceless(absent), name


def nonceless(response):
    nonce = str(getattr(response.wsgi_request, "csp_nonce", "")).encode()
    return response.content.replace(nonce, b"") if nonce else response.content


def test_nothing_of_it_is_named_to_an_outsider(outsider, secret):
    outsider = Person.objects.get(pk=outsider.pk)

    assert kinds.resolve([("community", secret.pk)], outsider) == {}
    assert topics.readable_names(outsider, [f"community.{secret.public_id}"]) == set()
    assert topics.readers_among(f"community.{secret.public_id}", {outsider.pk}) == set()
    fields = fields_for(outsider, secret)
    assert set(fields) in ({"owners", "size_class", "storage_bytes", "created_month"}, set())
    assert bool(fields) == outsider.holds("administrator")
    assert CANARY not in str(fields)
    assert MEMBER not in str(fields)


def test_t01_old_notices_lose_their_titles(secret):
    person = PersonFactory()
    add(secret, [person])
    for event in ("member_role_changed", "owner_named", "member_removed", "invitation_accepted", "community_widening_announced"):
        Notification.objects.create(
            recipient=person, event_id=Notification.objects.count() + 1, event=f"communities.{event}", kind="community", row_id=secret.pk
        )
    notices = list(Notification.objects.order_by("pk"))
    assert len(lines_for(person, notices)) == 5

    leave(person=person, community=secret)

    assert lines_for(person, notices) == []


def test_administrator_reads_how_large_and_whose(secret, signed_in):
    page = signed_in(PersonFactory(role="administrator")).get("/communities/secret/")

    assert page.status_code == 200
    assert "5 to 19 people" in page.text or "5 à 19 personnes" in page.text
    assert "Owner" in page.text
    assert CANARY not in page.text
    assert MEMBER not in page.text


def test_l106_protected_space_is_on_no_page_of_an_administrator(signed_in):
    admin, owner = PersonFactory(role="administrator"), PersonFactory(first_name="Driss", last_name="Elu")
    browser = signed_in(admin)
    before = browser.get("/communities/secret/").text
    community = CommunityFactory(secret=True, owners=[owner], members=PersonFactory.create_batch(6), name=f"{CANARY} nom")
    assert "5 to 19 people" in browser.get("/communities/secret/").text

    Audience.objects.filter(pk=community.audience_id).update(is_protected=True)

    assert PER_REQUEST.sub("", browser.get("/communities/secret/").text) == PER_REQUEST.sub("", before)
    community.audience.refresh_from_db()
    assert fields_for(admin, community) == {}


def stored(community, size):
    Picture.objects.filter(pk=picture_of(PersonFactory()).pk).update(
        audience=community.audience, post=PostFactory(audience=community.audience), size=size
    )


def test_l106_picture_in_a_secret_community_moves_no_figure(secret):
    admin = PersonFactory(role="administrator")
    stored(secret, 5_000)
    before = fields_for(admin, secret)
    stored(secret, 900_000)

    assert fields_for(admin, secret) == before
    assert before["storage_bytes"] == 10 * 1024 * 1024


def test_closed_shows_its_card_and_no_more(signed_in):
    owner = PersonFactory(last_name="Ownername")
    community = CommunityFactory(closed=True, name="Nom connu", purpose="But connu", owners=[owner])
    add(community, [PersonFactory(last_name=f"{MEMBER}{number}") for number in range(7)])
    PostFactory(audience=community.audience, author=owner, body=f"{CANARY} texte")
    browser = signed_in(PersonFactory())

    for name in ("detail", "about", "unanswered", "head"):
        page = browser.get(reverse(f"communities:{name}", args=[community.slug]))
        assert page.status_code == 403
        assert "Nom connu" in page.text
        assert "But connu" in page.text
        assert "Ownername" in page.text
        assert reverse("communities:ask", args=[community.slug]) in page.text
        for hidden in (CANARY, MEMBER, "8 p"):
            assert hidden not in page.text
    assert browser.get(reverse("communities:members", args=[community.slug])).status_code == 404
    listed = browser.get("/communities/?show=closed")
    assert "Nom connu" in listed.text
    assert "8 p" not in listed.text
    assert set(fields_for(PersonFactory(), community)) == {"name", "purpose", "owners", "label"}


def test_l03_what_narrows_is_gone_from_that_second_on(signed_in):
    owner, outsider = PersonFactory.create_batch(2)
    community = CommunityFactory(name=CANARY, owners=[owner])
    PostFactory(audience=community.audience, author=owner, body=f"{CANARY} texte")
    browser = signed_in(outsider)
    assert f"{CANARY} texte" in browser.get(community.get_absolute_url()).text

    change_kind(actor=owner, community=community, kind="closed")
    assert f"{CANARY} texte" not in browser.get(community.get_absolute_url()).text
    delete_community(actor=owner, community=Community.objects.get())

    assert browser.get(community.get_absolute_url()).status_code == 404
    assert CANARY not in browser.get("/communities/?show=closed").text


def test_small_groups_are_given_no_number():
    assert [size_of(count) for count in (0, 1, 4)] == [size_of(0)] * 3
    assert "6" in size_of(6)
    assert len({size_class_of(count) for count in (0, 4, 5, 19, 20, 99, 100, 5000)}) == 4


def test_l37_membership_is_one_row_in_one_table(signed_in):
    community, person = CommunityFactory(closed=True), PersonFactory()
    add(community, [person])
    browser = signed_in(person)
    assert browser.get(community.get_absolute_url()).status_code == 200

    Person.objects.filter(pk=person.pk).update(state="left")

    assert not Community.objects.visible_to(Person.objects.get(pk=person.pk)).exists()
    assert browser.get(community.get_absolute_url()).status_code == 302


def test_export_holds_names_roles_and_months_only(signed_in):
    owner = PersonFactory(first_name="=cmd", last_name="Owner", work_phone="0102030405")
    community = CommunityFactory(secret=True, owners=[owner], members=[PersonFactory(first_name="Ana", last_name="Bel")])
    browser = signed_in(owner)

    table = browser.get(reverse("communities:export", args=[community.slug]))
    rows = list(csv.reader(table.text.removeprefix("\ufeff").splitlines(), delimiter=";"))

    month = clock.now().strftime("%Y-%m")
    assert [(row[0], row[2]) for row in rows[1:]] == [("Ana Bel", month), ("'=cmd Owner", month)]
    assert "@" not in table.text
    for _time in range(2):
        browser.get(reverse("communities:export", args=[community.slug]))
    assert browser.get(reverse("communities:export", args=[community.slug])).status_code == 429


def test_asking_twice_says_nothing_about_who_else_asked(signed_in):
    community = CommunityFactory(closed=True)
    first, second = PersonFactory.create_batch(2)
    ask_to_join(person=first, community=community, words=f"{CANARY} mot")

    assert CANARY not in signed_in(second).get(community.get_absolute_url()).text


def pages_of(signed_in, person, community):
    """What ``person`` is answered about a community, wherever one may be named."""
    browser, base = signed_in(person), f"/communities/{community.slug}/"
    asked = [
        "/communities/",
        "/communities/?show=closed",
        "/communities/?show=closed&q=Mutuelle",
        base,
        f"{base}about/",
        f"{base}members/",
        f"{base}waiting/",
    ]
    return [(answer.status_code, PER_REQUEST.sub("", answer.text).replace(community.slug, "")) for answer in map(browser.get, asked)]


@pytest.mark.parametrize("is_archived", [False, True])
@pytest.mark.parametrize("role", [None, "administrator", "hr"])
def test_l106_protected_space_on_request_is_for_who_is_outside_as_if_it_were_not_there(signed_in, role, is_archived):
    outside = PersonFactory(role=role) if role else PersonFactory()
    member, owner = PersonFactory(), PersonFactory(first_name="Driss", last_name="Elu")
    absent = Community(slug="community-of-nobody")
    before = pages_of(signed_in, outside, absent)
    community = CommunityFactory(
        closed=True, protected=True, is_archived=is_archived, name=f"{CANARY} Mutuelle", owners=[owner], members=[member]
    )

    assert pages_of(signed_in, outside, community) == before
    assert CANARY not in signed_in(outside).get("/").text
    assert fields_for(outside, community) == {}
    assert queries.name_like(outside, community.name) == queries.name_like(member, community.name) == ""
    assert not rules.can_ask_to_join(outside, community)
    assert not readers_of(community).filter(pk=outside.pk).exists()
    seen = signed_in(member).get(f"/communities/{community.slug}/")
    assert (seen.status_code, CANARY in seen.text) == (200, True)
    assert CANARY in signed_in(member).get("/communities/?show=mine").text
    assert ('name="body"' in seen.text) != is_archived


def test_l106_space_that_is_protected_leaves_the_sight_of_who_is_outside_at_once(signed_in):
    owner, member, outside = PersonFactory.create_batch(3)
    words = {"name": f"{CANARY} Mutuelle", "purpose": "Entraide"}
    community = create_community(owner=owner, kind="closed", **words)
    add(community, [member])
    request = ask_to_join(person=outside, community=community)
    former = community.get_absolute_url()
    assert signed_in(outside).get(former).status_code == 403 or CANARY in signed_in(outside).get(former).text

    saved = edit_community(editor=owner, community=community, version=community.version, is_protected=True, **words)

    assert signed_in(outside).get(former).status_code == signed_in(outside).get(saved.get_absolute_url()).status_code == 404
    assert not JoinRequest.objects.filter(pk=request.pk).exists()
    assert CANARY.lower() not in saved.slug.lower()
    assert signed_in(member).get(former, follow=True).status_code == 200
    assert opened_otherwise() == 0
    change_kind(actor=owner, community=saved, kind="open")
    with clock.moved_to(clock.now() + datetime.timedelta(days=8)):
        open_announced()
        assert signed_in(outside).get(former, follow=True).status_code == 200
    assert opened_otherwise() == 0
