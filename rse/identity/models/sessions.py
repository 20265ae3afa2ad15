"""Where sessions are kept, for ``SESSION_ENGINE``: the row and the store that writes it name each other, so they stand together."""

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as HALFWAY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.translation import gettext_lazy as _

from rse.core.models.keys import link


class Session(AbstractBaseSession):
    """A session of a browser, with the person whom it belongs to or who is halfway through signing in.

    The person is a column, so that all of somebody's sessions end in one statement.
    """

    person = link("core.Person", null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")  # type: ignore[assignment]  # the stubs have a plain text here, Django takes either
        abstract = False

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(DatabaseStore):
    """Sessions in ``identity.Session``. Whoever has shown a password and not yet a code is in the column as well."""

    @classmethod
    def get_model_class(cls):
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
    """Return the id of the person that a session belongs to, or None."""
    person_id = data.get(SESSION_KEY) or data.get(HALFWAY)
    return int(person_id) if person_id else None
