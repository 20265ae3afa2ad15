"""What stands in the table of marks exists."""

import pytest

from tests import marks

pytestmark = pytest.mark.once


def test_rooms_and_files_of_the_table_exist():
    assert [room for room in marks.ROOMS if not (marks.TESTS / room).is_dir()] == []
    assert [file for file in marks.FILES if not (marks.TESTS / file).is_file()] == []
