"""An operation that does several as one. Frozen: migrations import this and nothing that lives."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Do ``operations``, each of which alters a table of its own.

    After each operation Django builds every model anew that leads to the tables it touched, in the end nearly all; after these it does so
    once.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, *operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # built when somebody asks for it
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
