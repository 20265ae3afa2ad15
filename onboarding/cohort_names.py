"""What a cohort is called: a month and a site, said as each language says them."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

OF_MONTHS = (
    pgettext_lazy("cohort", "of January"),
    pgettext_lazy("cohort", "of February"),
    pgettext_lazy("cohort", "of March"),
    pgettext_lazy("cohort", "of April"),
    pgettext_lazy("cohort", "of May"),
    pgettext_lazy("cohort", "of June"),
    pgettext_lazy("cohort", "of July"),
    pgettext_lazy("cohort", "of August"),
    pgettext_lazy("cohort", "of September"),
    pgettext_lazy("cohort", "of October"),
    pgettext_lazy("cohort", "of November"),
    pgettext_lazy("cohort", "of December"),
)


def cohort_name(month, site, *, language=None):
    """Return the name of the cohort of that month at that site, in ``language`` or the active language."""
    with translation.override(language or translation.get_language()):
        said = {"of_month": OF_MONTHS[month.month - 1], "year": month.year, "site": site}
        return _("Cohort %(of_month)s %(year)s, %(site)s") % said
