"""Draws an uploaded picture anew, in a process of its own that may be killed: ``python image_decoding.py source picture small``.

Only pixels come out: no metadata, no trailing bytes, no second frame. It prints the four sizes, or exits with 2 and a word that says why
not. It imports nothing of this house, so that it starts at once and holds no secret.
"""

import resource
import sys

from PIL import Image

MEMORY = 300 * 1024 * 1024
SECONDS = 10
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000
MOST_PIXELS_OF_WEBP = 14_000_000
LONGEST_SIDE = 30_000
MOST_FRAMES = 300
LARGE, SMALL = 2560, 960
ROWS = 128
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
    _check_size(*_size_of_webp(source), MOST_PIXELS_OF_WEBP)
    try:
        picture = Image.open(source, formats=FORMATS)
    except Exception as error:
        raise NotThis("unknown") from error
    _check_size(*picture.size, MOST_PIXELS)
    if getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise NotThis("frames")
    return picture


def _check_size(width: int, height: int, most: int) -> None:
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise NotThis("pixels")


def _size_of_webp(source: str) -> tuple[int, int]:
    """Its size from its first bytes: the decoder makes room for four copies before it can be asked."""
    with open(source, "rb") as file:  # noqa: PTH123 - no import that is not needed
        head = file.read(30)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def drawn(picture: Image.Image, side: int) -> Image.Image:
    """Return a copy no longer than ``side``, upright, in RGB or RGBA."""
    picture.draft("RGB", (side, side))
    orientation = picture.getexif().get(ORIENTATION, 1)
    mode = "RGBA" if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info else "RGB"
    picture.load()
    small = _smaller(picture, side, mode)
    if small is not picture:
        picture.close()  # two of them would not fit
    turn = TURNS.get(orientation)
    small = small if turn is None else small.transpose(turn)
    small.info.clear()  # what remains are pixels
    return small


def _smaller(picture: Image.Image, side: int, mode: str) -> Image.Image:
    """The picture in ``mode``, no longer than ``side``; worked out strip by strip, for a second copy in full would not fit."""
    width, height = picture.size
    scale = max(width, height) / side
    if scale <= 1:
        return picture if picture.mode == mode else picture.convert(mode)
    small = Image.new(mode, (max(1, round(width / scale)), max(1, round(height / scale))))
    step = height / small.height
    margin = int(3 * step) + 2  # what the filter looks at beyond the strip
    for top in range(0, small.height, ROWS):
        bottom = min(top + ROWS, small.height)
        start, end = max(0, int(top * step) - margin), min(height, int(bottom * step) + margin)
        strip = picture.crop((0, start, width, end)).convert(mode)
        box = (0, top * step - start, width, min(bottom * step - start, strip.height))
        small.paste(strip.resize((small.width, bottom - top), Image.Resampling.LANCZOS, box=box), (0, top))
    return small


def main(source: str, large: str, small: str) -> None:
    try:
        picture = drawn(opened(source), LARGE)
        preview = picture.copy()
        preview.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
        for one, target in ((picture, large), (preview, small)):
            one.save(target, "WEBP", quality=82, method=2, exif=b"", icc_profile=None, xmp=b"")
    except NotThis:
        raise
    except MemoryError as error:
        raise NotThis("pixels") from error
    except Exception as error:
        raise NotThis("broken") from error
    print(*picture.size, *preview.size)  # noqa: T201 - this is the answer


if __name__ == "__main__":
    limit()
    try:
        main(*sys.argv[1:4])
    except NotThis as refusal:
        print(refusal)  # noqa: T201 - this is the answer
        sys.exit(2)
