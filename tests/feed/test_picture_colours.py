"""Pictures look as whoever made them saw them: their depth, their colour profile, and the format of telephones."""

import io
import struct
import zlib

import pillow_heif
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rse.feed import services
from tests.factories import PersonFactory, colour_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.once]

pillow_heif.register_heif_opener()


def kept(content):
    """The picture that is shown once ``content`` was sent."""
    picture = services.upload_picture(owner=PersonFactory(), file=SimpleUploadedFile("p", content))
    with default_storage.open(picture.stored) as stored:
        shown = Image.open(io.BytesIO(stored.read()))
    shown.load()
    return shown


def encoded(picture, kind, **options):
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def plain(mode, colour, kind, size=(40, 30), **options):
    return encoded(Image.new(mode, size, colour), kind, **options)


def colour_of(picture, place=(5, 5)):
    return picture.convert("RGB").getpixel(place)


def near(one, other, by=5):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def deep_grey(*levels, side=16, clear=None):
    """A real PNG of sixteen bits: one square for each level, and what is clear in it."""
    width = side * len(levels)
    row = b"\0" + b"".join(struct.pack(">H", level) * side for level in levels)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, side, 16, 0, 0, 0, 0)), (b"IDAT", zlib.compress(row * side)), (b"IEND", b"")]
    if clear is not None:
        chunks.insert(1, (b"tRNS", struct.pack(">H", clear)))
    packed = [struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize("side", [16, 1000])
def test_sixteen_bits_of_grey_keep_their_levels(side):
    levels = (0, 300, 16448, 32896, 65535)

    shown = kept(deep_grey(*levels, side=side))

    step = shown.width / len(levels)
    for place, level in enumerate(levels):
        assert near(colour_of(shown, (int((place + 0.5) * step), shown.height // 2)), (level // 257,) * 3, by=3)


def test_sixteen_bits_of_grey_keep_what_shines_through():
    shown = kept(deep_grey(32896, 32900, clear=32900))

    assert [shown.getpixel(place)[3] for place in ((8, 8), (24, 8))] == [255, 0]
    assert near(shown.getpixel((4, 8))[:3], (128, 128, 128))


ADOBE, P3 = colour_profiles.of_screen(colour_profiles.ADOBE), colour_profiles.of_screen(colour_profiles.DISPLAY_P3)


@pytest.mark.parametrize("size", [(40, 30), (3000, 20)])
@pytest.mark.parametrize(
    ("mode", "kind", "sent", "profile", "meant"),
    [
        ("RGB", "JPEG", (100, 200, 100), ADOBE, ADOBE_GREEN := (0, 201, 92)),
        ("RGB", "PNG", (100, 200, 100), ADOBE, ADOBE_GREEN),
        ("RGB", "WEBP", (100, 200, 100), ADOBE, ADOBE_GREEN),
        ("RGBA", "PNG", (100, 200, 100, 255), ADOBE, ADOBE_GREEN),
        ("RGB", "HEIF", (100, 200, 100), ADOBE, ADOBE_GREEN),
        ("RGB", "JPEG", (200, 100, 100), P3, (216, 93, 97)),
        ("RGB", "HEIF", (200, 100, 100), P3, (216, 93, 97)),
        ("L", "JPEG", 64, colour_profiles.of_grey(1), (137, 137, 137)),
        ("LA", "PNG", (64, 255), colour_profiles.of_grey(1), (137, 137, 137)),
        ("CMYK", "JPEG", (255, 0, 0, 0), colour_profiles.of_print(), (0, 154, 221)),
        ("CMYK", "JPEG", (255, 0, 0, 0), None, (0, 255, 255)),
        ("CMYK", "JPEG", (0, 0, 0, 255), None, (0, 0, 0)),
    ],
)
def test_colours_are_those_that_the_profile_means(mode, kind, sent, profile, meant, size):
    shown = kept(plain(mode, sent, kind, size, **({"icc_profile": profile} if profile else {})))

    assert near(colour_of(shown), meant)
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(
    "profile",
    [
        b"not a profile",
        ADOBE[:200],
        ADOBE[:128] + b"\xff" * 400,
        colour_profiles.of_grey(1),
        colour_profiles.of_print(),
        ADOBE + b"\0" * 3_000_000,
    ],
    ids=["words", "cut short", "of a broken table", "of greys", "of inks", "of three megabytes"],
)
def test_a_profile_that_is_none_is_as_if_there_were_none(kind, profile):
    is_read = len(profile) > 1_000_000 and kind != "PNG"  # a long one is one, but in a PNG it is not unpacked

    meant = (0, 201, 92) if is_read else (100, 200, 100)
    assert near(colour_of(kept(plain("RGB", (100, 200, 100), kind, icc_profile=profile))), meant)


def test_a_profile_that_a_png_packs_in_an_unknown_way_is_as_if_there_were_none():
    content = plain("RGB", (100, 200, 100), "PNG", icc_profile=ADOBE)
    start = content.index(b"iCCP")
    end = start + 4 + struct.unpack(">I", content[start - 4 : start])[0]
    chunk = content[start:end].replace(b"\0\0", b"\0\7", 1)  # how it is packed, after its name

    shown = kept(content[:start] + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[end + 4 :])

    assert near(colour_of(shown), (100, 200, 100))


def test_heic_is_drawn_upright_and_its_metadata_is_gone():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Le domicile de Camille"
    sent = Image.new("RGB", (64, 48), "teal")
    sent.paste("red", (0, 0, 16, 48))
    content = encoded(sent, "HEIF", exif=exif.tobytes(), xmp=b"<x>Camille</x>", quality=90)
    assert b"Camille" in content

    picture = services.upload_picture(owner=PersonFactory(), file=SimpleUploadedFile("IMG_0001.HEIC", content))

    with default_storage.open(picture.stored) as stored:
        drawn = stored.read()
    shown = Image.open(io.BytesIO(drawn))
    assert shown.size == (picture.width, picture.height) == (48, 64)
    assert near(colour_of(shown, (24, 4)), (255, 0, 0), by=25)
    assert near(colour_of(shown, (24, 60)), (0, 128, 128), by=25)
    assert b"Camille" not in drawn
    assert not dict(shown.getexif())


@pytest.mark.parametrize(("size", "tile"), [((5712, 4284), 512), ((5888, 4415), 0)], ids=["in tiles", "in one piece"])
def test_heic_of_a_telephone_is_taken_and_made_smaller(size, tile):
    sent = Image.effect_noise((357, 268), 60).resize(size).convert("RGB")
    sent.paste("teal", (0, 0, 512, 512))

    shown = kept(encoded(sent, "HEIF", tile_size=tile, enc_params={"preset": "ultrafast"}))

    assert shown.size == (2560, 1920)
    assert near(colour_of(shown), (0, 128, 128))


def heic_that_says(width, height):
    """A real HEIC, with another size in its head."""
    content = plain("RGB", "teal", "HEIF", (64, 64))
    place = content.index(b"ispe") + 8
    return content[:place] + struct.pack(">II", width, height) + content[place + 8 :]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: heic_that_says(5200, 5001), "pixels"),
        (lambda: heic_that_says(65500, 65500), "pixels"),
        (lambda: heic_that_says(30_001, 1), "pixels"),
        (lambda: heic_that_says(5000, 5000), "broken"),
        (lambda: plain("RGBA", "teal", "HEIF", (5712, 4480), enc_params={"preset": "ultrafast"}), "pixels"),
        (lambda: plain("RGB", "teal", "HEIF", (640, 480))[:-200], "broken"),
        (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 500, "unknown"),
        (lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 500, "unknown"),
        (lambda: plain("RGB", "teal", "AVIF"), "unknown"),
    ],
    ids=["26 million", "4 billion", "long", "lies", "clear", "cut short", "empty", "film", "avif"],
)
def test_heic_that_is_too_large_or_damaged_is_refused(content, reason):
    file = SimpleUploadedFile("p.heic", content())  # drawn before a transaction is begun, which a database does not keep waiting
    with pytest.raises(services.BadPicture) as refused:
        services.upload_picture(owner=PersonFactory(), file=file)

    assert refused.value.reason == reason


def test_what_a_picture_is_stands_in_its_bytes_not_in_its_name():
    assert kept(plain("RGB", "teal", "HEIF")).size == (40, 30)  # named like nothing at all
