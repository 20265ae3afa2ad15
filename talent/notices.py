"""How the notices of this room find what they are about."""

from rse.notify import wordings

from . import events, queries


def register():
    """Register the wording of the notices about lines; nothing is said of a line once its act is gone."""
    for event in (events.LineAdded, events.LineProposed):
        wordings.register(event.event_name(), told=told_of_lines)


def told_of_lines(ids, person):
    """Return what the notices of these lines say, by id, for the person whose lines still stand."""
    return {
        line.pk: {"thing": line, "title": line.get_kind_display(), "address": line.get_absolute_url()}
        for line in queries.standing_lines(person, ids)
    }
