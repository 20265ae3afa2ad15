"""Which shape an answer takes."""


def is_swap(request):
    """Return whether htmx asked for a piece of the page it stands on, rather than a page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
