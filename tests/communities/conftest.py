import pytest

from rse.core.models import RecordedEvent


@pytest.fixture
def told():
    """The people whom the events of this name named, each event once: ``told("member_invited")``."""

    def names_of(name):
        rows = RecordedEvent.objects.filter(name=f"communities.{name}").order_by("pk")
        return [row.facets.get("recipient_ids", []) for row in rows]

    return names_of
