"""The principals of the table, each holding one relation and nothing else."""

import datetime

from rse.core import clock
from rse.core.enums import PersonState, Role
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under

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
