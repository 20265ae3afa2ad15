from contextlib import contextmanager

import pytest

from rse.core.enums import Role
from rse.core.events import deliveries
from rse.demo.phone import code_now
from rse.identity.models import InvitationRun
from rse.identity.services.runs import start_run, stop_run, whom_to_invite
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD

from .doors import give_second_factor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in_visitor(visitors):
    """An administrator at a browser without sockets, who has shown a code."""

    @contextmanager
    def visit(person, **options):
        give_second_factor(person)
        with visitors(language="en-GB", **options) as visitor:
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            page = visitor.go("/account/login/").page
            page.fill("[name=login]", person.email)
            page.fill("[name=password]", PASSWORD)
            page.click("main form button[type=submit]")
            page.wait_for_url("**/account/code/")
            page.fill("[name=code]", code_now(person))
            page.click("main form button[type=submit]")
            page.wait_for_url(f"{visitor.base_url}/")
            yield visitor

    return visit


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


@pytest.mark.parametrize(("width", "dark"), [(1340, False), (390, True)])
def test_everybody_of_a_filter_is_invited_and_not_only_the_page(signed_in_visitor, administrator, width, dark, mailoutbox):
    unit = PersonFactory(password=False).unit
    PersonFactory.create_batch(16, password=False, unit=unit)
    PersonFactory(password=False)
    with signed_in_visitor(administrator, width=width, dark=dark) as visitor:
        page = visitor.go("/invitations/").look().page
        page.select_option("[name=unit]", str(unit.pk))
        page.wait_for_url(f"**/invitations/?*unit={unit.pk}*")
        page.get_by_role("link", name="Invite everybody of this filter").click()
        page.wait_for_url("**/invitations/everybody/?*")
        page.get_by_role("heading", name="17 people get an invitation by mail").wait_for()
        visitor.look()
        page.get_by_role("button", name="Send 17 invitations").click()
        page.wait_for_url("**/invitations/runs/*/")
        page.get_by_text("17 of 17").wait_for()
        visitor.look()
    assert len(mailoutbox) == 17


def test_mails_are_followed_until_the_last_and_stopped(signed_in_visitor, administrator, mailoutbox):
    def run_of(number):
        PersonFactory.create_batch(number, password=False)
        with deliveries.held():
            return start_run(actor=administrator, asked={}, address={}, seen=whom_to_invite(administrator).fingerprint)

    run = run_of(3)
    with signed_in_visitor(administrator) as visitor:
        page = visitor.go(f"/invitations/runs/{run.public_id}/").look().page
        page.get_by_text("0 of 3").wait_for()
        deliveries.drain()
        page.get_by_text("3 of 3").wait_for()  # nobody reloaded the page
        page.locator("#run:not([hx-get])").wait_for()
        visitor.look()
        run = run_of(2)
        page = visitor.go(f"/invitations/runs/{run.public_id}/").page
        page.get_by_role("button", name="Stop what has not left").click()
        page.get_by_text("Stopped: 2 mails stay here.").wait_for()
        visitor.look()
        deliveries.drain()
        assert stop_run(actor=administrator, run=run) == 0
    assert len(mailoutbox) == 3
    assert InvitationRun.objects.filter(ended_at=None).count() == 0
