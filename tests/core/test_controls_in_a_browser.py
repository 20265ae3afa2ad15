"""What a control may not be called, as a browser says it."""

import pytest

from tests.architecture.page_rules import FORM_MEMBERS
from tests.every_form import field_names

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

MEMBERS = """() => {
  const found = new Set();
  for (let one = document.createElement("form"); one; one = Object.getPrototypeOf(one)) {
    Object.getOwnPropertyNames(one).forEach((name) => found.add(name));
  }
  return [...found];
}"""


def test_no_control_is_called_like_what_a_form_is(visitors):
    with visitors() as visitor:
        members = set(visitor.go("/healthz").page.evaluate(MEMBERS))

    assert {"action", "remove", "reset", "submit"} <= members & FORM_MEMBERS
    assert members & field_names() == set(), "another name, and the word into tests/architecture/form_members.txt"
