"""Who opened my file, and the state of the log."""

import datetime

import pytest

from rse.core import clock
from rse.core.enums import Role
from rse.governance.models import AccessLogEntry
from rse.governance.queries import opening_lines, openings_of_my_file
from rse.governance.services.access_log import log_access, release_openings, verify_chain
from tests.factories import PersonFactory
from tests.governance.keyring import opens, run, without_triggers

pytestmark = pytest.mark.django_db


def test_my_openings_are_those_about_me_by_others():
    me, other, reader = PersonFactory.create_batch(3)
    opens(reader, me, kind="profile")
    opens(reader, other, kind="profile")
    opens(me, me, kind="profile")

    assert [entry.number for entry in openings_of_my_file(me)] == [1]


def test_looks_of_one_reader_within_the_hour_are_one_line(signed_in):
    me, reader, other = PersonFactory(language="en"), PersonFactory(), PersonFactory()
    noon = clock.now()
    for minutes, who in ((0, reader), (20, other), (40, reader), (59, reader), (61, reader)):
        with clock.moved_to(noon + datetime.timedelta(minutes=minutes)):
            opens(who, me, kind="profile")
    with clock.moved_to(noon + datetime.timedelta(minutes=62)):
        page = signed_in(me).get("/my-file/openings/")

    assert [(line["reader"], line["times"]) for line in page.context["lines"]] == [(reader, 1), (reader, 3), (other, 1)]
    assert page.text.count("3 times within the hour") == 1
    assert AccessLogEntry.objects.count() == 5


def test_looks_that_were_withheld_have_a_line_each():
    me, reader = PersonFactory(), PersonFactory()
    opens(reader, me, is_withheld=True)
    opens(reader, me, is_withheld=True)
    release_openings(kind="plan", row_id=1)

    assert [line["times"] for line in opening_lines(list(openings_of_my_file(me).order_by("-number")), me)] == [1, 1]


def test_withheld_opening_appears_with_the_decision_and_the_next_one_waits_again():
    me, colleague, reader = PersonFactory.create_batch(3)
    opens(reader, me, colleague, row=4, is_withheld=True)
    opens(reader, me, row=5, is_withheld=True)
    assert not openings_of_my_file(me).exists()

    release_openings(kind="plan", row_id=4)
    assert [entry.number for entry in openings_of_my_file(me)] == [1]
    assert [entry.number for entry in openings_of_my_file(colleague)] == [1]

    opens(reader, me, row=4, is_withheld=True)
    assert [entry.number for entry in openings_of_my_file(me)] == [1]


def test_release_may_concern_one_person_alone():
    me, colleague, reader = PersonFactory.create_batch(3)
    opens(reader, me, colleague, is_withheld=True)

    release_openings(kind="plan", row_id=1, person=me)

    assert openings_of_my_file(me).count() == 1
    assert not openings_of_my_file(colleague).exists()


def test_my_page_names_readers_and_of_a_released_plan_the_function(signed_in):
    me = PersonFactory(language="en")
    mentor, secret = PersonFactory(first_name="Mentor"), PersonFactory(first_name="Secretive")
    log_access(reader=mentor, opened={("person", me.pk): [me.pk]}, purpose="profile")
    opens(secret, me, is_withheld=True, function=Role.HR_SUCCESSION)
    browser = signed_in(me)

    before = browser.get("/my-file/openings/").text
    assert mentor.name in before
    assert "Reading a profile" in before
    assert "HR, succession plans" not in before

    release_openings(kind="plan", row_id=1)
    after = browser.get("/my-file/openings/").text
    assert "HR, succession plans" in after
    assert secret.name not in after


@pytest.mark.parametrize("item_count", [1, 3])
def test_my_page_cost_does_not_grow(signed_in, django_assert_num_queries, item_count):
    me = PersonFactory()
    for _ in range(item_count):
        opens(PersonFactory(), me)
    browser = signed_in(me)
    browser.get("/my-file/openings/")
    with django_assert_num_queries(OPENINGS_QUERIES):
        page = browser.get("/my-file/openings/")

    assert page.text.count('<time datetime="') == item_count


# session, person with site, grants of the reader, two of the bell, entries, their readers
OPENINGS_QUERIES = 7


def test_state_page_for_those_who_watch_it_and_entries_for_the_dpo(signed_in, chain):
    dpo, admin = PersonFactory(role=Role.DPO, language="en"), PersonFactory(role=Role.ADMINISTRATOR, language="en")
    verify_chain()

    full, short = signed_in(dpo).get("/access-log/").text, signed_in(admin).get("/access-log/").text

    assert "The chain is whole." in full
    assert full.count(chain[1].name) == 5
    assert "The chain is whole." in short
    assert chain[0].name not in short
    assert signed_in(PersonFactory()).get("/access-log/").status_code == 403


def test_x02_dpo_does_not_read_the_plan_that_names_them(signed_in):
    dpo, reader = PersonFactory(role=Role.DPO), PersonFactory(first_name="Plannerette")
    opens(reader, dpo, is_withheld=True)

    assert AccessLogEntry.objects.count() == 1
    assert "Plannerette" not in signed_in(dpo).get("/access-log/").text


def test_broken_chain_is_said_on_the_page(signed_in, chain):
    without_triggers()
    run("UPDATE governance_accesslogentry SET purpose = 'profile' WHERE number = 3")
    verify_chain()

    assert "Entry 3 does not say what was written to it." in signed_in(PersonFactory(role=Role.DPO, language="en")).get("/access-log/").text
