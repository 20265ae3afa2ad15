"""The address, what is shown of errors, and the keys, as the settings say them."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..doctor import Finding, hurts, look, well

MAKES_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
LONG_ENOUGH, MOST_ALIKE = 32, 8  # characters of a key, and how few different ones make it a poor one


def is_this_machine(host: str) -> bool:
    """Return whether only this machine answers under ``host``, a name or an address without its port."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def is_local() -> bool:
    """Return whether the address of the site leads nobody else here."""
    return is_this_machine(urlsplit(settings.SITE_URL).hostname or "")


def address() -> Finding:
    """Check where people come in: an address that is not this machine's, by https, behind proxies that are counted."""
    told = {"address": settings.SITE_URL}
    if is_local():
        return look(
            _("SITE_URL is %(address)s: the links in mails lead nobody else here.") % told,
            _("Set SITE_URL to the address that people type, with https://."),
        )
    if not settings.SITE_URL.startswith("https://"):
        return hurts(
            _("SITE_URL is %(address)s: passwords travel in the clear.") % told,
            _("Put a proxy with a certificate in front, and begin SITE_URL with https://."),
        )
    if "*" in settings.ALLOWED_HOSTS:
        return look(
            _("ALLOWED_HOSTS is *: the site answers under any name.") % told,
            _("Name the hosts in ALLOWED_HOSTS, separated by commas, or leave it out: that of SITE_URL is answered."),
        )
    if not settings.TRUSTED_PROXY_COUNT:
        return look(
            _("The address is https:// and TRUSTED_PROXY_COUNT is 0: whatever takes the certificate in front is not counted."),
            _("Set TRUSTED_PROXY_COUNT to the number of proxies in front: without it everybody has the address of the proxy."),
        )
    return well(
        ngettext(
            "%(address)s, behind %(count)s proxy that is believed.",
            "%(address)s, behind %(count)s proxies that are believed.",
            settings.TRUSTED_PROXY_COUNT,
        )
        % {**told, "count": settings.TRUSTED_PROXY_COUNT}
    )


def errors_in_full() -> Finding:
    """Check whether errors are shown in full to whoever causes them."""
    if settings.DEBUG:
        return hurts(
            _("DEBUG is on: whoever causes an error reads the settings and the source."),
            _("Take DEBUG out of the environment, or set false."),
        )
    return well(_("DEBUG is off: errors go to the log."))


def keys() -> Finding:
    """Check the two keys, of which nothing is told but their length."""
    named = {"SECRET_KEY": settings.SECRET_KEY, "NOTES_KEY": settings.NOTES_KEY}
    make = _("Give it random characters of its own: %(command)s") % {"command": MAKES_ONE}
    if settings.SECRET_KEY == settings.NOTES_KEY:
        return hurts(_("NOTES_KEY is the same as SECRET_KEY: whoever renews one loses what the other protects."), make)
    for name, key in named.items():
        if len(key) < LONG_ENOUGH:
            return hurts(_("%(name)s is too short: it can be guessed.") % {"name": name}, make)
        if len(set(key)) < MOST_ALIKE:
            return hurts(_("%(name)s is made of a few characters only: it can be guessed.") % {"name": name}, make)
    if settings.NOTES_KEY_FALLBACKS:
        return look(
            _("NOTES_KEY_FALLBACKS still holds a former key."),
            _("Run manage.py rewrap_notes, then take NOTES_KEY_FALLBACKS away: whoever has that key still opens notes."),
        )
    if settings.SECRET_KEY_FALLBACKS:
        return look(
            _("SECRET_KEY_FALLBACKS still holds a former key."),
            _("Take SECRET_KEY_FALLBACKS away a week after the change: sessions last no longer."),
        )
    return well(_("SECRET_KEY and NOTES_KEY are set, differ and are long enough."))
