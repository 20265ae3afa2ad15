"""What people write is shown safely, and the same however often it is sanitised."""

import random
import re
import time

import pytest

from rse.core.web.markdown import INSIDE, LONGEST, excerpt, pictures_in, render_markdown, render_words, sanitise
from rse.settings import ROOT

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "[x](/\\evil.example/)",
    "[x](\\\\evil.example)",
    "[x](http:evil)",
    '[x](/a "onmouseover=alert(1)")',
    "[x](/a'\"><img src=x onerror=alert(1)>)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "<javascript:alert(1)>",
    "<style>@import 'x'</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "</textarea><script>alert(1)</script>",
    "[ref]: javascript:alert(1)\n\n[ref]",
    "`<script>`",
    "    <script>alert(1)</script>",
    "```<img onerror=alert(1)>\n<script>\n```",
    "a|b\n-|:-:\n<script>|[x](javascript:1)",
    "<a href=https://a.example style=position:fixed>x</a>",
    "# <iframe src=//evil.example>",
    "[x](mailto:a@b.example?body=<script>)",
    '<div id="csrfmiddlewaretoken" name="x">',
    "{{ 7|add:7 }}{% csrf_token %}",
]
TAG = re.compile(r"<([^>]*)>")
LINK = re.compile(r"href=\"([^\"]*)\"|src=\"([^\"]*)\"")


def assert_harmless(html):
    for tag in TAG.findall(html):
        assert re.fullmatch(
            r"/?(p|br|hr|h[1-6]|blockquote|pre|code|ul|ol|li|strong|em|s|a|table|thead|tbody|tr|th|td|img)( .*)?", tag, re.DOTALL
        ), tag
        assert not re.search(r"\s(on\w+|style|id|name|class|srcset)\s*=", re.sub(r"\"[^\"]*\"", '""', tag)), tag
    for href, src in LINK.findall(" ".join(TAG.findall(html))):
        assert re.match(r"(https?://|mailto:|/(?![/\\])|#)", href or src), href or src


@pytest.mark.parametrize("images", [None, INSIDE, re.compile(".*")])
@pytest.mark.parametrize("attack", ATTACKS)
def test_l77_l78_nothing_active_comes_out(attack, images):
    html = render_markdown(attack, images=images)

    assert_harmless(html)
    assert sanitise(html, images=images) == html


def test_l79_sanitising_twice_changes_nothing():
    chance = random.Random(77)
    pieces = [
        *ATTACKS,
        "\n",
        "\n\n",
        "- ",
        "> ",
        "**",
        "_",
        "`",
        "[",
        "](",
        ")",
        "<",
        ">",
        "&",
        "&lt;",
        '"',
        "'",
        "|",
        "é",
        "\u202e",
        "\x00",
        " ",
        "1. ",
    ]
    for _ in range(10_000):
        text = "".join(
            chance.choice(pieces) if chance.random() < 0.8 else chr(chance.randint(1, 0x2FF)) for _ in range(chance.randint(1, 6))
        )
        html = render_markdown(text)
        assert_harmless(html)
        assert sanitise(html) == html


def test_l79_sanitising_hostile_html_twice_changes_nothing():
    chance = random.Random(79)
    pieces = [
        "<",
        ">",
        "</",
        "svg",
        "math",
        "style",
        "title",
        "noscript",
        "p",
        "a href=",
        '"',
        "'",
        "/",
        "<!--",
        "-->",
        "]]>",
        "table",
        "select",
        "x",
        "&",
        "=",
        " ",
    ]
    for _ in range(10_000):
        once = sanitise("".join(chance.choice(pieces) for _ in range(chance.randint(1, 25))))
        assert sanitise(once) == once


def test_markdown_becomes_what_it_says():
    html = render_markdown(
        "# Un titre\n\n**fort** et ~~non~~\nà la ligne\n\n- a\n- b\n\n[lien](https://a.example/?q=1&b=2) [ici](/people/)"
    )

    assert html == (
        "<h3>Un titre</h3>\n<p><strong>fort</strong> et <s>non</s><br>\nà la ligne</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        '<p><a href="https://a.example/?q=1&amp;b=2" rel="noopener noreferrer nofollow">lien</a>'
        ' <a href="/people/" rel="noopener noreferrer nofollow">ici</a></p>\n'
    )


def test_headings_start_where_they_are_told():
    assert render_markdown("# a\n\n## b", top_heading=2) == "<h2>a</h2>\n<h3>b</h3>\n"


def test_headings_skip_no_level():
    assert render_markdown("## a\n\n###### b", top_heading=2) == "<h2>a</h2>\n<h3>b</h3>\n"


def test_pictures_only_when_asked_and_from_here():
    assert "<img" not in render_markdown("![a](/files/1)")
    assert render_markdown("![a](/files/1)", images=INSIDE) == '<p><img src="/files/1" alt="a" loading="lazy"></p>\n'
    assert "src" not in render_markdown("![a](https://elsewhere.example/1)", images=INSIDE)


def test_pictures_from_other_addresses_than_those_let_in_are_links():
    ours = re.compile(r"/files/\d")
    let_in, other = (render_markdown(f"![a]({address})", images=ours) for address in ("/files/1", "/files/12"))

    assert let_in == '<p><img src="/files/1" alt="a" loading="lazy"></p>\n'
    assert other == '<p><a href="/files/12" rel="noopener noreferrer nofollow">a</a></p>\n'


def test_pictures_of_a_text_come_with_the_words_that_say_what_they_show():
    text = "![a *b*](/files/1) et ![ ](/files/2)\n\n> - [![](/files/3)](/x)\n\n`![](/files/4)`\n\n    ![](/files/5)\n\n![c](/other/6)"

    assert pictures_in(text, re.compile(r"/files/\d")) == [("/files/1", "a b"), ("/files/2", ""), ("/files/3", "")]


LINK_ELSEWHERE = '<a href="{0}" rel="noopener noreferrer nofollow">{1}</a>'


@pytest.mark.parametrize("images", [None, INSIDE, re.compile(".*")])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a *b*](https://x.example/1.png)", LINK_ELSEWHERE.format("https://x.example/1.png", "a b")),
        ("![](https://x.example/1.png)", LINK_ELSEWHERE.format("https://x.example/1.png", "https://x.example/1.png")),
        ("[![a](https://x.example/1.png)](https://y.example)", LINK_ELSEWHERE.format("https://y.example", "a")),
        ('![a"><b](https://x.example/1.png)', LINK_ELSEWHERE.format("https://x.example/1.png", 'a"&gt;&lt;b')),
    ],
)
def test_picture_from_elsewhere_is_a_link_to_it(text, expected, images):
    assert render_markdown(text, images=images) == f"<p>{expected}</p>\n"


ADDRESSES = [
    ("voir https://a.example/b_c?x=1&y=2.", "https://a.example/b_c?x=1&amp;y=2", "https://a.example/b_c?x=1&amp;y=2"),
    ("« http://a.example »", "http://a.example", "http://a.example"),
    ("(www.a.example/x_(y))", "https://www.a.example/x_(y)", "www.a.example/x_(y)"),
    ("écrire à c.d@maillage.fr, merci", "mailto:c.d@maillage.fr", "c.d@maillage.fr"),
]


@pytest.mark.parametrize(("text", "address", "shown"), ADDRESSES)
@pytest.mark.parametrize("render", [render_markdown, render_words])
def test_typed_address_is_a_link(render, text, address, shown):
    html = render(text)

    assert LINK_ELSEWHERE.format(address, shown) in html
    assert html.count("<a ") == 1
    assert re.sub(r"<[^>]*>", "", html).strip() == text.replace("&", "&amp;")


@pytest.mark.parametrize(
    "text", ["essai.py", "fin.Et puis", "ftp://a.example", "javascript:alert(1)", "//a.example", "@camille", "12.30.45.1"]
)
@pytest.mark.parametrize("render", [render_markdown, render_words])
def test_what_is_no_address_is_no_link(render, text):
    assert render(text).strip() == f"<p>{text}</p>"


def test_plain_words_keep_their_lines_and_no_markup():
    assert render_words(" a\r\nb\n\n\n<b>c</b> **d**\n") == "<p>a<br>b</p>\n<p>&lt;b&gt;c&lt;/b&gt; **d**</p>"
    assert render_words("") == ""
    for attack in ATTACKS:
        assert_harmless(render_words(attack))


def test_every_template_shows_plain_words_in_one_way():
    filters = re.compile(r"\|(linebreaks|linebreaksbr|urlize|urlizetrunc)\b")
    found = [path.relative_to(ROOT) for path in ROOT.glob("[a-z]*/**/*.html") if filters.search(path.read_text(encoding="utf-8"))]
    assert [path for path in found if path.parts[0] != "var"] == []


ROWS = "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n"


@pytest.mark.parametrize(
    ("text", "tag", "count"),
    [(ROWS + "|1|2|3|4|5|6|\n" * 100, "<tr>", 101), ("- **a** [b](/c)\n" * 200, "<strong>", 200), ("a\n" * 1000, "<br>", 999)],
)
def test_what_a_person_may_write_is_drawn(text, tag, count):
    assert render_markdown(text).count(tag) == count


@pytest.mark.parametrize("text", ["|a|\n|-|\n" + "|x|\n" * 4900, "![" * 10_000, "|a|b|c|\n|-|-|-|\n" + "|\n" * 6000, "a@b.fr " * 2800])
def test_a07_what_nobody_writes_comes_out_as_it_was_typed(text):
    html = render_markdown(text)

    assert {tag.strip("/") for tag in TAG.findall(html)} <= {"p", "br"}
    assert re.sub(r"<[^>]*>", " ", html).split() == text.split()


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "*a_",
        "**",
        "`a",
        ">",
        "- ",
        "[a](",
        "[a][b]",
        "|a",
        "~~a",
        "&#x",
        "\\",
        "<a ",
        "<!--",
        "*[",
        "# a\n",
        "> - ",
        "a|b\n-|-\n",
        "www.",
        "a@b.fr ",
        "https://a.fr/ ",
        "a.",
        "http://a.fr/(",
    ],
)
def test_l82_twenty_thousand_hostile_characters_take_less_than_a_second(piece):
    text = (piece * LONGEST)[:LONGEST]
    start = time.process_time()
    render_markdown(text)
    excerpt(text)

    assert time.process_time() - start < 2  # two renderings


def test_text_beyond_the_limit_is_not_rendered():
    assert render_markdown("a" * (LONGEST + 5)).count("a") == LONGEST


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("# Titre\n\nUn **mot** et [un lien](https://a.example).", 80, "Titre Un mot et un lien."),
        ("Un mot de trop", 10, "Un mot de…"),
        ("Unmotsansespaces", 5, "Unmot…"),
        ("<b>x</b>", 80, "<b>x</b>"),
        ("![une photo](/files/1) et `code`", 80, "une photo et code"),
        ("a\nb", 80, "a b"),
        ("", 80, ""),
    ],
)
def test_excerpt_is_plain_and_short(text, length, expected):
    assert excerpt(text, length) == expected
