"""What this room does when something happened elsewhere, and here."""

from .services import cohorts


def follow_file(recorded):
    """A file of HR was applied: what changed stands in the rows of people."""
    cohorts.follow_organisation()


def follow_lines(recorded):
    """People came, left or moved to another place: who stands above whom may be otherwise."""
    cohorts.follow_lines()


def begin_journeys(recorded):
    """A cohort was filled: the journeys of those who came in begin."""
    facets = recorded.facets
    cohorts.begin_journeys(cohort_id=facets["subject"][1], person_ids=facets.get("person_ids", ()))
