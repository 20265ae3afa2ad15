"""The checks of the address, the keys and the mail: when all is well, and when something hurts."""

import socket

import pytest

from rse.core.ops.checks import mailing, site
from rse.core.ops.doctor import Level
from tests.services.mail_server import MailServer

from .levels import level

pytestmark = pytest.mark.django_db
RANDOM = "x7Qw-9eRt_2yUi-4oPa_6sDf-8gHj_1kLz"
SAID = "pa55word-of-the-server"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


# The address, errors, keys


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"SITE_URL": "http://localhost:8000"}, "look"),
        ({"SITE_URL": "http://maillage.fonderies.fr"}, "hurts"),
        ({"SITE_URL": "https://maillage.fonderies.fr", "TRUSTED_PROXY_COUNT": 0}, "look"),
        ({"SITE_URL": "https://maillage.fonderies.fr", "TRUSTED_PROXY_COUNT": 1, "ALLOWED_HOSTS": ["*"]}, "look"),
        ({"SITE_URL": "https://maillage.fonderies.fr", "TRUSTED_PROXY_COUNT": 1, "ALLOWED_HOSTS": ["maillage.fonderies.fr"]}, "ok"),
    ],
)
def test_address(settings, facts, expected):
    for name, value in facts.items():
        setattr(settings, name, value)
    assert level(site.address) == expected


@pytest.mark.parametrize(("is_on", "expected"), [(True, "hurts"), (False, "ok")])
def test_errors_in_full(settings, is_on, expected):
    settings.DEBUG = is_on
    assert level(site.errors_in_full) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "ok"),
        ({"NOTES_KEY": RANDOM}, "hurts"),
        ({"NOTES_KEY": "short-one"}, "hurts"),
        ({"NOTES_KEY": "ab" * 20}, "hurts"),
        ({"NOTES_KEY_FALLBACKS": [RANDOM]}, "look"),
        ({"SECRET_KEY_FALLBACKS": [RANDOM]}, "look"),
    ],
)
def test_keys_are_looked_at_and_never_told(settings, facts, expected):
    for name, value in {"SECRET_KEY": RANDOM, "NOTES_KEY": RANDOM[::-1], **facts}.items():
        setattr(settings, name, value)
    found = site.keys()
    assert found.level.value == expected
    for key in (settings.SECRET_KEY, settings.NOTES_KEY, RANDOM):
        assert key not in found.what + found.do


# Mail


@pytest.fixture
def mail_goes_to(settings):
    def to(server, **facts):
        settings.EMAIL_BACKEND = mailing.SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", getattr(server, "port", server)
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        for name, value in facts.items():
            setattr(settings, name, value)

    return to


@pytest.mark.parametrize(
    ("sender", "has_server", "expected"),
    [
        ("Maillage <maillage@localhost>", False, "look"),
        ("Maillage <maillage@localhost>", True, "hurts"),
        ("Maillage <maillage@fonderies.example>", True, "hurts"),
        ("nobody", True, "hurts"),
        ("Fonderies <rse@ailleurs.fr>", True, "look"),
        ("Fonderies <rse@fonderies.fr>", True, "ok"),
    ],
)
def test_sender(settings, sender, has_server, expected):
    settings.SITE_URL = "https://maillage.fonderies.fr"
    settings.DEFAULT_FROM_EMAIL = sender
    if has_server:
        settings.EMAIL_BACKEND = mailing.SMTP
    assert level(mailing.sender) == expected


def test_mail_in_a_folder_is_looked_at(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert level(mailing.mail_server) == "look"


def test_mail_server_that_lets_us_in_is_well_and_is_sent_nothing(mail_goes_to):
    with MailServer(password=SAID) as server:
        mail_goes_to(server, EMAIL_HOST_USER="maillage", EMAIL_HOST_PASSWORD=SAID)
        assert level(mailing.mail_server) == "ok"
    assert (server.kept, "MAIL" in server.heard) == ([], False)


def test_mail_server_that_refuses_the_password_hurts_and_the_password_is_not_told(mail_goes_to):
    with MailServer(password="another") as server:
        mail_goes_to(server, EMAIL_HOST_USER="maillage", EMAIL_HOST_PASSWORD=SAID)
        found = mailing.mail_server()
    assert (found.level, found.what) == (Level.HURTS, f"127.0.0.1:{server.port} refuses the user or the password.")
    assert SAID not in found.do


def test_mail_server_without_the_encryption_that_is_asked_for_hurts(mail_goes_to):
    with MailServer() as server:
        mail_goes_to(server, EMAIL_USE_TLS=True)
        assert level(mailing.mail_server) == "hurts"


def test_mail_server_that_refuses_to_talk_hurts(mail_goes_to):
    with MailServer(refuses={"EHLO": "554 no", "HELO": "554 no"}) as server:
        mail_goes_to(server)
        assert level(mailing.mail_server) == "hurts"


def test_silent_mail_server_is_given_up(mail_goes_to, monkeypatch):
    monkeypatch.setattr(mailing, "WITHIN", 0.3)
    with MailServer(is_silent=True) as server:
        mail_goes_to(server)
        found = mailing.mail_server()
    assert (found.level, found.what) == (Level.HURTS, f"127.0.0.1:{server.port} does not answer in time.")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def test_no_mail_server_hurts(mail_goes_to):
    mail_goes_to(free_port())
    assert mailing.mail_server().what.startswith("Nothing listens at 127.0.0.1:")
