"""Tags of the feed."""

from django import template
from django.utils.safestring import mark_safe

from ..ago import ago as words_for
from ..cards import PLACES, cards_for, prose
from ..models import Comment, Picture, Post

register = template.Library()
register.filter("ago", words_for)


@register.simple_tag(takes_context=True)
def feed_cards(context, posts):
    """The cards of ``posts`` for the person who reads this page."""
    return mark_safe("".join(cards_for(context["request"], posts)))  # noqa: S308 - each is a rendered template


@register.simple_tag(takes_context=True)
def words_of(context, thing):
    """The text of a post or a comment, with names that lead nowhere: for who reads it outside of its place."""
    return mark_safe(PLACES.sub(lambda match: match[1], prose(thing.body)))  # noqa: S308 - sanitised


@register.simple_tag(takes_context=True)
def pictures_of(context, thing):
    """The pictures of a post or a comment that this reader may open."""
    column = {Post: "post", Comment: "comment"}[type(thing)]
    return list(Picture.objects.visible_to(context["request"].user).filter(**{column: thing}).order_by("place", "pk"))
