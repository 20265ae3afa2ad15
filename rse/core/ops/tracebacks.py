"""What may be kept of an exception: its classes and where it was raised. Its words, and what frames hold, may be anybody's data."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent.parent.parent)
MOST_FRAMES = 40


def without_words(error: BaseException | None) -> tuple[list[str], list[list[str]]]:
    """Return the class of ``error`` and of each exception behind it, and for each the places it passed, the one that raised last."""
    classes, traces = [], []
    while error is not None:
        classes.append(f"{type(error).__module__}.{type(error).__qualname__}")
        traces.append(_places(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return classes, traces


def lines(error: BaseException) -> list[str]:
    """Return ``without_words`` as lines that end, as ``traceback.format_exception`` does."""
    return [f"{line}\n" for name, trace in zip(*without_words(error), strict=True) for line in [name, *trace]]


def _places(error: BaseException) -> list[str]:
    """File, line and function of each frame."""
    places, frame = [], error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        file = code.co_filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
        places.append(f"{file}:{frame.tb_lineno} in {code.co_qualname if sys.version_info >= (3, 11) else code.co_name}")
        frame = frame.tb_next
    return places[-MOST_FRAMES:]
