"""What the addresses of imports are made with, for the table of every URL × every role."""

from rse.hris.models import ImportBatch

ARGUMENTS = {
    "imports:detail": lambda world: [ImportBatch.objects.create(file_name="people.csv", kind="full").public_id],
}
FORMS = {
    "imports:detail": {"do": "apply"},
}
