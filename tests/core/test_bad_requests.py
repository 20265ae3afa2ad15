"""What comes in and makes no sense gets a page of ours, with the status that says why."""

import pytest

from tests.factories.core import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("size", "status", "words"), [(256 * 1024 + 1, 413, "too large"), (1024, 302, "")])
def test_a04_body_beyond_the_limit_is_refused_before_it_is_read(signed_in, size, status, words):
    person = PersonFactory()
    answer = signed_in(person).post("/account/logout/", {"more": "a" * size})
    assert answer.status_code == status
    assert words in answer.text


def test_too_many_fields_are_a_bad_request_in_our_shell(signed_in):
    answer = signed_in(PersonFactory()).post("/account/logout/", {f"f{number}": "1" for number in range(501)})
    assert answer.status_code == 400
    assert "This request could not be read" in answer.text
