import re

import pytest
from django.template import Template

from tests.architecture import page_rules
from tests.architecture.tree import Tree
from tests.every_form import made_fields, sent_by_forms

pytestmark = pytest.mark.once


def test_every_page_and_script_keeps_the_rules(house):
    assert page_rules.violations(house) == []


def test_every_form_says_above_its_fields_what_must_be_put_right(house):
    alone = {
        f"{template.place}: {form[:120]}"
        for template in house.templates
        for form in re.findall(r"<form\b.*?</form>", template.spoken, re.DOTALL)
        if 'method="post"' in form and "components/field.html" in form and not re.search(r"components/(?:form|error_summary)\.html", form)
    }
    assert alone == set()


ALLOWED = {
    "script_with_nonce": '<script src="{% static "a.js" %}" nonce="{{ csp_nonce }}" defer></script>',
    "data": '<script type="application/json" id="x">{"a": "b"}</script>',
    "trigger": '<div hx-trigger="every 30s, refresh from:body" hx-vals=\'{"a": 1}\'></div>',
    "data_attributes": '<p data-on="x" data-style="tall" class="{% if a > b %}on{% endif %}"></p>',
    "translated": '<p title="{% translate "Menu" %}">{% translate "Words" %} {% blocktranslate %}More words{% endblocktranslate %}</p>',
    "controls": '<form action="/x/" method="post"><input name="{{ name }}" id="do"><p id="title"></p></form>',
    "variables": "<p>{{ name }} · {{ count }} : 12 %</p>",
    "comments": "{# words #}{% comment %} more <style> {% endcomment %}<!-- and more -->",
    "same_everywhere": "<a>CSV</a><code>make run</code>",
    "class_in_a_block": '<body class="{% block tone %}{% endblock tone %}">',
}


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED)
def test_what_keeps_the_rules_passes(plant, text):
    assert page_rules.violations(plant({"talent/templates/talent/page.html": text})) == []


PLANTED = {
    "script_without_nonce": ('<script src="a.js"></script>', "without the page's nonce"),
    "script_in_the_page": ('<script nonce="{{ csp_nonce }}">go()</script>', "stands in a file of ours"),
    "module_without_nonce": ('<script type="module" src="a.js"></script>', "without the page's nonce"),
    "style_element": ("<style>p { color: red }</style>", "stands in the stylesheet"),
    "style": ('<p class="a" style="color: red"></p>', "style= is refused"),
    "style_with_variable": ("<p style='width: {{ share }}%'></p>", "style= is refused"),
    "onclick": ('<button onclick="go()"></button>', "onclick= is refused"),
    "onsubmit_after_a_tag": ('<form action="{% url "a" %}" onsubmit="x"></form>', "onsubmit= is refused"),
    "hx_on": ('<p hx-on::after-swap="go()"></p>', "needs eval"),
    "data_hx_on": ('<p data-hx-on:click="go()"></p>', "needs eval"),
    "hx_vals": ("<p hx-vals='js:{a: b()}'></p>", "needs eval"),
    "hx_headers": ('<p hx-headers="javascript:h()"></p>', "needs eval"),
    "trigger_filter": ('<p hx-trigger="click[ctrlKey]"></p>', "a filter in hx-trigger"),
    "javascript_address": ('<a href="javascript:go()"></a>', "is refused by the policy"),
    "now": ('{% now "Y" %}', "does not move with the clock"),
    "control": ('<button type="submit" name="remove" value="{{ x }}">{{ x }}</button>', 'a control called "remove"'),
    "control_by_its_id": ('<input id="action" name="x">', 'a control called "action"'),
    "words": ("<p>Hello</p>", '"Hello" is not translated'),
    "words_beside_a_tag": ("<p>{{ count }} persons</p>", '"persons" is not translated'),
    "title": ('<p title="Open it"></p>', '"Open" in title= is not translated'),
    "aria_label": ('<nav aria-label="Shortcuts {{ x }}"></nav>', '"Shortcuts" in aria-label= is not translated'),
}


@pytest.mark.parametrize(("text", "said"), PLANTED.values(), ids=PLANTED)
def test_what_breaks_a_rule_is_found(plant, text, said):
    found = page_rules.violations(plant({"talent/templates/talent/page.html": f"<main>\n{text}</main>"}))
    assert len(found) == 1
    assert found[0].startswith("talent/templates/talent/page.html:2: ")
    assert said in found[0]


def test_a_block_that_fills_an_attribute_holds_no_words(plant):
    tree = plant(
        {
            "rse/templates/base.html": '<body class="{% block tone %}{% endblock %}">{% block content %}{% endblock %}</body>',
            "rse/templates/page.html": "{% block tone %}calm{% endblock %}\n{% block content %}calm{% endblock %}",
        }
    )
    assert page_rules.violations(tree) == ['rse/templates/page.html:2: "calm" is not translated']


def test_a_mail_carries_its_style(plant):
    assert page_rules.violations(plant({"rse/notify/templates/notify/mail/digest.html": '<p style="margin: 0">{{ x }}</p>'})) == []


@pytest.mark.parametrize(
    "text", ['eval("a")', "new Function('a')", 'setTimeout("go()", 1)', 'e.setAttribute("style", x)', "location = 'javascript:go()'"]
)
def test_text_that_becomes_code_is_found_in_scripts(plant, text):
    (found,) = page_rules.violations(plant({"rse/static/js/own.js": f"\n{text}", "rse/static/vendor/theirs.js": text}))
    assert found.startswith("rse/static/js/own.js:2: ")


def test_no_field_of_a_form_is_sent_under_a_name_that_a_form_has():
    assert {name: form for name, form in sent_by_forms().items() if name in page_rules.FORM_MEMBERS} == {}
    assert set(made_fields()) & page_rules.FORM_MEMBERS == set()


@pytest.mark.parametrize("room", sorted({template.room for template in Tree().templates}))
def test_every_template_compiles(room):
    """A tag whose library is not loaded breaks a page only where somebody comes to that branch."""
    for template in Tree().templates:
        if template.room == room and template.path.suffix in {".html", ".txt"}:
            Template(template.text)
