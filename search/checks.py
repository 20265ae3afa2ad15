"""What this room tells of the installation to ``manage.py doctor``."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.models import Person
from rse.core.ops import doctor
from rse.core.ops.doctor import Finding, look, well

from .engines import engine


def register_all() -> None:
    doctor.register("search", gettext_lazy("Search index"), index, needs_tables=True)


def index() -> Finding:
    """Check whether people who are here are in the index at all; whether it is right to the letter is asked by ``check_invariants``."""
    if Person.objects.present().exists() and "person" not in engine().kinds():
        return look(_("The search index is empty: nobody is found."), _("Run manage.py rebuild_search."))
    return well(_("The search index holds what there is to find."))
