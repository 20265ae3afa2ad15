"""Which pages may open a socket: cookies travel with a socket from any site, so the site is asked for."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_ours(scope: dict[str, Any]) -> bool:
    """Return whether the handshake comes from a page of this site: same scheme, host and port, under a host that we answer.

    An absent, opaque or repeated origin is never ours.
    """
    origins, hosts = _headers(scope, b"origin"), _headers(scope, b"host")
    if len(origins) != 1 or len(hosts) != 1:
        return False
    origin, host = origins[0].lower(), hosts[0].lower()
    site = urlsplit(settings.SITE_URL)
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    return origin in {f"{site.scheme}://{_plain(site.scheme, host)}", f"{site.scheme}://{_plain(site.scheme, site.netloc)}"}


def _plain(scheme: str, host: str) -> str:
    """``host`` as a browser writes it in an origin: without the port that the scheme implies."""
    return host.lower().removesuffix({"https": ":443", "http": ":80"}.get(scheme, ""))


def _headers(scope: dict[str, Any], wanted: bytes) -> list[str]:
    return [value.decode("latin1") for name, value in scope["headers"] if name == wanted]
