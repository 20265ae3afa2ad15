"""How a refused form answers: 422 with the form as it was filled in, 429 where it was tried too often; and why somebody waits."""

from django.utils.translation import gettext as _

from rse.core.days import date_format

from ..attempts import wait_of


class RefusedForm:
    """For views of the sign-in library, which answer 200 whatever happens."""

    def form_invalid(self, form):
        return refused(self, form, form=form)


def refused(view, form, /, **context):
    """Render the page of ``view`` again, with what is wrong in ``form``: 422, or 429 after too many attempts, with the wait."""
    wait = wait_of(form)
    response = view.render_to_response(view.get_context_data(**context), status=429 if wait else 422)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def too_early(person, early):
    """Return why nobody is let in as ``person`` yet, in words."""
    if early.day is None:
        return _("%(name)s is expected, but no first day is known: an invitation can go out once the file of HR says when.") % {
            "name": person.name
        }
    return _("%(name)s is expected on %(first)s and can be invited from %(day)s, fifteen days before.") % {
        "name": person.name,
        "first": date_format(person.hired_on),
        "day": date_format(early.day),
    }
