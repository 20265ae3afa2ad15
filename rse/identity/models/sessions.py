from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.translation import gettext_lazy as _

from rse.core.models.keys import link


class Session(AbstractBaseSession):
    """A session of a browser, with the person it belongs to or who is halfway through signing in."""

    person = link("core.Person", null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")
        abstract = False

    @classmethod
    def get_session_store_class(cls):
        from ..sessions import SessionStore  # noqa: PLC0415 - the engine imports this model

        return SessionStore
