from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rse.governance.queries import acceptance_of, current_charter
from rse.governance.rules import can_report

from .. import queries, rules


@require_safe
def handbook_index(request):
    """Render the sections of the handbook, each with its pages."""
    context = {
        "sections": [
            {"page": section.page, "words": section.page.heading(), "pages": [(page, page.heading()) for page in section.pages]}
            for section in queries.sections_for(request.user)
        ],
        "may_edit": rules.can_open_cms(request.user),
        "may_name": rules.can_name_editors(request.user),
    }
    return render(request, "handbook/handbook_index.html", context)


@require_safe
def handbook_page(request, slug):
    """Render one page in the language of its reader, as it was last published."""
    page = queries.page_at(request.user, slug)
    if page is None:
        raise Http404
    return render_page(request, page)


def render_page(request, page, *, is_preview=False):
    """Render ``page`` as its readers see it; a preview is nothing to edit or to report, and what it links to opens beside it."""
    words, around = page.words(), [(one, one.heading()) for one in queries.beside(request.user, page)]
    context = {
        "page": page,
        "words": words,
        "prose": queries.text_for(request.user, page, words),
        "section": None if page.is_section else next((_link(one, said) for one, said in around if one.is_section), None),
        "beside": [] if page.is_section or len(around) < 3 else around,
        "pages_below": [(one, said) for one, said in around if not one.is_section] if page.is_section else [],
        "next_page": _after(page, around),
        "may_edit": not is_preview and rules.can_edit_page(request.user, page),
        "is_published": is_preview or page.is_published,
        "is_preview": is_preview,
        "may_report": not is_preview and can_report(request.user, "page", page),
    }
    if page.is_charter:
        charter = current_charter()
        context |= {"charter": charter, "acceptance": acceptance_of(request.user, charter)}
    return render(request, "handbook/handbook_page.html", context)


def _link(page, heading):
    return {"url": page.get_absolute_url(), "title": heading.title}


def _after(page, around):
    """The page that follows in the section."""
    places = [one.pk for one, _said in around]
    if page.pk not in places or page.pk == places[-1]:
        return None
    return _link(*around[places.index(page.pk) + 1])
