"""Who edits which section: named by the head of HR or an administrator, ended with the role, told to who it is about."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RecordedEvent, RoleGrant
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import end_role
from rse.pages import rules, services
from rse.pages.models import SectionEditor
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.pages import editor_of, make_page, make_section

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def fresh(person):
    return type(person).objects.get(pk=person.pk)


@pytest.mark.parametrize("role", [Role.HR_HEAD, Role.ADMINISTRATOR])
def test_editor_is_named_and_told(role, signed_in):
    section, editor, actor = make_section(title="Accueil"), editor_of(), PersonFactory(role=role)
    browser = signed_in(actor)

    listed = browser.get(reverse("editors:list"))
    answer = browser.post(reverse("editors:name", args=[section.slug]), {"person": editor.handle})

    assert editor.name in listed.text
    assert answer.url == reverse("editors:list")
    assert SectionEditor.objects.get().named_by == actor
    assert rules.can_edit_page(fresh(editor), section)
    assert RecordedEvent.objects.get(name="pages.section_editor_named").facets["recipient_ids"] == [editor.pk]
    assert "You edit “Accueil” in the handbook from now on." in signed_in(editor).get(reverse("notices:list")).text


def test_editor_is_ended_and_told(signed_in):
    section = make_section()
    editor = editor_of(section)
    browser = signed_in(PersonFactory(role=Role.HR_HEAD))

    browser.post(reverse("editors:end", args=[section.slug]), {"person": editor.handle})
    again = browser.post(reverse("editors:end", args=[section.slug]), {"person": editor.handle})

    assert again.status_code == 404
    assert not rules.can_open_cms(fresh(editor))
    assert RecordedEvent.objects.filter(name="pages.section_editor_ended").count() == 1


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.HR, Role.HR_SUCCESSION, Role.DPO, Role.RECRUITER])
def test_nobody_else_names_or_ends(role):
    section, editor, actor = make_section(), editor_of(), PersonFactory(role=role)

    with pytest.raises(PermissionDenied):
        services.name_section_editor(actor=actor, section=section, person=editor)
    with pytest.raises(PermissionDenied):
        services.end_section_editor(actor=actor, section=section, person=editor)
    assert not SectionEditor.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_nobody_names_themselves_nor_who_holds_no_role_nor_for_a_page():
    section = make_section()
    actor = editor_of(person=PersonFactory(role=Role.HR_HEAD))

    for person, place in ((actor, section), (PersonFactory(), section), (editor_of(), make_page(section))):
        with pytest.raises(PermissionDenied):
            services.name_section_editor(actor=actor, section=place, person=person)
    assert not SectionEditor.objects.exists()


def test_second_time_is_refused_and_a_double_click_does_it_once(signed_in):
    section, editor, actor = make_section(), editor_of(), PersonFactory(role=Role.HR_HEAD)
    services.name_section_editor(actor=actor, section=section, person=editor)

    with pytest.raises(services.NamedAlready):
        services.name_section_editor(actor=actor, section=section, person=editor)
    refused = signed_in(actor).post(reverse("editors:name", args=[section.slug]), {"person": editor.handle})

    assert refused.status_code == 422
    assert SectionEditor.objects.count() == 1


def test_database_holds_once_and_never_oneself():
    section, person = make_section(), PersonFactory()
    SectionEditor.objects.create(section_id=section.pk, person=person)

    for named_by, who in ((None, person), (section.pk and PersonFactory(), person)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SectionEditor.objects.create(section_id=section.pk, person=who, named_by=named_by)
    other = PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionEditor.objects.create(section_id=section.pk, person=other, named_by=other)


def test_role_that_ends_takes_the_sections_along_in_the_same_transaction():
    section = make_section()
    editor, other = editor_of(section), editor_of(section)

    end_role(ender=PersonFactory(role=Role.ADMINISTRATOR), grant=RoleGrant.objects.get(person=editor))

    assert [one.person for one in SectionEditor.objects.all()] == [other]
    assert not rules.can_edit_page(fresh(editor), section)


def test_another_role_that_ends_leaves_the_sections():
    section = make_section()
    editor = editor_of(section)
    grant = RoleGrantFactory(person=editor, role=Role.RECRUITER)

    end_role(ender=PersonFactory(role=Role.ADMINISTRATOR), grant=grant)

    assert rules.can_edit_page(fresh(editor), section)


def test_who_leaves_edits_nothing_any_more():
    section = make_section()
    editor = editor_of(section)

    deactivate(person_ids=[editor.pk])

    assert not SectionEditor.objects.exists()
    assert not rules.can_open_cms(fresh(editor))


def test_role_that_runs_out_ends_the_right_at_once_and_the_sections_by_night():
    section, person = make_section(), PersonFactory()
    RoleGrantFactory(person=person, role=Role.EDITOR, ends_at=clock.now() + DAY)
    SectionEditor.objects.create(section_id=section.pk, person=person)
    kept = editor_of(section)

    assert rules.can_edit_page(fresh(person), section)
    with clock.moved_to(clock.now() + 2 * DAY):
        assert not rules.can_open_cms(fresh(person))
        services.end_sections_without_role()
        RoleGrantFactory(person=person, role=Role.EDITOR)
        assert not rules.can_open_cms(fresh(person))
        assert rules.can_edit_page(fresh(kept), section)


def test_expected_editor_edits_nothing():
    section = make_section()
    assert not rules.can_open_cms(editor_of(section, person=PersonFactory(expected=True)))


def test_page_without_editors_says_so(signed_in):
    make_section()
    assert "Nobody holds the role of an editor yet" in signed_in(PersonFactory(role=Role.HR_HEAD)).get(reverse("editors:list")).text
