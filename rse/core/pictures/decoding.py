"""Draws an uploaded picture anew, in a process of its own that may be killed: ``python decoding.py source part side target side target…``.

``part`` is ``whole``, or a square as ``zoom,across,down`` (see ``Square``); each target gets that part, no longer than its side, the
first of which is the longest. Only pixels come out, in sRGB: no metadata, no trailing bytes, no second frame. It prints the width and
the height of each, or exits with 2 and a word that says why not. It imports nothing of this house, so that it starts at once and holds
no secret.
"""

import io
import resource
import sys
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

MEMORY = 300 * 1024 * 1024
SECONDS = 10
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MOST_PIXELS = 40_000_000
MOST_PIXELS_OF_WEBP = 14_000_000
MOST_PIXELS_OF_HEIC = 26_000_000  # what telephones make, and its decoder keeps two copies of
LONGEST_SIDE = 30_000
MOST_FRAMES = 300
DRAWN_SIDE = 2560
ROWS = 128
GREY = {"1", "L", "LA", "I;16"}
ORIENTATION = 0x0112
_Turn = Image.Transpose
TURNS = {  # what a camera says of its orientation
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}


class NotThis(Exception):
    """The picture is refused; the word says why."""


def limit() -> None:
    """Limit this process to the memory, time, files and processes that drawing one picture takes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024, 64 * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(source: str) -> Image.Image:
    """Open the picture without decoding it, once its size is known to be bearable.

    Raises:
        NotThis: the format is none of ours, or it has too many pixels or frames.

    """
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    setattr(PngImagePlugin.PngStream, "chunk_iCCP", _profile_if_any)  # noqa: B010 - in the place of a method
    with open(source, "rb") as file:  # noqa: PTH123 - no import that is not needed
        head = file.read(30)
    _check_size(*_size_of_webp(head), MOST_PIXELS_OF_WEBP)
    if head[4:8] == b"ftyp":
        _learn_heic()
    try:
        picture = Image.open(source, formats=FORMATS)
    except Exception as error:
        raise NotThis("unknown") from error
    _check_size(*picture.size, MOST_PIXELS_OF_HEIC if picture.format == "HEIF" else MOST_PIXELS)
    if getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise NotThis("frames")
    return picture


def _check_size(width: int, height: int, most: int) -> None:
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise NotThis("pixels")


def _learn_heic() -> None:
    """Teach Pillow this format, where it is needed, for its library takes room: the picture itself alone, and without threads."""
    import pi_heif  # noqa: PLC0415 - see above

    pi_heif.register_heif_opener(decode_threads=0, thumbnails=False, depth_images=False, aux_images=False)


def _profile_if_any(stream: PngImagePlugin.PngStream, at: int, length: int, _read: Any = PngImagePlugin.PngStream.chunk_iCCP) -> bytes:
    """Read the profile of a PNG; Pillow refuses the whole picture for one that is damaged or unpacks to more than a megabyte."""
    try:
        return _read(stream, at, length)
    except (ValueError, SyntaxError, IndexError):
        stream.fp.seek(at)
        return stream.fp.read(length)


def _size_of_webp(head: bytes) -> tuple[int, int]:
    """Its size from its first bytes: the decoder makes room for four copies before it can be asked."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def drawn(picture: Image.Image, side: int) -> Image.Image:
    """Return a copy no longer than ``side``, upright, in RGB or RGBA, its colours those of sRGB."""
    picture.draft("RGB", (side, side))
    orientation = picture.getexif().get(ORIENTATION, 1)
    picture.load()
    profile = picture.info.get("icc_profile")
    small = _smaller(picture, side)
    if small is not picture:
        picture.close()  # two of them would not fit
    small = _in_srgb(small, profile)
    turn = TURNS.get(orientation)
    small = small if turn is None else small.transpose(turn)
    small.info.clear()  # what remains are pixels
    return small


def _smaller(picture: Image.Image, side: int) -> Image.Image:
    """The picture within ``side``, in the colours of its profile. Worked out strip by strip: a second copy in full would not fit."""
    width, height = picture.size
    scale = max(width, height) / side
    if scale <= 1:
        return _in_eight_bits(picture)
    size = max(1, round(width / scale)), max(1, round(height / scale))
    small = Image.new(_mode_of(picture), size)
    step = height / small.height
    margin = int(3 * step) + 2  # what the filter looks at beyond the strip
    for top in range(0, small.height, ROWS):
        bottom = min(top + ROWS, small.height)
        start, end = max(0, int(top * step) - margin), min(height, int(bottom * step) + margin)
        strip = _in_eight_bits(picture.crop((0, start, width, end)))
        box = (0, top * step - start, width, min(bottom * step - start, strip.height))
        small.paste(strip.resize((small.width, bottom - top), Image.Resampling.LANCZOS, box=box), (0, top))
    return small


def _mode_of(picture: Image.Image) -> str:
    """The mode of eight bits a band that keeps the colours as its profile means them, and what shines through."""
    colours = "L" if picture.mode in GREY else "CMYK" if picture.mode == "CMYK" else "RGB"
    return f"{colours}A" if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info else colours


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    mode = _mode_of(picture)
    if picture.mode != "I;16":
        return picture if picture.mode == mode else picture.convert(mode)
    deep, clear = picture.convert("I"), picture.info.get("transparency")
    grey = deep.point([(level + 128) // 257 for level in range(1 << 16)], "L")
    if clear is not None:
        grey.putalpha(deep.point([0 if level == clear else 255 for level in range(1 << 16)], "L"))
    return grey


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in RGB or RGBA; what its profile means by its numbers is worked out, unless that profile is none."""
    clear = picture.getchannel("A") if picture.mode in {"LA", "RGBA"} else None
    colours = picture if clear is None else picture.convert(picture.mode[:-1])
    shown = _read_by(profile, colours) if profile else None
    shown = shown or colours.convert("RGB")
    if clear is not None:
        shown.putalpha(clear)
    return shown


def _read_by(profile: bytes, colours: Image.Image) -> Image.Image | None:
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(colours, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:  # noqa: BLE001 - damaged, or of other colours than the picture: as if there were none
        return None


def square_of(picture: Image.Image, part: str) -> Image.Image:
    """Return the square ``part`` of ``picture``: its shorter side by ``zoom`` percent, at ``across`` and ``down`` percent of the rest."""
    zoom, across, down = (int(word) for word in part.split(","))
    side = max(1, min(picture.size) * 100 // zoom)
    left, top = ((length - side) * place // 100 for length, place in zip(picture.size, (across, down), strict=True))
    return picture.crop((left, top, left + side, top + side))


def main(source: str, part: str, *wanted: str) -> None:
    sizes: list[int] = []
    try:
        sides, targets = [int(side) for side in wanted[::2]], wanted[1::2]
        is_whole = part == "whole"
        picture = drawn(opened(source), sides[0] if is_whole else DRAWN_SIDE)
        picture = picture if is_whole else square_of(picture, part)
        for side, target in zip(sides, targets, strict=True):
            picture.thumbnail((side, side), Image.Resampling.LANCZOS)
            picture.save(target, "WEBP", quality=82, method=2, exif=b"", icc_profile=None, xmp=b"")
            sizes += picture.size
    except NotThis:
        raise
    except MemoryError as error:
        raise NotThis("pixels") from error
    except Exception as error:  # that of HEIC says of its memory what others raise
        raise NotThis("pixels" if "Memory allocation" in str(error) else "broken") from error
    print(*sizes)  # noqa: T201 - this is the answer


if __name__ == "__main__":
    limit()
    try:
        main(*sys.argv[1:])
    except NotThis as refusal:
        print(refusal)  # noqa: T201 - this is the answer
        sys.exit(2)
