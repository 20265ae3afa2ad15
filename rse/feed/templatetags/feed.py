"""Tags of the feed."""

from django import template
from django.utils.safestring import mark_safe

from ..card_rendering import cards_for, words_for
from ..mentions import title_of
from ..models import Comment, Picture, Post
from ..timesince import ago as words_of_time

register = template.Library()
register.filter("ago", words_of_time)
register.filter("title_of", title_of)


@register.simple_tag(takes_context=True)
def feed_cards(context, posts):
    """Render the cards of ``posts`` for the person who reads this page."""
    return mark_safe("".join(cards_for(context["request"], posts)))  # noqa: S308 - each is a rendered template


@register.simple_tag(takes_context=True)
def words_of(context, thing):
    """Return the title and the text of a post or a comment, for whoever reads it outside of its place."""
    title, words = words_for(context["request"].user, [thing])[0]
    return {"title": title, "words": words}


@register.simple_tag(takes_context=True)
def pictures_of(context, thing):
    """Return the pictures of a post or a comment that this reader may open."""
    column = {Post: "post", Comment: "comment"}[type(thing)]
    return list(Picture.objects.visible_to(context["request"].user).filter(**{column: thing}).order_by("place", "pk"))
