"""Every page of this room in a real browser, at three widths: accessible, quiet, and no wider than its screen."""

import os
from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from rse.core.enums import Role
from rse.core.models import Audience
from rse.core.web.stepup import prove
from rse.governance import gates
from rse.governance.services.access_log import log_access, verify_chain
from rse.governance.services.charter import accept_charter
from rse.governance.services.moderation import appeal
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.governance import CharterFactory, FeatureSwitchFactory, ModerationFactory, ReportFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS")  # a folder, to look at the pages


@pytest.fixture
def signed_in_at(visitors, live_server):
    """Opens a browser as somebody, on a server without sockets: ``with signed_in_at(person, width=390) as visitor``."""

    @contextmanager
    def open_as(person, **options):
        client = Client()
        client.force_login(person)
        session = client.session
        prove(session, person)
        session.save()
        with visitors(**options) as visitor:
            visitor.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            yield visitor

    return open_as


@pytest.fixture
def scene(monkeypatch):
    """One of everything: two charters, a gate that is on and one that waits, reports, an appeal, openings."""
    monkeypatch.setattr(gates, "_gates", {})
    gates.declare("lamp", label="Plans de relève", text="Qui pourrait prendre un poste clé, et quand.")
    gates.declare("fan", label="Repérage de compétences")

    class Scene:
        person = PersonFactory(first_name="Inès", last_name="Caron")
        colleague = PersonFactory(first_name="Hugo", last_name="Lambert", title="Acheteur")
        everything = PersonFactory(first_name="Awa", last_name="Diop", role=Role.HANDLER)
        audience = AudienceFactory(members=[person], label="Données et usages")

    for role in (Role.ADMINISTRATOR, Role.DPO):
        from tests.factories import RoleGrantFactory

        RoleGrantFactory(person=Scene.everything, role=role)
    Scene.everything = get_user_model().objects.get(pk=Scene.everything.pk)
    words = "# Ce que nous attendons\n\n{}\n\n- parler comme en face\n- ne rien publier de secret\n\n## Signaler\n\nToujours possible."
    Scene.first = CharterFactory(body_fr=words.format("Une maison où l’on **s’entraide**."))
    Scene.charter = CharterFactory(
        body_fr=words.format("Une maison où l’on s’entraide *vraiment*.") + "\n\nCritiquer l’entreprise est permis."
    )
    FeatureSwitchFactory(name="lamp", on=True, owner=Scene.colleague)
    FeatureSwitchFactory(name="fan")
    Scene.report = ReportFactory(about=Scene.colleague, reporters=[Scene.person, *PersonFactory.create_batch(2)])
    ReportFactory(harassment=True, about=Scene.colleague, reporters=[PersonFactory()])
    Scene.moderation = ModerationFactory(author=Scene.person, by=Scene.colleague)
    Scene.contested = appeal(
        author=Scene.person, moderation=ModerationFactory(author=Scene.person, row_id=10**9), words="C’était une citation."
    )
    log_access(reader=Scene.colleague, opened={("person", Scene.person.pk): [Scene.person.pk]}, purpose="profile", function="hr")
    log_access(reader=Scene.everything, opened={("person", Scene.person.pk): [Scene.person.pk]}, purpose="career")
    verify_chain()
    yield Scene
    Audience.objects.all().delete()


def pages(scene):
    yield "charter", scene.person, "/charter/"
    yield "charter-earlier", scene.person, f"/charter/{scene.first.version}/"
    yield "charter-changes", scene.person, f"/charter/{scene.first.version}/{scene.charter.version}/"
    yield "profile", scene.person, scene.colleague.get_absolute_url()
    yield "report", scene.person, f"/report/person/{scene.everything.handle}/"
    yield "mine", scene.person, "/reports/mine/"
    yield "decision", scene.person, scene.moderation.get_absolute_url()
    yield "openings", scene.person, "/my-file/openings/"
    yield "features", scene.person, "/features/"
    yield "queue", scene.everything, "/reports/"
    yield "handle", scene.everything, scene.report.get_absolute_url()
    yield "appeal", scene.everything, scene.contested.get_absolute_url()
    yield "log", scene.everything, "/access-log/"
    yield "features-all", scene.everything, "/features/"
    yield "feature", scene.everything, "/features/fan/"


@pytest.mark.parametrize(("width", "dark"), [(1340, False), (768, True), (390, False), (390, True)])
def test_every_page_is_accessible_quiet_and_fits(signed_in_at, scene, width, dark):
    for person in (scene.person, scene.everything):
        with signed_in_at(person, width=width, dark=dark) as visitor:
            for name, reader, address in pages(scene):
                if reader == person:
                    visitor.go(address).look()
                    if SHOTS:
                        visitor.shoot(f"{SHOTS}/{name}-{width}{'-dark' if dark else ''}.png")


def test_charter_is_accepted_and_a_report_is_sent_in_the_browser(signed_in_at, scene):
    with signed_in_at(scene.person, width=390) as visitor:
        page = visitor.go("/charter/").page
        page.locator("form[action='/charter/accept/'] button").click()
        page.wait_for_url("**/charter/")
        visitor.look()
        assert accept_charter(person=scene.person, version=scene.charter.version).charter == scene.charter

        visitor.go(f"/report/person/{scene.everything.handle}/")
        page.locator("input[value='content']").check()
        page.locator("textarea").fill("Lisez cela.")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/reports/mine/")
        assert "Lisez cela." in visitor.look().page.locator("main").inner_text()
