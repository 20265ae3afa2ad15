"""The topics of this room: ``job.<public id>`` and ``application.<public id>``, each for whoever reads that row."""

from rse.notify import topics

from .models import Application, Opening


def register():
    """Let pages watch openings and applications. Nothing that happens to an application is ever said on the topic of its opening."""
    topics.register_rows("job", Opening)
    topics.register_rows("application", Application)
