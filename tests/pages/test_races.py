"""Many at once: the charter comes into force once for one text, and an editor is named once."""

import pytest

from rse.core.enums import Role
from rse.core.models import RecordedEvent
from rse.governance.models import Charter
from rse.pages import services
from rse.pages.models import SectionEditor
from tests.factories import PersonFactory
from tests.factories.pages import editor_of, make_charter_page, make_section
from tests.races import only_where_transactions_meet, side_by_side

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, only_where_transactions_meet]


def test_same_charter_published_by_six_editors_at_once_is_one_version():
    page = make_charter_page(body_fr="Un", body_en="One")
    editors = [editor_of(page) for _ in range(6)]

    raised = side_by_side(6, lambda number: services.put_charter_in_force(page=page, publisher=editors[number]))

    assert raised == []
    assert Charter.objects.count() == 1


def test_editor_named_from_six_windows_is_named_once():
    section, editor = make_section(), editor_of()
    heads = [PersonFactory(role=Role.HR_HEAD) for _ in range(6)]

    raised = side_by_side(6, lambda number: services.name_section_editor(actor=heads[number], section=section, person=editor))

    assert raised == ["NamedAlready"] * 5
    assert SectionEditor.objects.count() == RecordedEvent.objects.filter(name="pages.section_editor_named").count() == 1
