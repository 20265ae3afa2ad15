"""Each invariant holds of what the services write, and is found broken where somebody breaks it."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from communities.models import Community
from communities.services import join
from mentoring.models import MentoringPair
from mobility.models import Application
from mobility.services.applications import Content, send_application
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Delivery, Installation, Person, ReportingLine, RoleGrant, UnitClosure
from rse.core.ops import company, invariants
from rse.core.people.services.photos import SIDES, file_of
from rse.feed import services as feed
from rse.feed.models import Comment, Picture, Post, UsefulMark
from rse.governance.models import AccessLogHead
from rse.pages.models import PagePicture
from rse.pages.services import forget_stray_pictures
from search.services import reconcile
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import put_under
from tests.factories.feed import PostFactory, joined, picture_of
from tests.factories.mentoring import pair_of
from tests.factories.mobility import OpeningFactory
from tests.factories.pages import make_section, page_picture
from tests.factories.photos import logo_of_the_company, photo_of
from tests.governance.keyring import opens

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """Somebody below a manager who posts, applies and is accompanied; a colleague who answers, joins and finds it useful."""
    head, person, colleague, recruiter = PersonFactory(), PersonFactory(), PersonFactory(), PersonFactory(role=Role.RECRUITER)
    put_under(person, head)
    audience = AudienceFactory(open=True)
    post = PostFactory(audience=audience, author=person)
    comment = feed.publish_comment(author=joined(audience, colleague), post=post, body="@" + person.handle)
    feed.publish_comment(author=colleague, post=post, body="Encore")
    feed.publish_comment(author=person, post=post, answer=comment, body="Bien dit")
    feed.mark_useful(person=person, thing=comment)
    feed.mark_useful(person=colleague, thing=post)
    picture = picture_of(person)
    join(person=colleague, community=CommunityFactory(owners=[head]))
    CommunityFactory(closed=True, owners=[head], deleted_at=clock.now()).audience.delete()
    opening = OpeningFactory(team=[recruiter])
    content = Content(letter="x", availability="now", site_answer="talk")
    application = send_application(applicant=person, opening=opening, version=0, content=content)
    pair_of(colleague, person)
    opens(recruiter, person)
    shown = page_picture(make_section())
    logo = logo_of_the_company()
    reconcile()
    photo = photo_of(person)
    things = {"post": post, "picture": picture, "photo": photo, "shown": shown, "application": application, "logo": logo}
    yield {"head": head, "person": person} | things
    for name in (picture.stored, picture.stored_small, shown.stored, company.file_of(logo), *(file_of(photo, side) for side in SIDES)):
        default_storage.delete(name)


def hide_the_post_alone(house):
    Post.objects.filter(pk=house["post"].pk).update(is_hidden=True, is_visible=False)


def lose_a_file(house):
    default_storage.delete(house["picture"].stored)


def keep_a_file(house):
    """Of a row that is gone, and old."""
    Picture.objects.filter(pk=house["picture"].pk).delete()


def lose_a_photo(house):
    default_storage.delete(file_of(house["photo"], 96))


def keep_a_photo(house):
    """Of somebody who has none, and old."""
    Person.objects.filter(photo=house["photo"]).update(photo=None)


def lose_the_logo(house):
    default_storage.delete(company.file_of(house["logo"]))


def keep_a_logo(house):
    """Of a company that has none, and old."""
    Installation.objects.update(logo="")


def lose_a_file_of_a_page(house):
    default_storage.delete(house["shown"].stored)


def keep_a_file_of_a_page(house):
    """Of a picture whose page is gone, and old."""
    PagePicture.objects.filter(pk=house["shown"].pk).delete()


def give_it_to_the_line(house):
    Application.objects.filter(pk=house["application"].pk).update(handler=house["head"])


def tell_somebody_else(house):
    Application.objects.filter(pk=house["application"].pk).update(informed_manager=house["application"].handler)


def put_the_mentor_above(house):
    pair = MentoringPair.objects.get()
    put_under(pair.mentee, pair.mentor)


def join_a_deleted_one(house):
    Community.objects.update(deleted_at=clock.now())


def move_comments(house):
    Comment.objects.update(audience=AudienceFactory())


def forget_a_delivery(house):
    first = Delivery.objects.filter(subscriber="notify.tell").order_by("event").first()
    Delivery.objects.filter(subscriber="notify.tell").exclude(pk=first.pk).delete()


BROKEN_BY = {
    "access log as it was written": lambda house: AccessLogHead.objects.update(hash="0" * 64),
    "closure of units as its tree says": lambda house: UnitClosure.objects.filter(unit=house["person"].unit).delete(),
    "reporting lines as positions say": lambda house: ReportingLine.objects.all().delete(),
    "events with all their deliveries": forget_a_delivery,
    "deliveries held or due, never forgotten": lambda house: Delivery.objects.update(state="running", leased_until=None),
    "references that lead somewhere": lambda house: RoleGrant.objects.update(person=10**6),
    "photos with their files": lose_a_photo,
    "files with their photos": keep_a_photo,
    "a logo with its file": lose_the_logo,
    "files with their logo": keep_a_logo,
    "found and ordered by their names": lambda house: Person.objects.filter(pk=house["person"].pk).update(first_name="Zoé"),
    "comments counted as they are": lambda house: Post.objects.update(comment_count=1),
    "remarks counted as they are": lambda house: Post.objects.update(remark_count=0),
    "remarks under an answer of their post": lambda house: Comment.objects.filter(is_remark=True).update(answer=F("pk")),
    "marks of posts counted as they are": lambda house: Post.objects.update(useful_count=0),
    "marks of comments counted as they are": lambda house: UsefulMark.objects.filter(comment__isnull=False).delete(),
    "what hangs on a text in the same place": move_comments,
    "what hangs on a text shown with it": hide_the_post_alone,
    "pictures with their files": lose_a_file,
    "files with their pictures": keep_a_file,
    "pictures of pages with their files": lose_a_file_of_a_page,
    "files with their pictures of pages": keep_a_file_of_a_page,
    "communities as open as their audience": lambda house: Community.objects.update(kind="secret"),
    "deleted communities without members": join_a_deleted_one,
    "live applications with a handler outside the line": give_it_to_the_line,
    "managers told who stand directly above": tell_somebody_else,
    "mentoring pairs outside the line": put_the_mentor_above,
    "rows found as they are": lambda house: Person.objects.update(last_name="Autrement"),
    "nothing found that is gone or hidden": hide_the_post_alone,
}


def test_every_invariant_has_something_that_breaks_it():
    assert sorted(invariants.counts()) == sorted(BROKEN_BY)


def test_what_services_write_breaks_none_and_nothing_is_changed_by_asking(house):
    before = set(ReportingLine.objects.values_list("pk")), set(UnitClosure.objects.values_list("pk"))
    said = io.StringIO()

    call_command("check_invariants", stdout=said)

    assert [line.split()[0] for line in said.getvalue().splitlines()] == ["0"] * len(BROKEN_BY)
    assert (set(ReportingLine.objects.values_list("pk")), set(UnitClosure.objects.values_list("pk"))) == before


@pytest.mark.parametrize("name", BROKEN_BY)
def test_each_is_found_broken_by_name_and_number_alone(house, monkeypatch, name):
    said, later = io.StringIO(), clock.now() + datetime.timedelta(days=3)
    with transaction.atomic():
        BROKEN_BY[name](house)
        if "files" in name:
            monkeypatch.setattr(clock, "now", lambda: later)
        with pytest.raises(CommandError, match=r"^\d+ .* \d+ "):
            call_command("check_invariants", stdout=said)
        transaction.set_rollback(True)

    counted = dict(reversed(line.split(maxsplit=1)) for line in said.getvalue().splitlines())
    assert int(counted.pop(name)) > 0
    assert set(counted) | {name} == set(BROKEN_BY)


def test_files_that_no_row_knows_are_erased_after_a_day_and_others_kept(house, monkeypatch):
    later = clock.now() + datetime.timedelta(days=1, hours=1)
    with clock.moved_to(later):
        feed.forget_stray_files()  # what earlier tests of this process left in its memory
    stray = default_storage.save("pictures/zz/stray.webp", ContentFile(b"x"))

    assert feed.forget_stray_files() == 0
    monkeypatch.setattr(clock, "now", lambda: later)
    assert feed.forget_stray_files() == 1

    assert not default_storage.exists(stray)
    assert default_storage.exists(house["picture"].stored)
    assert default_storage.exists(house["picture"].stored_small)


def test_files_that_no_page_knows_are_erased_after_a_day_and_others_kept(house, monkeypatch):
    later = clock.now() + datetime.timedelta(days=1, hours=1)
    with clock.moved_to(later):
        forget_stray_pictures()  # what earlier tests of this process left in its memory
    stray = default_storage.save("handbook/zz/stray.webp", ContentFile(b"x"))

    assert forget_stray_pictures() == 0
    monkeypatch.setattr(clock, "now", lambda: later)
    assert forget_stray_pictures() == 1

    assert not default_storage.exists(stray)
    assert default_storage.exists(house["shown"].stored)
