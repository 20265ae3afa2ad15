"""Where a page of a list ended is sealed: its address tells nothing, and serves nobody else."""

import base64
import re

import pytest

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def older_of(browser, address):
    return re.search(r'href="\?after=([\w-]+)"', browser.get(address).text)[1]


def test_cursor_shows_no_number_and_serves_its_reader_and_its_list_only(signed_in):
    reader, other = PersonFactory(last_name="Aaa"), PersonFactory(last_name="Aab")
    PersonFactory.create_batch(40, last_name="Zebra")
    browser = signed_in(reader)

    cursor = older_of(browser, "/people/")

    assert b"Zebra" not in base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert "Aaa" not in browser.get(f"/people/?after={cursor}").text.partition("<main")[2]
    assert "Aaa" in signed_in(other).get(f"/people/?after={cursor}").text.partition("<main")[2]
    for address in ("/openings/", "/notices/", "/applications/", "/communities/?show=open"):
        assert browser.get(f"{address}{'&' if '?' in address else '?'}after={cursor}").status_code == 200
    for nonsense in ("x", "%00", "é", cursor[:-4], "=" * 9):
        assert "Aaa" in browser.get(f"/people/?after={nonsense}").text.partition("<main")[2]
