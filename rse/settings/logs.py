"""How logs are written: one line each, as JSON or for a person at a console, with the id of the request they belong to."""

import sys
from pathlib import Path

import structlog

ROOT = str(Path(__file__).resolve().parent.parent.parent)
MOST_FRAMES = 40


def without_words(logger, method, event):
    """Replace an exception by its classes and by where it was raised: its words, and what frames hold, may be anybody's data.

    What a library says beside an exception repeats its words, so the name of that logger stands for it.
    """
    raised = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = (
        raised if isinstance(raised, BaseException) else raised[1] if isinstance(raised, tuple) else sys.exc_info()[1] if raised else None
    )
    if error is None:
        return event
    if event.get("_from_structlog") is False:
        event["event"] = f"exception in {event['_record'].name}"
    event["exception_class"], event["trace"] = [], []
    while error is not None:
        event["exception_class"].append(f"{type(error).__module__}.{type(error).__qualname__}")
        event["trace"].append(_places(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return event


def _places(error):
    """File, line and function of each frame, the one that raised last."""
    places, frame = [], error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        file = code.co_filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
        places.append(f"{file}:{frame.tb_lineno} in {code.co_qualname if sys.version_info >= (3, 11) else code.co_name}")
        frame = frame.tb_next
    return places[-MOST_FRAMES:]


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_words,
]


def logging_for(*, level, shape):
    """The LOGGING setting; control characters in a value are escaped in either shape."""
    renderer = structlog.processors.JSONRenderer() if shape == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
                "foreign_pre_chain": BEFORE,
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            # The request log of ours says the same in one line, without the address that was asked.
            "django.request": {"level": "CRITICAL"},
            "daphne": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},  # it would name each page that is written
        },
    }
