"""A name that is hard to tell from another is asked about once; a secret community is never told by it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from communities import services
from communities.models import Community, CreationRequest
from rse.core.models import RecordedEvent
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory

pytestmark = pytest.mark.django_db

FORM = {"purpose": "On en parle.", "kind": "open", "key": "k"}
ALIKE = [
    "Données",
    "Donnees",
    "DONNÉES",
    "donnees",
    "D o n n é e s",
    "Donnéеs",
    "Dоnnées",
    "Donne\u0301es",
    "Donn\u200bées",
    "Données !",
    "D0nnées",
]
WARNED = 'name="is_meant"'


@pytest.mark.parametrize("name", ALIKE)
def test_name_that_looks_like_another_is_asked_about_once(signed_in, name):
    CommunityFactory(name="Données")
    browser = signed_in(PersonFactory(language="en"))
    asked = browser.post("/communities/new/", FORM | {"its_name": name})
    assert asked.status_code == 422
    assert "This looks like “Données”" in asked.text
    assert WARNED in asked.text
    assert "On en parle." in asked.text
    assert Community.objects.count() == 1
    assert browser.post("/communities/new/", FORM | {"its_name": name, "is_meant": "on"}).status_code == 302
    assert Community.objects.count() == 2


@pytest.mark.parametrize("name", ["Donnée", "Données RH", "Mes données"])
def test_another_name_is_taken(signed_in, name):
    CommunityFactory(name="Données")
    assert signed_in(PersonFactory()).post("/communities/new/", FORM | {"its_name": name}).status_code == 302


@pytest.mark.parametrize("is_member", [True, False])
def test_secret_community_is_never_told_by_a_warning(signed_in, is_member):
    person = PersonFactory()
    CommunityFactory(name="Données", secret=True, members=[person] if is_member else [])
    answer = signed_in(person).post("/communities/new/", FORM | {"its_name": "Donnees"})
    assert answer.status_code == 302
    assert WARNED not in signed_in(person).post("/communities/new/", FORM | {"its_name": "", "key": "other"}).text


def test_renaming_is_asked_about_too_and_not_of_itself(signed_in):
    person = PersonFactory(language="en")
    CommunityFactory(name="Données")
    own = CommunityFactory(name="Fonderie", owners=[person])
    browser, form = signed_in(person), {"purpose": "On en parle.", "version": own.version}
    address = f"/communities/{own.slug}/edit/"
    asked = browser.post(address, form | {"its_name": "Donnees"})
    assert (asked.status_code, WARNED in asked.text) == (422, True)
    assert browser.post(address, form | {"its_name": "FONDERIE"}).status_code == 302
    assert Community.objects.get(pk=own.pk).name == "FONDERIE"
    form["version"] = Community.objects.get(pk=own.pk).version
    assert browser.post(address, form | {"its_name": "Donnees", "is_meant": "on"}).status_code == 302


WORDS = {"purpose": "On en parle."}


def alike(act, **values):
    """Whether the service refuses for the name alone, and writes nothing."""
    before = (Community.objects.count(), CreationRequest.objects.count(), RecordedEvent.objects.count())
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        act(**values)
    assert [error.code for error in refused.value.error_dict["name"]] == ["alike"]
    assert (Community.objects.count(), CreationRequest.objects.count(), RecordedEvent.objects.count()) == before
    act(**values, is_meant=True)


@pytest.mark.parametrize("name", ["Donnees", "D0nnées", "Dоnnées"])
def test_every_writer_of_a_name_is_asked_whether_it_is_meant(name):
    owner = PersonFactory()
    CommunityFactory(name="Données")
    own = CommunityFactory(name="Fonderie", owners=[owner])
    alike(services.create_secret, owner=owner, name=name, **WORDS)
    alike(services.edit_community, editor=owner, community=own, version=own.version, name=name, **WORDS)
    alike(services.create_community, owner=owner, kind="open", key="k", name=name, **WORDS)
    assert services.create_community(owner=owner, kind="open", key="k", name=name, **WORDS).name == name


def test_name_that_was_meant_is_not_asked_about_when_the_rest_is_edited():
    owner = PersonFactory()
    CommunityFactory(name="Données")
    own = CommunityFactory(name="Donnees", owners=[owner])
    saved = services.edit_community(editor=owner, community=own, version=own.version, name="Donnees", purpose="Autre chose.")
    assert saved.purpose == "Autre chose."
