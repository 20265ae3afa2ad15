"""What the tests of pages share."""

from django.urls import reverse


def of(name, row):
    return reverse(name, args=[row.public_id])


def read_by(browser, row, page="decide"):
    """What the form of a decision, or that of the next step, says was read."""
    context = browser.get(of(f"applications:{page}", row)).context
    return context["form" if page == "decide" else "step_form"]["version"].value()
