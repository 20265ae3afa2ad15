"""How the notices of this room find what they are about."""

from rse.notify import wordings

from . import events, queries


def register():
    """Word what is said of lines: nothing any more once what a line stands on is gone."""
    for event in (events.LineAdded, events.LineProposed):
        wordings.register(event.event_name(), told=told_of_lines)


def told_of_lines(ids, person):
    """Their person is told of the lines that stand."""
    return {
        line.pk: {"thing": line, "title": line.get_kind_display(), "address": line.get_absolute_url()}
        for line in queries.standing_lines(person, ids)
    }
