"""Who may watch what, and who hears it."""

import pytest
from asgiref.sync import sync_to_async

from mobility.services import applications, handling
from mobility.services.applications import Content
from mobility.services.assignment import settle
from rse.notify import hub, topics
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.notify.conftest import _own_layer, _transaction_of_the_test_stays_open, session_of  # noqa: F401 - fixtures of sockets
from tests.notify.tabs import Tab, commit, plays, tab_of

pytestmark = pytest.mark.django_db


def test_l11_topics_are_watched_by_who_reads_the_row(opening, recruiter, applicant):
    draft = OpeningFactory(draft=True, team=[recruiter])
    row = ApplicationFactory(opening=opening, applicant=applicant)
    names = [f"job.{opening.public_id}", f"job.{draft.public_id}", f"application.{row.public_id}", "application.nothing", "job.1"]

    assert topics.readable_names(recruiter, names) == set(names[:3])
    assert topics.readable_names(applicant, names) == {names[0], names[2]}
    assert topics.readable_names(PersonFactory(), names) == {names[0]}
    assert topics.readers_among(names[2], {recruiter.pk, applicant.pk, 999}) == {recruiter.pk, applicant.pk}


@plays
async def test_l11_stranger_is_refused_as_for_what_does_not_exist(session_of):  # noqa: F811
    row = await sync_to_async(ApplicationFactory)()
    tab = Tab(await sync_to_async(session_of)(await sync_to_async(PersonFactory)()))
    await tab.open()

    answer = await tab.watch(f"application.{row.public_id}", "application.nothing")

    assert answer["watching"] == []
    assert set(answer["refused"].values()) == {hub.UNREADABLE}
    await tab.leave()


@plays
async def test_applicant_hears_that_it_moved(session_of, opening, recruiter, applicant):  # noqa: F811
    row = await sync_to_async(ApplicationFactory)(opening=opening, applicant=applicant)
    async with tab_of(await sync_to_async(session_of)(applicant), f"application.{row.public_id}") as tab:
        await commit(handling.move_application, actor=recruiter, application=row, version=row.version, state="in_review")

        assert (await tab.hear(within=2))["topic"] == f"application.{row.public_id}"


@plays
async def test_l12_who_comes_to_stand_above_watches_no_longer_within_two_seconds(session_of, opening, recruiter, applicant):  # noqa: F811
    row = await sync_to_async(ApplicationFactory)(opening=opening, applicant=applicant, handler=recruiter)
    async with tab_of(await sync_to_async(session_of)(recruiter), f"application.{row.public_id}") as tab:
        await sync_to_async(put_under)(applicant, recruiter)
        await commit(settle)

        assert await tab.hear(within=2) == {"refused": {f"application.{row.public_id}": hub.UNREADABLE}}


def test_sending_says_nothing_to_pages_that_show_the_opening(opening, applicant, monkeypatch):
    from rse.notify import live

    said = []
    monkeypatch.setattr(live, "_on_commit", lambda message: said.append(message.get("topic", "")))

    applications.send_application(
        applicant=applicant, opening=opening, version=0, content=Content(letter="x", availability="now", site_answer="talk")
    )

    assert not [topic for topic in said if topic.startswith("job.")]
    assert [topic for topic in said if topic.startswith("application.")]


def test_l106_page_of_who_handles_it_hears_nothing_when_a_manager_is_told(opening, applicant, monkeypatch):
    from rse.notify import live

    manager = PersonFactory()
    put_under(applicant, manager)
    row = ApplicationFactory(opening=opening, applicant=applicant)
    said = []
    monkeypatch.setattr(live, "_on_commit", lambda message: said.append(message.get("topic", "")))

    applications.inform_manager(applicant=applicant, application=row, manager=manager)
    assert not [topic for topic in said if topic.startswith("application.")]
    applications.withdraw_application(applicant=applicant, application=row)
    assert f"application.{row.public_id}" in said
