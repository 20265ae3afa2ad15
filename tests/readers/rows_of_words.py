"""What people say and where: spaces, posts and what hangs on them, pages, notices, reports and what was decided about them."""

import datetime

from communities.models import Community, CommunityInvitation, CreationRequest, JoinRequest
from rse.core.models import Audience, AudienceMember, Person
from rse.feed.models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark
from rse.governance.models import AccessLogEntry, AccessLogSubject, AccessLogVerification, FeatureSwitch, Moderation, Report, Reporter
from rse.notify.models import Notification
from rse.pages.models import PagePicture, SectionEditor
from tests.factories.pages import make_charter_page, make_page

HOUR = datetime.timedelta(hours=1)
SHAPE = {"width": 1, "height": 1, "small_width": 1, "small_height": 1, "size": 1, "stored": "x", "stored_small": "x"}


OPENED = (("person", ["profile"]), ("application", ["application"]), ("wish", ["career", "succession"]))


def spaces(company):
    chance, people = company.chance, company.people
    for number in range(5):
        audience = Audience.objects.create(kind="community", label="C", is_open=number == 0, is_secret=number > 0 and company.perhaps(0.3))
        company.spaces.append(audience)
        for person in company.some(4):
            AudienceMember.objects.create(audience=audience, person=person, role=chance.choice(["member", "member", "host"]))
        community = Community.objects.create(
            audience=audience,
            slug=f"c{number}",
            name="C",
            purpose="P",
            kind=chance.choice(["open", "closed", "secret", "secret"]),
            deleted_at=chance.choice([None, None, company.now]),
            deleted_by=chance.choice([None, *people]),
        )
        for person in company.some(3, least=1):
            is_answered = company.perhaps()
            JoinRequest.objects.create(
                community=community, audience=audience, person=person, answered_at=company.now if is_answered else None
            )
        for person in company.some(3, least=1):
            CommunityInvitation.objects.create(
                community=community,
                audience=audience,
                person=person,
                invited_by=company.anybody(),
                token_hash=f"{audience.pk}-{person.pk}",
                expires_at=company.now,
                used_at=chance.choice([None, company.now]),
            )
    for person in company.some(4, least=1):
        answered_at, is_protected = chance.choice([None, company.now]), company.perhaps()
        CreationRequest.objects.create(name="N", purpose="P", asked_by=person, answered_at=answered_at, is_protected=is_protected)


def feed(company):
    chance = company.chance
    for _ in range(7):
        audience, author = chance.choice(company.spaces), company.anybody()
        hidden, deleted = company.perhaps(0.4), company.perhaps(0.25)
        post = Post.objects.create(
            author=author,
            audience=audience,
            kind="question",
            title="Q",
            body="b",
            is_hidden=hidden,
            deleted_at=company.now if deleted else None,
            is_visible=not (hidden or deleted),
        )
        _under(company, post)


def _under(company, post):
    audience, author, shown = post.audience, post.author, post.is_visible
    hidden, deleted = company.perhaps(0.5), company.perhaps(0.25)
    comment = Comment.objects.create(
        post=post,
        audience=audience,
        author=company.anybody(),
        body="r",
        is_hidden=hidden,
        deleted_at=company.now if deleted else None,
        is_post_visible=shown,
        is_visible=shown and not (hidden or deleted),
    )
    Acceptance.objects.create(post=post, comment=comment, audience=audience, accepted_by=author, is_visible=comment.is_visible)
    UsefulMark.objects.create(person=company.anybody([author]), author=author, post=post, audience=audience, is_visible=shown)
    said = {"body": "a", "written_at": post.published_at, "is_visible": company.perhaps()}
    EditedVersion.objects.create(post=post, author=author, audience=audience, **said)
    Picture.objects.create(owner=author, post=post, audience=audience, is_visible=shown, **SHAPE)
    Picture.objects.create(owner=author, comment=comment, audience=audience, is_visible=comment.is_visible, **SHAPE)
    Picture.objects.create(owner=author, **SHAPE)


def pages(company):
    past, later, made = company.now - HOUR, company.now + HOUR, []
    for _ in range(2):
        section = make_page(owner=_perhaps_owner(company), live=company.perhaps(0.3))
        for person in company.some(3):
            SectionEditor.objects.create(section_id=section.pk, person=person)
        made += [section, make_page(section, owner=_perhaps_owner(company), live=company.perhaps(0.3))]
        values = {"owner": _perhaps_owner(company), "live": company.perhaps(), "expire_at": company.chance.choice([past, later])}
        made.append(make_page(section, **values))
    make_charter_page(owner=_perhaps_owner(company), live=company.perhaps(0.3))
    for page in made:
        PagePicture.objects.create(handbook_page_id=page.pk, stored="x", width=1, height=1)


def _perhaps_owner(company):
    return company.chance.choice([None, *company.people])


def governance(company):
    chance, people = company.chance, company.people
    reports, numbers = [], {}
    for number in range(6):
        is_decided = company.perhaps(0.3)
        report = Report.objects.create(
            kind="person",
            row_id=number,
            about=chance.choice([None, *people]),
            audience=chance.choice([None, *company.spaces]),
            is_protected=company.perhaps(0.3),
            **({"state": "decided", "outcome": "no_breach", "decided_at": company.now} if is_decided else {}),
        )
        for person in company.some(2, least=number % 2):
            numbers[person] = numbers.get(person, 0) + 1
            Reporter.objects.create(report=report, person=person, category="content", day=company.today, number=numbers[person])
        reports.append(report)
        company.stood_above("report", report, [report.about])
    for number in range(10):
        Moderation.objects.create(
            kind="person",
            row_id=number,
            author=chance.choice([None, *people]),
            audience=chance.choice([None, *company.spaces]),
            report=chance.choice([None, *reports]),
            is_protected=company.perhaps(0.3),
            article="insult",
            reason="R",
        )
    _log(company)
    for number in range(4):
        _feature(company, f"f{number}", is_on=company.perhaps(), is_off=company.perhaps(0.4))


def _log(company):
    AccessLogVerification.objects.create(entries=0, head="0")
    for number in range(1, 13):
        kind, purposes = company.chance.choice(OPENED)
        entry = AccessLogEntry.objects.create(
            number=number,
            at=company.now,
            reader=company.anybody(),
            kind=kind,
            row_id=number,
            purpose=company.chance.choice(purposes),
            is_withheld=company.perhaps(),
            prev_hash="0",
            hash="0",
        )
        AccessLogSubject.objects.bulk_create(AccessLogSubject(entry=entry, person=person) for person in company.some(3))
        company.stood_above(kind, entry, [])


def _feature(company, name, *, is_on, is_off):
    asked_by = company.anybody()
    on = {"confirmed_by": company.anybody([asked_by]), "on_since": company.now} if is_on else {}
    FeatureSwitch.objects.create(
        name=name,
        impact_assessment="A",
        works_council_on=company.today,
        works_council_advice="favourable",
        notice_on=company.today,
        notice_fr="n",
        notice_en="n",
        owner=company.anybody(),
        asked_by=asked_by,
        off_at=company.now if is_off else None,
        **on,
    )


def notices(company):
    for number, person in enumerate(Person.objects.order_by("pk")):
        Notification.objects.create(recipient=person, event_id=number, event="feed.post_published", kind="person", row_id=person.pk)


ROOMS = (spaces, feed, pages, governance, notices)
