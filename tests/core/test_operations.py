from django.conf import settings
from django.urls import reverse

from rse.core.enums import Role
from tests.factories import PersonFactory, RoleGrantFactory


def test_whoever_operates_the_installation_sees_its_version(db, client):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.ADMINISTRATOR)
    client.force_login(person)
    shown = client.get(reverse("operations:queue")).content.decode()
    assert f"Version {settings.VERSION} of Maillage" in shown or f"Maillage, version {settings.VERSION}" in shown
