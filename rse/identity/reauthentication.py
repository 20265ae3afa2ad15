"""The guard of sensitive pages and the question that sockets ask, under the name of the room that keeps what they read."""

from rse.core.web.stepup import needs_step_up, prove, stepped_up

__all__ = ["needs_step_up", "note", "stepped_up"]


def note(sender, request, user, method, **kwargs):
    """Record in the session that a second factor was shown, when that was the method; a receiver of the library's signal."""
    if method == "mfa":
        prove(request.session, user)
