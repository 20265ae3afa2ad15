"""Random companies, small and full of corners, for the properties that must hold of any."""

import datetime
import random

from rse.core import clock
from rse.core.enums import AudienceType, PersonState, Role
from rse.core.models import Audience, AudienceMember, Holding, Person, Position, RoleGrant, RoleRequest, RowGrant, Unit
from rse.core.organisation.services.reporting import rebuild_reporting_lines, rebuild_units

DAY = datetime.timedelta(days=1)
STATES = [PersonState.ACTIVE] * 7 + [PersonState.EXPECTED, PersonState.EXPECTED, PersonState.LEFT]


def random_company(seed):
    """People of one random company: units, vacant, shared and interim positions, dated roles, audiences, grants on rows."""
    chance = random.Random(seed)
    units = _units(chance)
    people = [
        Person.objects.create(
            handle=f"p{seed}-{index}",
            email=f"p{seed}-{index}@company.example",
            first_name="P",
            last_name=str(index),
            unit=chance.choice([*units, None]),
            state=chance.choice(STATES),
        )
        for index in range(chance.randint(3, 12))
    ]
    _places(chance, people, units)
    _roles(chance, people, units)
    _audiences(chance, people)
    for _ in range(4):
        RowGrant.objects.create(person=chance.choice(people), kind="person", row_id=chance.choice(people).pk, **_period(chance))
    return chance, people, units


def _units(chance):
    units = []
    for index in range(chance.randint(1, 6)):
        units.append(Unit.objects.create(code=f"u{index}", name=f"Unit {index}", parent=chance.choice([*units, None])))
    rebuild_units()
    return units


def _period(chance):
    now = clock.now()
    starts_at = now + DAY * chance.choice([-3, -1, 1])
    return {"starts_at": starts_at, "ends_at": chance.choice([None, None, starts_at + DAY / 2, starts_at + 3 * DAY])}


def _places(chance, people, units):
    today, positions = clock.today(), []
    for index in range(chance.randint(2, 10)):
        above = chance.choice(positions) if positions and chance.random() < 0.9 else None
        positions.append(
            Position.objects.create(
                code=f"pos{index}", title="T", unit=chance.choice(units), reports_to=above, is_shared=chance.random() < 0.3
            )
        )
    for position in positions:
        holders = chance.sample(people, min(len(people), chance.choice([0, 1, 1, 1, 2, 3] if position.is_shared else [0, 1, 1, 1])))
        for seat, person in enumerate(holders, start=1):
            starts_on = today + DAY * chance.choice([-100, -100, -10, 0, 5])
            Holding.objects.create(
                position=position,
                person=person,
                seat=seat,
                starts_on=starts_on,
                is_interim=chance.random() < 0.15,
                ends_on=chance.choice([None, None, None, starts_on + DAY * 3, starts_on + DAY * 200]),
            )
    rebuild_reporting_lines()


def _roles(chance, people, units):
    for _ in range(chance.randint(0, 10)):
        RoleGrant.objects.create(
            person=chance.choice(people), role=chance.choice(Role.values), unit=chance.choice([*units, None]), **_period(chance)
        )
    for _ in range(3):
        asker, person = chance.sample(people, 2)
        RoleRequest.objects.get_or_create(
            person=person,
            role=chance.choice(Role.values),
            unit=chance.choice([*units, None]),
            closed_at=None,
            defaults={"asked_by": asker, "starts_at": clock.now()},
        )


def _audiences(chance, people):
    for index in range(chance.randint(1, 5)):
        is_open = chance.random() < 0.3
        audience = Audience.objects.create(
            kind=chance.choice([AudienceType.COMMUNITY, AudienceType.COHORT, AudienceType.PAIR]), label=f"A{index}", is_open=is_open
        )
        for person in chance.sample(people, chance.randint(0, len(people))):
            AudienceMember.objects.create(audience=audience, person=person, role=chance.choice(["member", "member", "host"]))
