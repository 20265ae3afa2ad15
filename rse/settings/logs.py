"""How logs are written: one line each, as JSON or for a person at a console, with the id of the request they belong to."""

import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from rse.core.ops import tracebacks


def without_words(logger: Any, method: str, event: EventDict) -> EventDict:
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
    event["exception_class"], event["trace"] = tracebacks.without_words(error)
    return event


BEFORE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_words,
]
# One list, whoever configures again: a logger that was used before keeps it.
PROCESSORS: list[Processor] = [*BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]


def logging_for(*, level: str, shape: str) -> dict[str, Any]:
    """Return the LOGGING setting, and configure structlog; control characters in a value are escaped in either shape."""
    renderer = structlog.processors.JSONRenderer() if shape == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=PROCESSORS,
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
