"""What each test says of the database under it: which of them the everyday run plays on both."""

from pathlib import Path

TESTS = Path(__file__).parent
# Rooms whose answers are made by what differs between databases: their search, their locks, their triggers, the order of their rows.
ROOMS = {"chaos", "deliveries", "feed", "governance", "search"}
# The same in one file of a room: raw SQL, migrations, locks, constraints.
FILES = {
    "core/test_invariants.py",
    "core/test_organisation.py",
    "core/test_readers.py",
    "core/test_rebuilding_lines.py",
    "core/test_workers.py",
    "hris/test_application.py",
    "mobility/test_readers.py",
    "notify/test_sockets.py",
    "onboarding/test_readers.py",
    "pages/test_readers.py",
    "readers/test_property.py",
    "talent/test_ledger.py",
}


def of(item):
    """Yield the marks that follow from what a test asks for and from where it stands."""
    if "chromium" in getattr(item, "fixturenames", ()):
        yield "browser"
    database = item.get_closest_marker("django_db")
    is_transactional = "transactional_db" in item.fixturenames or (database is not None and database.kwargs.get("transaction"))
    where = item.path.relative_to(TESTS)
    if is_transactional or item.get_closest_marker("sqlite") or where.parts[0] in ROOMS or where.as_posix() in FILES:
        yield "engine"
