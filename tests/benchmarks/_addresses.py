"""The addresses of the product, and two floors beside them: a view that says hello, and the feed as it is written at first."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from rse.core.web.markdown import render_markdown
from rse.feed.models import Comment, Post, UsefulMark
from rse.feed.queries.feeds import SIZE, plain_feed
from rse.urls import urlpatterns as product

NAIVE = """{% extends "base.html" %}{% block content %}<h1>Feed</h1>{% for card in cards %}<article class="card">
<p><a href="{{ card.post.author.get_absolute_url }}">{{ card.post.author.name }}</a>
{{ card.post.audience.label }}, {{ card.post.published_at }}</p>
<h2><a href="{{ card.post.get_absolute_url }}">{{ card.post }}</a></h2>{{ card.text }}
<p>{{ card.comments }} comments, {{ card.useful }} useful{% if card.mine %}, mine{% endif %}</p></article>{% endfor %}{% endblock %}"""


def trivial(request):
    return HttpResponse(f"Hello, {request.user.first_name}.")


def naive(request):
    """Every post asks for what it shows, in the order in which it shows it."""
    cards = [
        {
            "post": post,
            "text": render_markdown(post.body),
            "comments": Comment.objects.visible_to(request.user).filter(post=post).count(),
            "useful": UsefulMark.objects.filter(post=post).count(),
            "mine": Post.objects.visible_to(request.user).filter(pk=post.pk, author=request.user).exists(),
        }
        for post in plain_feed(request.user)[:SIZE]
    ]
    return HttpResponse(engines["django"].from_string(NAIVE).render({"cards": cards}, request))


urlpatterns = [path("bench/trivial/", trivial), path("bench/naive/", naive), *product]
