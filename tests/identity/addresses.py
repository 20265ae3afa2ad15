"""What the addresses of signing in and of imports are made with, for the table of every URL × every role."""

from rse.identity.models import ImportBatch

ARGUMENTS = {
    "imports:detail": lambda world: [ImportBatch.objects.create(file_name="people.csv", kind="full").public_id],
    "account_reset_password_from_key": lambda world: ["1", "none-such"],
    "identity:welcome": lambda world: ["no-such-token"],
    "identity:invite": lambda world: [world.SU.handle],
    "identity:hand_over": lambda world: [world.SU.handle],
    "identity:give_access_back": lambda world: [world.SU.handle],
    "identity:deactivate": lambda world: [world.SU.handle],
}
FORMS = {"imports:detail": {"do": "apply"}}
