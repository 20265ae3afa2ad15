"""Photos: cut from a picture and drawn anew, seen by whoever may see their person, and gone when that person says so."""

import io
import re

import pillow_heif
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Person
from rse.core.ops import invariants, retention
from rse.core.people.services import photos
from rse.core.people.services.people import deactivate
from rse.core.people.services.photos import SIDES, STRAY_AFTER, file_of, forget_stray_photos, keep_photo, remove_photo, stray_photos
from rse.core.pictures.drawing import BadPicture, Square
from rse.feed.services import accept_answer
from tests.architecture.tree import Tree
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, picture_file
from tests.factories.photos import photo_of

pillow_heif.register_heif_opener()
pytestmark = pytest.mark.django_db
MIDDLE, LEFT, RIGHT = (0, 128, 0), (255, 0, 0), (0, 0, 255)


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(settings):
    settings.STORAGES = dict(settings.STORAGES)


def address(photo, side=96):
    return reverse("people:photo", args=[photo, side])


def opened(photo, side=256):
    with default_storage.open(file_of(photo, side)) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def banner(kind="PNG", **options):
    """A picture of three squares side by side, red, green and blue."""
    picture = Image.new("RGB", (900, 300), MIDDLE)
    picture.paste(LEFT, (0, 0, 300, 300))
    picture.paste(RIGHT, (600, 0, 900, 300))
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return SimpleUploadedFile("banner", stream.getvalue())


def is_of(colour, picture):
    found = picture.getpixel((picture.width // 2, picture.height // 2))
    return all(abs(one - other) < 12 for one, other in zip(colour, found, strict=True))


@pytest.mark.parametrize(
    ("square", "colour"),
    [
        (Square(), MIDDLE),
        (Square(across=0), LEFT),
        (Square(across=100), RIGHT),
        (Square(zoom=400, across=10, down=0), LEFT),
        (Square(zoom=400, across=50, down=100), MIDDLE),
    ],
)
def test_square_that_was_chosen_is_kept(square, colour):
    photo = photo_of(PersonFactory(), file=banner(), square=square)

    assert [opened(photo, side).size for side in SIDES] == [(min(side, 30_000 // square.zoom),) * 2 for side in SIDES]
    assert all(is_of(colour, opened(photo, side)) for side in SIDES)


def test_photo_is_cut_from_the_picture_as_it_stands_upright_and_tells_nothing_else():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Le domicile de Camille"
    photo = photo_of(PersonFactory(), file=banner("JPEG", exif=exif, quality=95), square=Square(down=0))

    assert is_of(LEFT, opened(photo))
    for side in SIDES:
        with default_storage.open(file_of(photo, side)) as file:
            content = file.read()
        assert (content[:4], b"Camille" in content, dict(Image.open(io.BytesIO(content)).getexif())) == (b"RIFF", False, {})


def test_photo_of_a_telephone_is_taken():
    assert opened(photo_of(PersonFactory(), file=banner("HEIF"))).size == (256, 256)


def test_photo_that_is_no_picture_leaves_the_one_before():
    person = PersonFactory()
    photo = photo_of(person)

    with pytest.raises(BadPicture):
        photo_of(person, file=SimpleUploadedFile("p.png", b"<svg onload=alert(1)>"))

    assert Person.objects.get(pk=person.pk).photo == photo
    assert opened(photo).size == (30, 30)
    assert stray_photos(older_than=-STRAY_AFTER) == []


@pytest.mark.parametrize("state", ["left", "expected"])
def test_whoever_is_not_here_keeps_and_removes_no_photo(state):
    person = PersonFactory(**{state: True})

    with pytest.raises(PermissionDenied):
        photo_of(person)
    with pytest.raises(PermissionDenied):
        remove_photo(person=person)


def test_photo_that_is_replaced_or_removed_is_nowhere_any_more(signed_in, django_capture_on_commit_callbacks):
    person = PersonFactory()
    browser = signed_in(person)
    first = photo_of(person)
    with django_capture_on_commit_callbacks(execute=True):
        second = photo_of(person)

    assert browser.get(address(first)).status_code == 404
    assert browser.get(address(second)).status_code == 200
    assert not any(default_storage.exists(file_of(first, side)) for side in SIDES)
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(person=person)
    assert browser.get(address(second)).status_code == 404
    assert not any(default_storage.exists(file_of(second, side)) for side in SIDES)


# Who sees the photo of somebody here, and of somebody who was here.
def test_l63_l68_photo_is_for_whoever_may_see_its_person_now(client, signed_in):
    subject, colleague, head = PersonFactory(), PersonFactory(), PersonFactory(role=Role.HR)
    expected = PersonFactory(expected=True)
    photo = photo_of(subject)
    unknown = signed_in(expected).get(address("A" * 22))

    def codes():
        return [signed_in(one).get(address(photo)).status_code for one in (subject, colleague, head, expected)]

    assert codes() == [200, 200, 200, 404]
    refused = signed_in(expected).get(address(photo))
    assert (refused.status_code, re.sub(r'="[^"]{20,}"', "", refused.text)) == (404, re.sub(r'="[^"]{20,}"', "", unknown.text))
    anonymous = client.get(address(photo))
    assert (anonymous.status_code, anonymous.url.partition("?")[0]) == (302, reverse("account_login"))

    deactivate(person_ids=[subject.pk])
    assert [signed_in(one).get(address(photo)).status_code for one in (colleague, head)] == [404, 404]
    assert photo not in signed_in(head).get(subject.get_absolute_url()).text


def test_l63_photo_is_not_found_by_who_its_person_is(signed_in):
    subject = PersonFactory()
    first, second = photo_of(subject), photo_of(subject)
    other = photo_of(PersonFactory())

    assert len({first, second, other}) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", one) for one in (first, second, other))
    for guess in (subject.handle, subject.pk, f"{subject.pk:022}"):
        assert signed_in(subject).get(f"/people/photos/{guess}/96/").status_code == 404
    assert signed_in(subject).get(address(second, 97)).status_code == 404


def test_photo_is_kept_by_the_browser_of_this_person_alone(signed_in):
    subject = PersonFactory()
    browser = signed_in(subject)
    response = browser.get(address(photo_of(subject)))

    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Cookie" in response["Vary"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = browser.get(address(subject.photo), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_photo_is_kept_without_script_and_said(signed_in):
    person = PersonFactory()
    browser = signed_in(person)

    page = browser.post(reverse("people:photo_edit"), {"file": banner()}, follow=True)

    photo = Person.objects.get(pk=person.pk).photo
    assert page.redirect_chain == [(reverse("people:photo_edit"), 302)]
    assert "Your photo is kept" in page.text
    assert page.text.count(address(photo)) == 2 + 1  # the rail and the top of the page, and the page itself
    assert is_of(MIDDLE, opened(photo))
    gone = browser.post(reverse("people:photo_remove"), follow=True)
    assert "Your photo is removed" in gone.text
    assert photo not in gone.text
    assert Person.objects.get(pk=person.pk).photo is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "This field is required."),
        ({"file": lambda: SimpleUploadedFile("p.png", b"<svg>")}, "This file is not a picture that can be shown here"),
        ({"file": banner, "zoom": "0"}, "100"),
        ({"file": banner, "across": "101"}, "100"),
    ],
)
def test_photo_that_is_not_taken_says_why(signed_in, sent, said):
    person = PersonFactory()

    page = signed_in(person).post(reverse("people:photo_edit"), {name: one() if callable(one) else one for name, one in sent.items()})

    assert page.status_code == 422
    assert said in page.text
    assert Person.objects.get(pk=person.pk).photo is None


def test_photo_goes_with_its_person(django_capture_on_commit_callbacks):
    person = PersonFactory()
    photo = photo_of(person)
    deactivate(person_ids=[person.pk])
    assert default_storage.exists(file_of(photo, 48))

    with clock.moved_to(clock.now() + 32 * STRAY_AFTER), django_capture_on_commit_callbacks(execute=True):
        retention.forget("core.Person")

    assert Person.objects.get(pk=person.pk).photo is None
    assert not any(default_storage.exists(file_of(photo, side)) for side in SIDES)


def test_file_that_is_nobody_s_photo_is_swept_and_the_others_are_not():
    person = PersonFactory()
    photo = photo_of(person)
    lost = photo_of(PersonFactory())
    Person.objects.filter(photo=lost).update(photo=None)
    found = invariants.counts()
    assert (found["photos with their files"], found["files with their photos"]) == (0, 0)

    with clock.moved_to(clock.now() + 3 * STRAY_AFTER):
        assert invariants.counts()["files with their photos"] == len(SIDES)
        assert forget_stray_photos() == len(SIDES)

    assert not default_storage.exists(file_of(lost, 48))
    assert all(default_storage.exists(file_of(photo, side)) for side in SIDES)
    default_storage.delete(file_of(photo, 48))
    assert invariants.counts()["photos with their files"] == 1


def test_directory_shows_photos_in_as_many_queries_for_three_as_for_one(signed_in):
    browser = signed_in(PersonFactory())
    photo = photo_of(PersonFactory(last_name="Uhn"))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/people/", {"q": "Uhn"})
        return len(queries), page

    asked()
    one, page = asked()
    assert address(photo, 48) in page.text
    others = [photo_of(PersonFactory(last_name="Uhn")) for _number in range(2)]
    three, page = asked()
    assert [address(photo, 48) in page.text for photo in (photo, *others)] == [True] * 3
    assert three == one


def test_cards_that_are_kept_follow_the_photo_of_an_author_and_of_an_answer(signed_in, django_capture_on_commit_callbacks):
    reader, asker, answerer = PersonFactory(), PersonFactory(), PersonFactory()
    audience = AudienceFactory(members=[reader, asker, answerer])
    post = PostFactory(audience=audience, author=asker, question=True)
    accept_answer(actor=asker, comment=CommentFactory(post=post, author=answerer))
    browser = signed_in(reader)
    browser.get("/feed/")

    with django_capture_on_commit_callbacks(execute=True):
        photos = [photo_of(asker), photo_of(answerer)]
    page = browser.get("/feed/").text
    assert [one in page for one in photos] == [True, True]

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(person=asker)
        remove_photo(person=answerer)
    page = browser.get("/feed/").text
    assert [one in page for one in photos] == [False, False]


# Oneself, whose name stands nowhere beside: on the button of the menu, and where one writes.
ONESELF = {"request.user", "shell.person"}
DRAWN = re.compile(r'{% include "components/avatar.html"(?: with person=(?P<who>[\w.]+))?')


def test_face_stands_only_where_the_name_is_said():
    """Where somebody is not named, neither initials nor a photo say who it is."""
    faces = [(template, found["who"] or "person") for template in Tree().templates for found in DRAWN.finditer(template.spoken)]
    assert len(faces) > 25
    said = r"\b{0}\.(name|called)\b|_person_words.html\" with person={0} |with pieces={1}.title "
    unnamed = [
        (one.name, who)
        for one, who in faces
        if who not in ONESELF and not re.search(said.format(re.escape(who), re.escape(who.removesuffix(".thing"))), one.spoken)
    ]
    assert unnamed == []


@pytest.mark.parametrize("meanwhile", ["left", "removed", "replaced"])
def test_photo_that_was_being_drawn_is_not_given_after_what_happened_meanwhile(monkeypatch, meanwhile):
    """Drawing takes seconds: who left is given none, and what was done in another window stands."""
    person = PersonFactory()
    before = photo_of(person)
    drawn = photos.draw_anew

    def slowly(*arguments, **options):
        sizes = drawn(*arguments, **options)
        if meanwhile == "left":
            Person.objects.filter(pk=person.pk).update(state=PersonState.LEFT)
        else:
            Person.objects.filter(pk=person.pk).update(photo=None if meanwhile == "removed" else "another")
        return sizes

    monkeypatch.setattr(photos, "draw_anew", slowly)
    with pytest.raises(PermissionDenied):
        keep_photo(person=person, file=picture_file(), square=Square())

    assert Person.objects.get(pk=person.pk).photo == {"left": before, "removed": None, "replaced": "another"}[meanwhile]
