import re

import pytest
from django.apps import apps

from rse.core.ops.installation import describe
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "dark"), [(1340, False), (768, False), (390, True)])
def test_card_of_a_demonstration_leads_in(visitors, demo_app, width, dark):
    describe(is_demo=True, company="Fonderies de l’Estuaire", demo_secret=PASSWORD)
    people = PersonFactory.create_batch(8)
    for position, one in enumerate(people):
        apps.get_model("demo.ShownPerson").objects.create(person=one, position=position, label_fr="Collègue", label_en="Colleague")
    with visitors(width=width, dark=dark) as visitor:
        visitor.page.route_web_socket("**/ws/", lambda socket: None)  # this server has no sockets
        page = visitor.go("/account/login/").look().page
        page.get_by_role("button", name=re.compile(people[3].last_name)).click()
        page.wait_for_url(f"{visitor.base_url}/")
        assert people[3].name in page.locator(".rail").inner_text()
