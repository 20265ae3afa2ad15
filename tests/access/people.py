"""The principals of the table, each holding one relation and nothing else."""

import contextlib
import datetime

from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Person
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.guards import HouseClient

ROLES = {
    "HR": Role.HR,
    "HH": Role.HR_HEAD,
    "HS": Role.HR_SUCCESSION,
    "RC": Role.RECRUITER,
    "DP": Role.DPO,
    "AD": Role.ADMINISTRATOR,
    "WE": Role.EDITOR,
    "HA": Role.HANDLER,
}


class World:
    """A subject (SU), those who stand in one relation to them, and strangers; made on demand."""

    def __init__(self):
        self.SU = PersonFactory(first_name="Subject")
        self._made = {"SU": self.SU}

    @classmethod
    def of(cls, people):
        """Give the world of ``people``, by code."""
        world = cls.__new__(cls)
        world.SU, world._made = people["SU"], dict(people)
        return world

    def principal(self, code):
        """The person of that column; None for the anonymous."""
        if code == "AN":
            return None
        if code not in self._made:
            self._made[code] = self._make(code)
        return self._made[code]

    def _make(self, code):
        if code == "MD":
            manager = PersonFactory()
            put_under(self.SU, manager)
            return manager
        if code == "MX":
            manager = PersonFactory()
            put_under(PersonFactory(), manager)
            return manager
        if code == "EX":
            return PersonFactory(expected=True)
        person = PersonFactory()
        if code in ROLES:
            RoleGrantFactory(person=person, role=ROLES[code])
        return person

    def leave(self):
        """The person of column DE: every role until yesterday, and gone."""
        person = PersonFactory(state=PersonState.LEFT, leaves_on=clock.today() - datetime.timedelta(days=1))
        for role in Role.values:
            RoleGrantFactory(person=person, role=role)
        return person


class Company:
    """A world that many rows are tried in: its people are made once, and what a row does to them is undone."""

    def __init__(self, codes):
        world = World()
        made = {code: world.leave() if code == "DE" else world.principal(code) for code in codes}
        self._keys = {code: person.pk for code, person in ({"SU": world.SU} | made).items() if person}

    @contextlib.contextmanager
    def seen_by(self, code):
        """Give the world, the principal ``code`` and a browser where they are signed in; afterwards all is as it was."""
        point = transaction.savepoint()
        try:
            people = Person.objects.in_bulk(self._keys.values())
            world = World.of({code: people[key] for code, key in self._keys.items()})
            browser = HouseClient()
            if person := world.principal(code):
                browser.force_login(person)
            yield world, person, browser
        finally:
            transaction.savepoint_rollback(point)
