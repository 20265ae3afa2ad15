"""Who is a party to a report, whatever was reported."""

import pytest

from rse.core.access import kinds
from rse.core.enums import Role
from rse.feed.models import UsefulMark
from rse.governance.models import Report
from rse.governance.services.reports import report_thing
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory

pytestmark = pytest.mark.django_db


def test_x03_whose_act_it_is_says_every_kind_that_is_nobodys_words():
    """An act without an author names its party: who is accused never reads the report about it."""
    silent = {"person", "feature_switch", "access_log_verification"}
    for kind in kinds.every():
        if kind.is_confidential or kind.name in silent:
            continue
        columns = {field.name for field in kind.model._meta.get_fields()}
        assert kind.about is not None or "author" in columns, kind.name


def test_x03_mark_is_reported_as_that_of_who_made_it():
    answered, accused, witness = PersonFactory(), PersonFactory(role=Role.HANDLER), PersonFactory()
    comment = CommentFactory(author=answered, post__audience=AudienceFactory(open=True))
    mark = UsefulMark.objects.create(comment=comment, audience=comment.audience, author=answered, person=accused, reason="unkind")

    made = report_thing(reporter=witness, kind="useful_mark", row_id=mark.pk, category="harassment")

    assert made.report.about == accused
    assert not Report.objects.visible_to(accused).filter(pk=made.report.pk).exists()


def test_x03_owner_does_not_handle_a_report_about_their_own_space():
    owner, member = PersonFactory(), PersonFactory()
    community = CommunityFactory(closed=True, owners=[owner], members=[member])

    made = report_thing(reporter=member, kind="community", row_id=community.pk, category="content")

    assert not Report.objects.visible_to(owner).filter(pk=made.report.pk).exists()
    assert Report.objects.visible_to(PersonFactory(role=Role.HANDLER)).filter(pk=made.report.pk).exists()


@pytest.mark.parametrize("kind", ["plan", "wish", "report", "report_made", "moderation", "talent_file", "nothing"])
def test_x02_confidential_things_are_reported_to_nobody(signed_in, kind):
    browser = signed_in(PersonFactory(role=Role.HANDLER))

    for row in ("1", "anything"):
        assert browser.get(f"/report/{kind}/{row}/").status_code == 404
