import datetime

import pytest
from django.db import models
from django.db.migrations.writer import MigrationWriter

from rse.core import clock
from rse.core.models.keys import public_id_field
from rse.core.public_ids import is_public_id

COLUMNS = {
    "instant": (clock.InstantField, models.DateTimeField, "models.DateTimeField()"),
    "day": (clock.DayField, models.DateField, "models.DateField()"),
    "public_id": (public_id_field, models.CharField, "models.CharField(max_length=32, unique=True)"),
}


@pytest.mark.parametrize(("column", "plain", "written"), COLUMNS.values(), ids=COLUMNS)
def test_a_default_of_ours_stays_out_of_migrations(column, plain, written):
    field = column()
    assert MigrationWriter.serialize(field) == (written, {"from django.db import models"})
    seen = field.clone()
    assert (type(seen), seen.has_default()) == (plain, False)


def test_a_row_gets_the_default_all_the_same():
    with clock.moved_to(datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)):
        assert clock.InstantField().get_default() == datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
        assert clock.DayField().get_default() == datetime.date(2027, 1, 1)
    assert is_public_id(public_id_field().get_default())
