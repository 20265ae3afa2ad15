"""Where sessions are kept: one row each, with the person in a column, so that all of somebody's sessions end in one statement."""

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as HALFWAY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Sessions in ``identity.Session``. Who has shown a password and not yet a code is in the column as well."""

    @classmethod
    def get_model_class(cls):
        from .models import Session  # noqa: PLC0415 - loaded by settings, before the models are

        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.person_id = person_of(data)
        return row

    async def acreate_model_instance(self, data):
        row = await super().acreate_model_instance(data)
        row.person_id = person_of(data)
        return row


def person_of(data):
    """The id of the person a session belongs to, or None."""
    person_id = data.get(SESSION_KEY) or data.get(HALFWAY)
    return int(person_id) if person_id else None
