"""What the addresses of signing in are made with, for the table of every URL × every role."""

from rse.core.models import Person
from rse.identity.models import AddressChange, AddressMove, InvitationRun


def waiting_change(world):
    return AddressChange.objects.create(person=world.SU, kind="email", old_address=world.SU.email, new_address="subject@other.example")


def waiting_move():
    return AddressMove.objects.create(old_domain="company.example", new_domain="other.example")


def shut_account(world):
    """The subject is back: they had an account, and no password is left of it."""
    Person.objects.filter(pk=world.SU.pk).update(password="!gone")
    return world.SU.handle


def some_run():
    return InvitationRun.objects.create(source="file", count=1)


ARGUMENTS = {
    "identity:invitations_run": lambda world: [some_run().public_id],
    "identity:invitations_run_stop": lambda world: [some_run().public_id],
    "identity:my_address": lambda world: [waiting_change(world).public_id],
    "identity:old_address": lambda world: ["no-such-token"],
    "identity:new_address": lambda world: ["no-such-token"],
    "identity:address_change": lambda world: [waiting_change(world).public_id],
    "identity:address_move": lambda world: [waiting_move().public_id],
    "identity:reopen": lambda world: [shut_account(world)],
    "account_reset_password_from_key": lambda world: ["1", "none-such"],
    "mfa_remove_webauthn": lambda world: ["0" * 22],
    "identity:welcome": lambda world: ["no-such-token"],
    "identity:invite": lambda world: [world.SU.handle],
    "identity:hand_over": lambda world: [world.SU.handle],
    "identity:card": lambda world: [world.SU.handle],
    "identity:come_in_by_card": lambda world: ["no-such-token"],
    "identity:give_access_back": lambda world: [world.SU.handle],
    "identity:deactivate": lambda world: [world.SU.handle],
}
FORMS = {
    "identity:address_change": {"do": "vouch"},
    "identity:address_move": {"do": "agree"},
    "identity:reopen": {"do": "ask"},
    "identity:ask_address": {"kind": "private_email", "address": "somebody@home.example"},
}
