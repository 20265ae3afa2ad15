"""What the addresses of imports are made with, for the table of every URL × every role."""

from rse.core import clock
from rse.hris.models import ImportBatch, ImportMapping


def _written():
    return ImportBatch.objects.create(file_name="people.csv", kind="full", state="applied", applied_at=clock.now())


ARGUMENTS = {
    "imports:detail": lambda world: [ImportBatch.objects.create(file_name="people.csv", kind="full").public_id],
    "imports:correct": lambda world: [world.SU.handle],
    "imports:undo": lambda world: [_written().public_id],
    "imports:profile": lambda world: [ImportMapping.objects.create(signature="s", kind="full", headers=["Matricule"]).public_id],
}
FORMS = {
    "imports:detail": {"do": "apply"},
    "imports:unlisted": {"do": "stays"},
    "imports:profile": {"do": "save", "its_name": "SIRH", "kind": "full", "version": "1"},
}
