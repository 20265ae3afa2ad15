"""The page of the company: name, colour and logo, changed by administrators and shown to everybody."""

import io
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from rse.core import clock
from rse.core.enums import Accent, Role
from rse.core.models import Installation, RecordedEvent
from rse.core.ops.company import (
    STRAY_AFTER,
    describe_company,
    file_of,
    forget_stray_logos,
    keep_logo,
    logos_without_files,
    remove_logo,
    stray_logos,
)
from rse.core.pictures.drawing import BadPicture
from rse.core.versions import EditedMeanwhile
from rse.core.web.stepup import KEY as PROOF
from tests.architecture.tree import HOUSE
from tests.factories import PersonFactory
from tests.factories.feed import picture_file
from tests.factories.photos import logo_of_the_company

pytestmark = pytest.mark.django_db
PAGE = "/company/"


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(settings):
    settings.STORAGES = dict(settings.STORAGES)


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR, language="en")


def drawing():
    """A picture with a place, whose ground shows through."""
    picture, stream = Image.new("RGBA", (800, 200), (0, 0, 0, 0)), io.BytesIO()
    exif = picture.getexif()
    exif[0x010E] = "who took it"
    picture.save(stream, "PNG", exif=exif)
    return SimpleUploadedFile("logo.png", stream.getvalue())


def test_name_and_colour_are_kept(administrator):
    describe_company(by=administrator, name="Fonderies", accent=Accent.BLUE, version=1)
    row = Installation.objects.get()
    assert (row.company, row.accent, row.version, row.is_demo) == ("Fonderies", "blue", 2, False)
    assert RecordedEvent.objects.get().facets["actor_id"] == administrator.pk


def test_nobody_else_changes_them():
    for act in (
        lambda by: describe_company(by=by, name="A", accent="blue", version=1),
        lambda by: keep_logo(by=by, file=picture_file()),
        lambda by: remove_logo(by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(PersonFactory(role=Role.HR_HEAD))
    assert not Installation.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_second_of_two_is_told(administrator, signed_in):
    describe_company(by=administrator, name="Fonderies", accent="blue", version=1)
    with pytest.raises(EditedMeanwhile):
        describe_company(by=administrator, name="Forges", accent="plum", version=1)
    cache.clear()
    answer = signed_in(administrator).post(PAGE, {"its_name": "Forges", "accent": "plum", "version": 1})
    assert (answer.status_code, "Fonderies" in answer.text, 'value="Forges"' in answer.text) == (409, True, True)
    assert Installation.objects.get().company == "Fonderies"


def test_logo_is_drawn_anew_and_the_one_before_is_erased(administrator, django_capture_on_commit_callbacks):
    first = logo_of_the_company(file=drawing())
    with default_storage.open(file_of(first)) as file:
        kept = Image.open(io.BytesIO(file.read()))
        assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (512, 128), {})
        assert kept.convert("RGBA").getpixel((5, 5))[3] == 0
    with django_capture_on_commit_callbacks(execute=True):
        second = logo_of_the_company()
    assert not default_storage.exists(file_of(first))
    assert default_storage.exists(file_of(second))
    with django_capture_on_commit_callbacks(execute=True):
        remove_logo(by=administrator)
    assert (Installation.objects.get().logo, default_storage.exists(file_of(second))) == ("", False)


def test_what_is_no_picture_is_refused_and_leaves_no_trace(administrator):
    with pytest.raises(BadPicture):
        keep_logo(by=administrator, file=SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    assert not Installation.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_files_that_are_not_the_logo_are_erased_after_a_day():
    logo = logo_of_the_company()
    Installation.objects.update(logo="")
    assert logos_without_files() == 0
    assert forget_stray_logos() == 0
    with clock.moved_to(clock.now() + 3 * STRAY_AFTER):
        assert stray_logos() == [file_of(logo)]
        assert forget_stray_logos() == 1
    Installation.objects.update(logo=logo)
    assert logos_without_files() == 1


def test_pages_show_logo_and_colour_before_sign_in_too(client, signed_in, administrator):
    describe_company(by=administrator, name="Fonderies d’Anjou", accent="plum", version=1)
    logo = logo_of_the_company()
    for page in (client.get("/account/login/"), signed_in(PersonFactory()).get("/")):
        assert f'<img class="brand-logo" src="/company/logo/{logo}/" alt="Fonderies d’Anjou">' in page.text
        assert '<html lang="' in page.text
        assert 'data-accent="plum">' in page.text
    served = client.get(f"/company/logo/{logo}/")
    assert (served.status_code, served["Content-Type"]) == (200, "image/webp")
    served.close()
    assert client.get("/company/logo/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_page_keeps_what_was_typed(signed_in, administrator, django_capture_on_commit_callbacks):
    browser = signed_in(administrator)
    wrong = browser.post(PAGE, {"its_name": "Fonderies", "accent": "neon", "version": 1})
    assert (wrong.status_code, 'value="Fonderies"' in wrong.text) == (422, True)
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(PAGE, {"its_name": "Fonderies", "accent": "slate", "version": 1}).status_code == 302
        assert browser.post(f"{PAGE}logo/", {"file": picture_file()}).status_code == 302
    shown = browser.get(PAGE).text
    assert 'data-accent="slate"' in shown
    assert shown.count('class="brand-logo"') == 3
    refused = browser.post(f"{PAGE}logo/", {"file": SimpleUploadedFile("a.txt", b"words")})
    assert (refused.status_code, "error-summary" in refused.text) == (422, True)
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{PAGE}logo/remove/").status_code == 302
    assert browser.get(PAGE).text.count('class="brand-logo"') == 0


def test_code_of_long_ago_changes_nothing(signed_in, administrator):
    browser = signed_in(administrator)
    session = browser.session
    session[PROOF] = {**session[PROOF], "at": session[PROOF]["at"] - 16 * 60}
    session.save()
    assert browser.get(PAGE).status_code == 302
    for address in (PAGE, f"{PAGE}logo/", f"{PAGE}logo/remove/"):
        assert browser.post(address, {"its_name": "A", "accent": "blue", "version": 1}).status_code == 403
    assert not Installation.objects.exists()
    assert reverse("company:edit") == PAGE


# Colours


CSS = (HOUSE / "rse/static/css/maillage.css").read_text(encoding="utf-8")


def colours(block):
    """``{name: (light, dark)}`` of the variables that ``block`` gives a colour."""
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", block)}


def contrast(one, other):
    """The ratio of WCAG 2 between two colours."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", Accent.values)
def test_every_colour_can_be_read_in_light_and_in_dark(accent):
    tokens = colours(CSS.partition(":root {")[2].partition("--tone:")[0])
    block = re.search(rf':root\[data-accent="{accent}"\] {{(.*?)}}', CSS, re.DOTALL)
    own = {name: pair for name, pair in tokens.items() if name.partition("-")[0] == accent}
    mine = colours(block[1]) if block else {}
    shades = {part: mine.get(f"accent{part}") or own[f"{accent}{part}"] for part in ("", "-deep", "-soft", "-ink")}
    for mode in (0, 1):
        shade = {part: pair[mode] for part, pair in shades.items()}
        grounds = [tokens[ground][mode] for ground in ("paper", "surface", "raised", "sunken")]
        pairs = [*((text, ground) for text in (shade[""], shade["-ink"]) for ground in [*grounds, shade["-soft"]])]
        pairs += [(tokens["on-strong"][mode], shade[part]) for part in ("", "-deep")]
        assert [(one, other) for one, other in pairs if contrast(one, other) < 4.5] == []
