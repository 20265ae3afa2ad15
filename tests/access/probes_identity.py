"""Other addresses that wait, and accounts that are shut."""

from django.urls import reverse

from rse.core.models import Person
from rse.identity.models import AddressChange
from rse.identity.services.own_addresses import ask_own

from .probes import status, through_service

BUILT = {("address_change", "waiting"), ("account", "shut")}


def change_of(world):
    return AddressChange.objects.create(person=world.SU, kind="email", old_address=world.SU.email, new_address="subject@other.example")


def change_view(world, person, browser):
    return status(browser.get(reverse("identity:address_change", args=[change_of(world).public_id])))


def change_list(world, person, browser):
    change_of(world)
    page = browser.get(reverse("identity:waiting"))
    return world.SU.name in page.text if page.status_code == 200 else status(page)


def change_create(world, person):
    """Whoever has an account asks for another address of their own, never of somebody else."""
    asked = ask_own(person=person, kind="private_email", address="another@home.example")
    assert asked.person == asked.asked_by == person


def change_delete(world, person, browser):
    return status(browser.post(reverse("identity:address_change", args=[change_of(world).public_id]), {"do": "refuse"}))


def change_edit(world, person, browser):
    return status(browser.post(reverse("identity:address_change", args=[change_of(world).public_id]), {"do": "vouch", "reason": "mailbox"}))


def change_accept(world, person, browser):
    """Whether one's own page asks for a yes to the change."""
    change = change_of(world)
    if person is None or not person.may_sign_in:
        return status(browser.get(reverse("identity:security")))
    return "A" if change.new_address in browser.get(reverse("identity:security")).text else "N"


def account_edit(world, person, browser):
    Person.objects.filter(pk=world.SU.pk).update(password="!gone")
    return status(browser.post(reverse("identity:reopen", args=[world.SU.handle]), {"do": "ask", "reason": "back"}))


PROBES = {
    ("address_change", "waiting", "list"): change_list,
    ("address_change", "waiting", "view"): change_view,
    ("address_change", "waiting", "create"): through_service(change_create),
    ("address_change", "waiting", "delete"): change_delete,
    ("address_change", "waiting", "edit"): change_edit,
    ("address_change", "waiting", "accept"): change_accept,
    ("account", "shut", "edit"): account_edit,
}
CONDITIONS = {
    ("address_change", "waiting", "edit"): {"HR": "A", "AD": "A"},
    ("account", "shut", "edit"): {"HR": "A", "AD": "A"},
}
