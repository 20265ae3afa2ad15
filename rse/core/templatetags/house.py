"""Tags that every template of the house has."""

from django import template
from django.apps import apps
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..access import who_sees as seen
from ..days import date_filter, is_over, last_day
from ..elision import of
from ..people import handles
from ..web import drafts, slots
from ..web.typed_text import TYPED_BY

register = template.Library()
register.filter("date", date_filter)
register.filter("last_day", last_day)
register.filter("is_over", is_over)
register.filter("of", of)


@register.simple_tag(takes_context=True)
def slot(context, name, **page):
    """Render the blocks that upper rooms put in this place, for this reader; ``page`` is passed to each of them.

    A page that is seen through other eyes names them as ``reader``.
    """
    request = context["request"]
    reader = page.pop("reader", None) or getattr(request, "user", None)
    if reader is None or not (reader.is_authenticated or name in slots.SIGNED_OUT):
        return ""
    pieces = []
    for block in slots.blocks(name):
        filled = block.fill(reader, page)
        if filled is not None:
            pieces.append(render_to_string(block.template, {**page, **filled}, request=request))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is a rendered template


@register.simple_tag(takes_context=True)
def csrf_token(context):
    """Write the token of a form as Django does, and whose drafts this browser keeps, by which a refusal knows who typed."""
    token, request = CsrfTokenNode().render(context), context.get("request")
    if request is None or not request.user.is_authenticated:
        return token
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, TYPED_BY, drafts.name_of(request))


@register.filter
def present_names(text):
    """Replace each handle in plain words by the name it stands for today; applied before any filter that cuts or draws the words."""
    return handles.held(str(text or ""))


@register.filter
def beside(words, more):
    """Return two facts side by side, or the one that there is."""
    return " · ".join(str(one) for one in (words, more) if one)


@register.simple_tag(takes_context=True)
def draft_of(context, form, *things):
    """Return the attributes by which the browser keeps what is typed: for this person, the form ``form`` and the rows ``things``.

    The first thing is the place: a row that says who reads it. Where that row is lost or closed, the kept text is erased.

    Raises:
        TypeError: there is no place.

    """
    person = context.request.user
    if not things or not drafts.is_a_place(things[0]):
        raise TypeError(f"the draft of {form} belongs to no place")
    return format_html('data-keep="{}" data-place="{}"', drafts.key_of(person, form, things), drafts.place_of(person, things[0]))


@register.simple_tag(takes_context=True)
def place_of(context, row):
    """Return the sealed reference to ``row`` for a choice of places."""
    return drafts.place_of(context.request.user, row)


@register.simple_tag
def who_sees(thing, *, field="", count=None, url="", later=None, when="", **columns):
    """Render "Who will see this?", in the words of the readers that the model declares.

    ``thing`` is a row, or the label of a model (``app.Model``) whose row will have these ``columns`` and defaults elsewhere; ``field``
    is one that fewer read than the row. ``later`` is
    a column and its value, ``state=published``: who else reads it then is said too, after ``when``. It says the same to everybody.
    """
    row = apps.get_model(thing)(**columns) if isinstance(thing, str) else thing
    model, now = type(row), seen.who_reads(row, field)
    never = seen.who_never_reads(row, field)
    said = {"sentence": seen.in_words(now, model), "never": seen.in_words(never, model) if never else ""}
    if later:
        column, _equals, value = later.partition("=")
        then = model(
            **{field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            | {column: model._meta.get_field(column).to_python(value)}
        )
        more = [part for part in seen.who_reads(then, field) if part not in now]
        said["more"] = seen.in_words(more, model) if more else ""
    return render_to_string("components/who_sees.html", said | {"count": count, "url": url, "when": when})
