"""What readers see: the handbook in their language, one section after the other, and the charter beside the one in force."""

import pytest
from django.urls import reverse

from rse.core.access import kinds
from rse.core.enums import Role
from rse.governance.services.charter import accept_charter
from tests.factories import PersonFactory
from tests.factories.pages import editor_of, make_charter_page, make_page, make_section, publish

pytestmark = pytest.mark.django_db
INDEX = "/handbook/"


def test_addresses_are_those_that_journeys_lead_to():
    assert (reverse("handbook:index"), reverse("handbook:page", args=["charte"])) == ("/handbook/", "/handbook/charte/")
    assert make_charter_page().get_absolute_url() == "/handbook/charte/"


def test_empty_handbook_says_so(signed_in):
    assert "Nothing is written yet" in signed_in(PersonFactory()).get(INDEX).text


def test_handbook_stands_in_the_order_of_its_tree(signed_in):
    second_title = make_section(title="B", title_en="B section")
    make_page(second_title, title="Z", title_en="Z page")
    make_page(second_title, title="A", title_en="A page")
    make_page(make_section(title="A", title_en="A section"), title_en="Other page")

    text = signed_in(PersonFactory()).get(INDEX).text.partition("<h1")[2]

    places = [text.index(title) for title in ("B section", "Z page", "A page", "A section", "Other page")]
    assert places == sorted(places)


def test_of_two_pages_saved_with_one_slug_in_the_same_moment_the_first_is_read(signed_in):
    section = make_section()
    first, second = make_page(section, title_en="First here"), make_page(section, title_en="Second here")
    type(first).objects.filter(pk=second.pk).update(slug=first.slug)

    answer = signed_in(PersonFactory()).get(first.get_absolute_url())

    assert (answer.status_code, answer.context["page"].pk) == (200, first.pk)


def test_page_whose_section_is_not_published_is_found_all_the_same(signed_in):
    page = make_page(make_section(live=False, title="Secret section"), title_en="Alone")

    browser = signed_in(PersonFactory())

    assert "Alone" in browser.get(INDEX).text
    assert "Secret" not in browser.get(INDEX).text + browser.get(page.get_absolute_url()).text


def test_page_in_the_language_of_its_reader(signed_in):
    page = make_page(
        make_section(),
        title="Congés",
        title_en="Leave",
        summary_fr="Deux mots",
        summary_en="Two words",
        body_fr="# Été",
        body_en="# Summer",
    )

    french = signed_in(PersonFactory(language="fr")).get(page.get_absolute_url()).text
    english = signed_in(PersonFactory(language="en")).get(page.get_absolute_url()).text

    assert ("Congés" in french, "Deux mots" in french, "Été</h2>" in french, "Summer" in french) == (True, True, True, False)
    assert ("Leave" in english, "Two words" in english, "Summer</h2>" in english, "Été" in english) == (True, True, True, False)
    assert 'lang="fr"' in french
    assert "has not been written in English" not in english


def test_missing_english_falls_back_to_french_and_says_so(signed_in):
    page = make_page(make_section(), title="Congés", body_fr="Au soleil", body_en="")

    text = signed_in(PersonFactory(language="en")).get(page.get_absolute_url()).text

    assert "Au soleil" in text
    assert "This page has not been written in English yet. You are reading it in French." in text
    assert '<div class="prose" lang="fr" dir="auto">' in text


def test_contents_only_where_they_help(signed_in):
    short = make_page(make_section(), body_en="## One\n\n## Two")
    long = make_page(make_section(), body_en="## One & all\n\n## *Two*\n\n## Three\n\n### Under")
    browser = signed_in(PersonFactory())

    assert "On this page" not in browser.get(short.get_absolute_url()).text
    text = browser.get(long.get_absolute_url()).text
    assert '<h2 id="part-1">One &amp; all</h2>' in text
    assert '<a href="#part-1">One &amp; all</a>' in text
    assert '<a href="#part-2">Two</a>' in text
    assert text.count('href="#part-') == 3


def test_button_to_edit_is_for_who_may(signed_in):
    section = make_section()
    page, other = make_page(section), make_page(make_section())
    browser = signed_in(editor_of(section))

    assert f"/cms/pages/{page.pk}/edit/" in browser.get(page.get_absolute_url()).text
    assert "/cms/" not in browser.get(other.get_absolute_url()).text
    assert "/cms/" in browser.get(INDEX).text
    assert "/cms/" not in signed_in(PersonFactory(role=Role.ADMINISTRATOR)).get(INDEX).text


def test_charter_page_and_the_charter_in_force_lead_to_one_another(signed_in):
    page = make_charter_page(body_fr="Un", body_en="One", title_en="The charter of the network")
    publish(page, editor_of(page))
    reader = PersonFactory()
    browser = signed_in(reader)

    before = browser.get("/handbook/charte/").text
    accept_charter(person=reader, version=1)
    after = browser.get("/handbook/charte/").text
    in_force = browser.get(reverse("charter:detail")).text

    assert "Read and accept it" in before
    assert "Version 1, in force since" in before
    assert "Versions and acceptance" in after
    assert "/handbook/charte/" in in_force
    assert "The charter of the network" in in_force
    assert "Write the next version" not in in_force


def test_page_is_reported_by_anybody_but_who_wrote_it(signed_in):
    owner = PersonFactory()
    page = make_page(make_section(), owner=owner)
    address = reverse("report:new", args=["page", page.slug])

    assert address in signed_in(PersonFactory()).get(page.get_absolute_url()).text
    assert signed_in(PersonFactory()).get(address).status_code == 200
    assert address not in signed_in(owner).get(page.get_absolute_url()).text


def test_expected_person_reads_the_welcome_pages(signed_in):
    page = make_page(make_section())
    browser = signed_in(PersonFactory(expected=True))

    assert page.title in browser.get(INDEX).text
    assert browser.get(page.get_absolute_url()).status_code == 200


def test_search_document_has_both_languages_and_no_marks():
    page = make_page(
        make_section(), title="Congés", title_en="Leave", body_fr="## Été\n\n**au soleil**", body_en="[Summer](https://example.org)"
    )

    document = kinds.get("page").document(page)

    assert (document.title, document.language) == ("Congés", "fr")
    assert document.body.splitlines() == ["Leave", "Été au soleil", "Summer"]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_whatever_their_number(count, signed_in, django_assert_num_queries):
    for _ in range(count):
        section = make_section()
        for _ in range(count):
            page = make_page(section)
    browser = signed_in(PersonFactory())
    browser.get(INDEX)

    with django_assert_num_queries(6):
        browser.get(INDEX)
    with django_assert_num_queries(7):
        browser.get(page.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_editors_costs_the_same_whatever_their_number(count, signed_in, django_assert_num_queries):
    for _ in range(count):
        section = make_section()
        for _ in range(count):
            editor_of(section)
    browser = signed_in(PersonFactory(role=Role.HR_HEAD))
    browser.get(reverse("editors:list"))

    with django_assert_num_queries(8):
        browser.get(reverse("editors:list"))
