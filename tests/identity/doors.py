"""What tests of the door do again and again: type a password, a code; set a second factor up."""

import threading

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connections
from django.urls import reverse

from rse.core.enums import Role
from rse.demo.phone import code_now
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.core import PASSWORD

LOGIN, CODE = "/account/login/", "/account/code/"


def type_password(client, login, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


def give_second_factor(person):
    """A second factor and its recovery codes, as setting it up makes them."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)


def type_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def come_in(client, person):
    """Sign in through the pages, with a code where one is asked for."""
    response = type_password(client, person.email)
    if response.status_code == 302 and response["Location"] == reverse("mfa_authenticate"):
        response = type_code(client, code_now(person))
    return response


def person_of(client):
    """The id of who is signed in, as a string; None when nobody is."""
    return client.session.get("_auth_user_id")


def has_second_factor(person):
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def at_once(actions):
    """What each action returns, all of them begun at the same instant, each in a thread and on a connection of its own."""
    results, together = [], threading.Barrier(len(actions))

    def run(action):
        together.wait()
        try:
            results.append(action())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def who_may():
    """Those who may invite and those who may not, by what they are, and somebody who never came in."""
    company, other = UnitFactory(), UnitFactory()
    below = UnitFactory(parent=company)
    hr_here, hr_elsewhere = PersonFactory(unit=company), PersonFactory(unit=other)
    RoleGrantFactory(person=hr_here, role=Role.HR, unit=company)
    RoleGrantFactory(person=hr_elsewhere, role=Role.HR, unit=other)
    subject = PersonFactory(unit=below, password=False)
    people = {
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
        "HR of the company": PersonFactory(role=Role.HR),
        "HR of the unit": hr_here,
        "HR of another unit": hr_elsewhere,
        "head of HR": PersonFactory(role=Role.HR_HEAD),
        "recruiter": PersonFactory(role=Role.RECRUITER),
        "colleague": PersonFactory(unit=below),
        "the person": subject,
    }
    return people, subject
