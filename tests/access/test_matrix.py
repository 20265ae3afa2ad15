"""The access table, enumerated for every object that is built: one test per row, every principal in it.

A row of an object that is built and has no probe fails, so a new action cannot come without its test.
"""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from . import (
    probes,
    probes_communities,
    probes_feed,
    probes_identity,
    probes_mentoring,
    probes_mobility,
    probes_onboarding,
    probes_pages,
    probes_search,
    probes_succession,
    probes_talent,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PARTS = (
    probes,
    probes_communities,
    probes_feed,
    probes_identity,
    probes_mentoring,
    probes_mobility,
    probes_onboarding,
    probes_pages,
    probes_search,
    probes_succession,
    probes_talent,
)
BUILT = set().union(*(part.BUILT for part in PARTS))
PROBES = {key: probe for part in PARTS for key, probe in part.PROBES.items()}
CONDITIONS = {key: cells for part in PARTS for key, cells in part.CONDITIONS.items()}
ROWS = list(csv.DictReader((Path(__file__).parent / "matrix.csv").read_text().splitlines()))
# Principals that do not exist yet: tokens and provisioning clients, and reading by breaking the glass.
NOT_YET = {"AP", "AB"}
PRINCIPALS = [column for column in ROWS[0] if column.isupper() and column not in NOT_YET]


def key_of(row):
    return row["object"], row["variant"], row["action"]


def test_every_row_of_a_built_object_has_a_probe():
    assert sorted(key_of(row) for row in ROWS if key_of(row)[:2] in BUILT) == sorted(PROBES)


def test_no_row_stands_twice():
    keys = [key_of(row) for row in ROWS]
    assert sorted(set(keys)) == sorted(keys)


def answer(probe, world, person, browser):
    """A where it worked, F where it was refused, N where there is nothing to see, L where one must sign in."""
    try:
        found = probe(world, person, browser)
    except PermissionDenied:
        return "F"
    except Http404:
        return "N"
    return found if isinstance(found, str) else "A" if found else "N"


@pytest.mark.parametrize("row", [row for row in ROWS if key_of(row)[:2] in BUILT], ids=lambda row: " ".join(key_of(row)))
def test_principal_may_do_what_the_table_says(row, company):
    probe, wrong = PROBES[key_of(row)], {}
    for principal in PRINCIPALS:
        with company.seen_by(principal) as (world, person, browser):
            found = answer(probe, world, person, browser)
        expected = row[principal]
        if expected == "C":
            expected = CONDITIONS[key_of(row)][principal]
        expected = {"a": "A", "O": "A"}.get(expected, expected)
        if found != expected:
            wrong[principal] = f"{found} instead of {expected}"

    assert wrong == {}
