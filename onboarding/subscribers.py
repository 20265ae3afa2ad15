"""What this room does when something happened elsewhere, and here."""

from .services import cohorts


def follow_file(recorded):
    """Update cohorts and journeys after a file of HR: what changed stands in the rows of people."""
    cohorts.follow_organisation()


def follow_lines(recorded):
    """Update buddies and watchers after people came, left or moved to another place."""
    cohorts.follow_lines()


def begin_journeys(recorded):
    """Start the journeys of those who came into a cohort that was filled."""
    facets = recorded.facets
    cohorts.begin_journeys(cohort_id=facets["subject"][1], person_ids=facets.get("person_ids", ()))
