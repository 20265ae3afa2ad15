import re

import pytest
from django.urls import reverse

from communities.models import Community
from communities.services import change_kind, create_community, create_secret, edit_community
from communities.services.communities import turn_into
from communities.services.creations import answer_creation
from rse.core.enums import Role
from rse.core.models import GivenAddress
from tests.core.test_former_addresses import said
from tests.factories import PersonFactory
from tests.factories.communities import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return PersonFactory()


def founded(owner, kind="open", name="Burnout et fatigue"):
    return create_community(owner=owner, kind=kind, name=name, purpose="x")


def renamed(community, owner, name="Bien travailler"):
    return edit_community(editor=owner, community=community, name=name, purpose="x", version=community.version)


def address(slug, name="detail"):
    return reverse(f"communities:{name}", args=[slug])


def test_address_follows_the_name_and_the_former_one_leads_there(owner, signed_in):
    before = founded(owner)
    after = renamed(before, owner)
    browser = signed_in(PersonFactory())

    assert re.fullmatch(r"bien-travailler-[0-9a-f]{8}", after.slug)
    assert after.audience.address == after.get_absolute_url()
    for name in ("detail", "about", "members"):
        assert browser.get(address(before.slug, name)).url == address(after.slug, name)
    assert "burnout" not in browser.get(address(after.slug)).text.lower()
    assert renamed(after, owner, "Bien  travailler!").slug == after.slug


def test_former_address_of_a_secret_community_is_absent_for_who_is_no_member(owner, signed_in):
    before = founded(owner, kind="closed")
    member, outsider = PersonFactory(), PersonFactory()
    add(before, [member])
    turn_into(community=before, kind="secret")
    after = Community.objects.select_related("audience").get(pk=before.pk)

    assert re.fullmatch(r"[0-9a-f]{20}", after.slug)
    assert after.audience.address == after.get_absolute_url()
    assert signed_in(member).get(address(before.slug)).url == address(after.slug)
    browser = signed_in(outsider)
    for name in ("detail", "about", "members", "edit"):
        absent = address("burnout-et-fatigue-0123abcd", name)
        assert said(browser.get(address(before.slug, name))) == said(browser.get(absent))
        assert said(browser.post(address(before.slug, name))) == said(browser.post(absent))


def test_community_that_is_secret_no_longer_has_its_name_in_its_address(owner):
    before = founded(owner)
    turn_into(community=before, kind="secret")
    turn_into(community=Community.objects.get(pk=before.pk), kind="closed")

    after = Community.objects.get(pk=before.pk)
    assert re.fullmatch(r"burnout-et-fatigue-[0-9a-f]{8}", after.slug)
    assert after.slug != before.slug
    assert GivenAddress.objects.filter(kind="community", row_id=before.pk).count() == 3


def test_narrowing_that_hides_nothing_keeps_the_address(owner):
    before = founded(owner)

    assert change_kind(actor=owner, community=before, kind="closed").slug == before.slug


def test_name_of_a_secret_community_is_refused_to_nobody(owner, signed_in):
    hr = PersonFactory(role=Role.HR)
    hidden = answer_creation(decider=hr, request=create_secret(owner=owner, name="Lanterne", purpose="x"), is_approved=True)
    browser = signed_in(PersonFactory())

    answer = browser.post(reverse("communities:create"), {"its_name": "Lanterne", "purpose": "x", "kind": "open"})

    assert answer.status_code == 302
    assert re.fullmatch(r"/communities/lanterne-[0-9a-f]{8}/", answer.url)
    assert "lanterne" not in hidden.slug


def test_form_leads_to_the_page_under_the_new_name(owner, signed_in):
    community = founded(owner)
    browser = signed_in(owner)

    answer = browser.post(address(community.slug, "edit"), {"its_name": "Bien travailler", "purpose": "x", "version": community.version})

    assert answer.url == address(Community.objects.get(pk=community.pk).slug, "about")
