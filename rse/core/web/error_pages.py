"""What is answered when something broke: the page of ours, or a plain one that needs neither the database nor any file."""

import errno
import sys

import structlog
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpResponse
from django.shortcuts import render

log = structlog.get_logger("rse.request")

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
RETRY_AFTER = 10  # seconds
# In both languages: whose page it is may be what could not be read.
WORDS = {
    400: ("Cette demande n’a pas pu être lue.", "This request could not be read."),
    403: ("Ceci ne vous est pas ouvert.", "This is not open to you."),
    404: ("Il n’y a rien ici.", "There is nothing here."),
    405: ("Cette adresse ne se demande pas ainsi.", "This address is not asked for that way."),
    413: ("C’est trop volumineux pour être envoyé.", "This is too large to be sent."),
    500: ("Quelque chose s’est cassé de notre côté. Réessayez dans un moment.", "Something broke on our side. Try again in a moment."),
    503: ("Le service revient dans un moment. Réessayez.", "The service is back in a moment. Try again."),
    507: (
        "Il n’y a plus de place pour garder ce fichier : rien n’a été gardé. Revenez en arrière, votre texte est encore dans son champ.",
        "There is no room left to keep this file: nothing was kept. Go back, your text is still in its field.",
    ),
}
PLAIN = (
    '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="robots" content="noindex"><title>{code}</title></head>\n<body><main><h1>{code}</h1>\n<p>{french}</p>\n'
    '<p lang="en">{english}</p>\n<p><a href="/">Accueil · Home</a></p></main></body></html>\n'
)


def plain(status, words=None):
    """Return the plain page of ``status``: text of this file and nothing else, unless ``words`` in French and in English are given."""
    french, english = words or WORDS.get(status, WORDS[500])
    return HttpResponse(PLAIN.format(code=status, french=french, english=english), status=status)


def page(request, status, context=None, *, words=None):
    """Return the page ``<status>.html`` for whoever asked, or the plain one, of ``words``, where anything that it needs is missing."""
    try:
        with transaction.atomic():  # a query that fails leaves the transaction of a test, or of a view, as it was
            return render(request, f"{status}.html", context, status=status)
    except Exception as error:  # noqa: BLE001 - an error page never breaks
        log.warning("plain error page", status=status, error=type(error).__name__)
        return plain(status, words)


def is_out_of_room(error):
    """Return whether ``error`` says that a disk, or a limit on the size of files, is full."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    return cause is not None and (getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(cause, "sqlstate", "") == "53100")


def is_away(error):
    """Return whether ``error`` says that the database, or a service beside it, does not answer."""
    return isinstance(error, OperationalError | InterfaceError | ConnectionError)


def broken(request):
    """Return the answer to a request that raised: 507 without room, 503 without the database, else 500."""
    error = sys.exc_info()[1]
    if is_out_of_room(error):
        return page(request, 507)
    if is_away(error):
        answer = plain(503)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    return page(request, 500)


def note(sender, request=None, **signal):
    """Log the exception of a request, once, with where it was raised: no word of it, and no address that was asked."""
    match = getattr(request, "resolver_match", None)
    told = {"view": match.view_name if match else "none", "request_id": getattr(request, "id", "")}
    log.error("request failed", **told, exc_info=sys.exc_info())


def listen():
    """Log from now on every exception of a request, in views and in middleware."""
    got_request_exception.connect(note, dispatch_uid="requests that failed are logged")
