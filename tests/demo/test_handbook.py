"""The handbook of the demonstration: written by those who may, with the charter in force once."""

from types import SimpleNamespace

import pytest

from rse.core.enums import Role
from rse.demo import texts
from rse.demo.handbook_act import HandbookAct
from rse.governance.models import Charter
from rse.pages.models import CharterPage, HandbookPage
from rse.pages.rules import can_edit_page
from tests.factories import PersonFactory
from tests.factories.pages import handbook

pytestmark = pytest.mark.django_db


def test_handbook_is_written_and_the_charter_in_force_once():
    handbook()
    head, nadia = PersonFactory(role=Role.HR_HEAD, employee_number="H"), PersonFactory(employee_number="N")

    HandbookAct(SimpleNamespace(cast={"anne_laure": "H", "nadia": "N"}), None).begin()

    charter, written = Charter.objects.get(), texts.charter()
    assert (charter.version, charter.published_by) == (1, nadia)
    assert (charter.body_fr, charter.body_en) == (written["fr"].body.strip(), written["en"].body.strip())
    published = set(HandbookPage.objects.published().values_list("slug", flat=True))
    assert published == {"charte", "guide-accueil", *(page.slug for page in texts.welcome_guide()["fr"])}
    assert published >= {step.page for step in texts.journey_steps() if step.page}
    assert all(can_edit_page(type(nadia).objects.get(pk=nadia.pk), page) for page in HandbookPage.objects.all())
    assert CharterPage.objects.get().owner == head
