"""How a refused form answers: 422 with the form as it was filled in, 429 where it was tried too often."""

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
