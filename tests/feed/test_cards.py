"""Cards: drawn once for everybody, filled in for each reader, and safe whatever was typed."""

import html
import re

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from rse.feed import services
from rse.feed.card_rendering import beginning, cards_for, key_of, prose
from rse.feed.models import Post
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](http://evil.example/track.png)",
    '[x](http://a.example "onmouseover=alert(1) b>c @someone")',
    '[x](http://a.example/"onclick="alert(1))',
    "<a href='http://a' style='position:fixed'>x</a>",
    "<form action=//evil><input name=q>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
    "`<script>` and ```<script>alert(1)</script>```",
    "<!--><script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7|add:7 }} {% debug %}",
    '@<b>x</b> @"onmouseover=alert(1) ',
    "<details open ontoggle=alert(1)>",
    "| a |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "<base href=//evil>",
    "# <script>alert(1)</script>",
    "<p hx-get='/people/' hx-trigger='load'>x</p>",
    "<p data-live='user.1'>x</p>",
]
ALLOWED = re.compile(r"</?(p|br|hr|h[1-6]|blockquote|pre|code|ul|ol|li|strong|em|s|a|table|thead|tbody|tr|th|td)\b[^>]*>")


def request_of(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


def card_of(person, post):
    return cards_for(request_of(person), Post.objects.with_card().filter(pk=post.pk))[0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_l77_l78_markup_of_a_text_comes_out_as_words(payload):
    drawn = str(prose(payload)).replace("\x02", "")

    rest = ALLOWED.sub("", drawn)
    assert "<" not in rest, drawn
    for tag in ALLOWED.finditer(drawn):
        assert not re.search(r"\s(on\w+|style|hx-|data-|src)\s*=", re.sub(r'"[^"]*"', '""', tag[0])), tag[0]
        href = re.search(r'href="([^"]*)"', tag[0])
        assert not href or re.match(r"(https?://|mailto:|/(?!/)|#)", html.unescape(href[1])), tag[0]


def test_l79_a_second_pass_changes_nothing():
    from rse.core.web.markdown import sanitise

    for payload in PAYLOADS:
        drawn = str(prose(payload)).replace("\x02", "")
        assert sanitise(drawn) == drawn


@pytest.mark.parametrize("payload", PAYLOADS)
def test_l77_titles_names_and_labels_are_escaped(payload):
    author = PersonFactory(first_name=payload[:80].replace("\n", " "), title=payload[:100])
    audience = AudienceFactory(label=payload[:100], members=[author])
    post = PostFactory(author=author, audience=audience, title=payload[:100].replace("\n", " "), body=payload)

    card = card_of(author, post)

    words = re.sub(r'<svg [^>]*class="icon[^>]*>', "", card)  # our own drawings
    for bad in ("<script", "<img", "<svg", "<iframe", "<base", "<math", "<details open", "<b>", "{{"):
        assert bad not in (words if bad != "{{" else words.replace("{{ 7|add:7 }}", "")), bad


def test_mentions_lead_to_profiles_this_reader_may_open():
    audience = AudienceFactory(kind="cohort")
    author, newcomer = joined(audience, PersonFactory()), joined(audience, PersonFactory(expected=True, first_name="Awa", last_name="Diop"))
    post = PostFactory(author=author, audience=audience, body=f"Bienvenue @{newcomer.handle}, et `@{author.handle}` en code, @nobody")
    handler = PersonFactory()

    inside, outside = card_of(author, post), card_of(handler, post)

    assert f'<a class="mention" href="/people/{newcomer.handle}/">@Awa Diop</a>' in inside
    assert "Awa" not in outside
    assert newcomer.handle not in outside
    assert "<p>Bienvenue une personne, et" in outside
    assert f"<code>@{author.name}</code>" in inside
    assert "@nobody" in inside


def test_l49_the_kept_card_names_no_place_and_no_reader():
    author = PersonFactory()
    audience = AudienceFactory(secret=True, label="Projet Canari", members=[author], address="/communities/canari/")
    post = PostFactory(author=author, audience=audience)
    reader = joined(audience, PersonFactory(first_name="Zoé", last_name="Lectrice"))
    handler = PersonFactory()

    shown, beside = card_of(reader, post), card_of(handler, post)
    kept = cache.get(key_of(post, "feed"))

    assert "Projet Canari" in shown
    assert "Canari" not in beside + kept
    assert "canari" not in beside + kept
    assert "csrfmiddlewaretoken" not in kept
    assert "Zoé" not in kept
    assert re.fullmatch(rf"feed\.card:{post.pk}:1:(fr|en):feed:[0-9a-f]{{12}}", key_of(post, "feed"))


def test_a_card_is_drawn_once_for_all_and_again_when_it_changes(django_assert_num_queries):
    author = PersonFactory()
    audience = AudienceFactory(members=[author], hosts=[PersonFactory()])
    post = PostFactory(author=author, audience=audience, question=True)
    reader = joined(audience, PersonFactory())
    posts = list(Post.objects.with_card().filter(pk=post.pk))
    cards_for(request_of(author), posts)

    with django_assert_num_queries(1):  # what depends on the reader, and nothing else
        cards_for(request_of(reader), posts)

    comment = CommentFactory(post=post, body="La réponse")
    assert "La réponse" not in card_of(reader, post)
    services.accept_answer(actor=author, comment=comment)
    assert "La réponse" in card_of(reader, post)
    services.delete_comment(actor=comment.author, comment=comment)
    assert "La réponse" not in card_of(reader, post)


@pytest.mark.parametrize("item_count", [1, 3])
def test_cards_cost_three_queries_when_nothing_is_kept(item_count, django_assert_num_queries):
    reader = PersonFactory()
    audience = AudienceFactory(members=[reader])
    for _ in range(item_count):
        post = PostFactory(audience=audience, question=True)
        services.accept_answer(actor=post.author, comment=CommentFactory(post=post))
    posts = list(Post.objects.with_card())

    with django_assert_num_queries(3):
        cards = cards_for(request_of(reader), posts)

    assert len(cards) == item_count


def test_the_menu_offers_what_this_reader_may_do():
    post = PostFactory()
    host, reader = joined(post.audience, PersonFactory(), "host"), joined(post.audience, PersonFactory())

    def offered(person):
        return {word for word in ("edit", "delete", "hide", "report") if re.search(rf'href="/[^"]*{word}[^"]*"', card_of(person, post))}

    assert offered(post.author) == {"edit", "delete"}
    assert offered(host) == {"hide", "report"}
    assert offered(reader) == {"report"}


def test_who_left_is_named_and_leads_nowhere():
    post = PostFactory()
    post.author.state = "left"
    post.author.save()

    card = card_of(joined(post.audience, PersonFactory()), post)

    assert post.author.name in card
    assert f"/people/{post.author.handle}/" not in card


def test_beginning_keeps_whole_paragraphs():
    text = "\n\n".join(["a" * 300, "b" * 300, "c" * 300])

    assert beginning(text) == "\n\n".join(["a" * 300, "b" * 300])
    assert beginning("d" * 900) == ""
    assert beginning("Un.\n\n```\nx\n\ny\n" + "z" * 800 + "\n```") == "Un."
