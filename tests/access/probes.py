"""How each action of a built object is tried, through the same door that a person uses.

A probe takes (world, person, browser) and answers true or "A", "F", "N", "L". ``CONDITIONS`` says what a conditional cell gives in the
world that the probe makes; the other side of each condition has a test beside its service.
"""

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, RoleGrant, RoleRemoval, RoleRequest
from rse.core.people.services.people import deactivate_person, edit_profile
from rse.core.people.services.removals import ask_end
from rse.core.people.services.roles import ask_role, end_role
from rse.hris.rules import can_import_people
from tests.factories import PersonFactory, RoleGrantFactory

BUILT = {
    ("profile", "card"),
    ("role_grant", "hs"),
    ("role_grant", "other"),
    ("role_request", "other"),
    ("role_removal", "two"),
    ("queue", "company"),
}


def status(response):
    if response.status_code == 302:
        return "L" if reverse(settings.LOGIN_URL) in response.url else "A"
    return {200: "A", 403: "F", 404: "N"}[response.status_code]


def needs_sign_in(person):
    """The anonymous and those who left never reach a service: the page sends them to sign in."""
    return person is None or not person.may_sign_in


def through_service(act):
    def probe(world, person, browser):
        if needs_sign_in(person):
            return status(browser.get(reverse("home")))
        act(world, person)
        return "A"

    return probe


def card_list(world, person, browser):
    page = browser.get(reverse("people:list"), {"q": world.SU.last_name})
    return status(page) if page.status_code != 200 else world.SU.get_absolute_url() in page.text.partition('id="people"')[2]


def card_view(world, person, browser):
    return status(browser.get(world.SU.get_absolute_url()))


def card_create(world, person, browser):
    if needs_sign_in(person):
        return status(browser.get(reverse("home")))
    return "A" if can_import_people(person) else "F"


def may_open_card(world, person):
    if not Person.objects.visible_to(person).filter(pk=world.SU.pk).exists():
        raise Http404


def card_edit(world, person):
    may_open_card(world, person)
    edit_profile(editor=person, subject=world.SU, version=1, about="Words")


def card_delete(world, person):
    may_open_card(world, person)
    deactivate_person(actor=person, subject=world.SU)


def grant_list(role):
    def probe(world, person, browser):
        grant = RoleGrantFactory(person=world.SU, role=role)
        if needs_sign_in(person):
            return status(browser.get(reverse("roles:list")))
        return RoleGrant.objects.visible_to(fresh(person)).filter(pk=grant.pk).exists()

    return probe


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def grant_create(role):
    def act(world, person):
        ask_role(asker=person, person=world.SU, role=role, unit=None, starts_at=clock.now(), ends_at=None)

    return through_service(act)


def grant_delete(role):
    def probe(world, person, browser):
        grant = RoleGrantFactory(person=world.SU, role=role)
        if needs_sign_in(person):
            return status(browser.get(reverse("roles:list")))
        person = fresh(person)
        if not RoleGrant.objects.visible_to(person).filter(pk=grant.pk).exists():
            return "N"
        end_role(ender=person, grant=grant)
        return "A"

    return probe


def waiting(world):
    return RoleRequest.objects.create(
        person=world.SU, role=Role.RECRUITER, asked_by=PersonFactory(role=Role.ADMINISTRATOR), starts_at=clock.now()
    )


def request_list(world, person, browser):
    request = waiting(world)
    if needs_sign_in(person):
        return status(browser.get(reverse("roles:list")))
    return RoleRequest.objects.visible_to(person).filter(pk=request.pk).exists()


def request_edit(world, person, browser):
    return status(browser.post(reverse("roles:approve", args=[waiting(world).public_id]), {"function": "hr_head"}))


def removal_of(world):
    """The end of a role that the subject holds, asked by an administrator."""
    grant = RoleGrantFactory(person=world.SU, role=Role.HR_HEAD)
    return RoleRemoval.objects.create(person=world.SU, grant=grant, asked_by=PersonFactory(role=Role.ADMINISTRATOR))


def removal_list(world, person, browser):
    removal = removal_of(world)
    if needs_sign_in(person):
        return status(browser.get(reverse("roles:list")))
    return RoleRemoval.objects.visible_to(fresh(person)).filter(pk=removal.pk).exists()


def removal_create(world, person):
    grant = RoleGrantFactory(person=world.SU, role=Role.HR_HEAD)
    PersonFactory(role=Role.DPO)  # who could agree
    ask_end(asker=person, grant=grant)


def removal_answer(name):
    def probe(world, person, browser):
        return status(browser.post(reverse(name, args=[removal_of(world).public_id])))

    return probe


def queue_view(world, person, browser):
    return status(browser.get(reverse("operations:queue")))


def queue_edit(world, person, browser):
    return status(browser.post(reverse("operations:run_again"), {"event": "none", "subscriber": "none"}))


PROBES = {
    ("profile", "card", "list"): card_list,
    ("profile", "card", "view"): card_view,
    ("profile", "card", "create"): card_create,
    ("profile", "card", "edit"): through_service(card_edit),
    ("profile", "card", "delete"): through_service(card_delete),
    ("role_grant", "hs", "list"): grant_list(Role.HR_SUCCESSION),
    ("role_grant", "hs", "view"): grant_list(Role.HR_SUCCESSION),
    ("role_grant", "hs", "create"): grant_create(Role.HR_SUCCESSION),
    ("role_grant", "hs", "delete"): grant_delete(Role.HR_SUCCESSION),
    ("role_grant", "other", "list"): grant_list(Role.EDITOR),
    ("role_grant", "other", "view"): grant_list(Role.EDITOR),
    ("role_grant", "other", "create"): grant_create(Role.EDITOR),
    ("role_grant", "other", "delete"): grant_delete(Role.EDITOR),
    ("role_request", "other", "list"): request_list,
    ("role_request", "other", "edit"): request_edit,
    ("role_removal", "two", "list"): removal_list,
    ("role_removal", "two", "create"): through_service(removal_create),
    ("role_removal", "two", "edit"): removal_answer("roles:removal_approve"),
    ("role_removal", "two", "delete"): removal_answer("roles:removal_refuse"),
    ("queue", "company", "view"): queue_view,
    ("queue", "company", "edit"): queue_edit,
}
CONDITIONS = {
    ("profile", "card", "delete"): {"AD": "A", "SU": "F"},
    ("role_grant", "hs", "create"): {"HS": "A", "DP": "A"},
    ("role_grant", "other", "create"): {"AD": "A"},
    ("role_grant", "other", "delete"): {"HR": "A"},
}
