"""No page grows with the company: of many rows of everything that the factories make, each page shows some and leads to the rest."""

import contextlib
import importlib
import pkgutil
from collections import Counter
from html.parser import HTMLParser

import factory
import pytest
from django.db import Error, transaction
from django.urls import NoReverseMatch, reverse

from rse.core.enums import Role
from rse.core.models import Person
from tests import factories
from tests.factories import PersonFactory, RoleGrantFactory

from .test_urls import GOTTEN

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]
MANY, MOST = 64, 60
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BESIDE = {"ReportFactory": {"reporters": lambda: [PersonFactory()]}}  # without which no such row exists
# What grows with something else than the company, and why it has no pages.
BOUNDED = {"retention:list": "a line for each sort of row that is kept"}


class Rows(HTMLParser):
    """Counts the lines of each list, table and column of cards within the main part of a page."""

    def __init__(self, text):
        super().__init__()
        self.open, self.counts = [], Counter()
        self.feed(text.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag, attrs):
        if tag in {"li", "tr", "article", "details", "form"}:
            self.counts[tuple(self.open), tag] += 1
        if tag not in VOID:
            self.open.append((tag, self.getpos()))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    @property
    def most(self):
        return max(self.counts.values(), default=0)


def every_factory():
    for module in pkgutil.iter_modules(factories.__path__):
        for one in vars(importlib.import_module(f"tests.factories.{module.name}")).values():
            if isinstance(one, type) and issubclass(one, factory.django.DjangoModelFactory) and one._meta.model:
                yield one


def fill(reader):
    """Make many rows of everything: of the reader where a row may belong to one person many times over, of others elsewhere."""
    made = []
    for one in sorted(set(every_factory()), key=lambda one: one.__name__):
        links = [field.name for field in one._meta.model._meta.fields if field.related_model is Person and not field.unique]
        for own in (*({name: reader} for name in links[:1]), {}):
            with contextlib.suppress(Error, Person.DoesNotExist), transaction.atomic():
                for _row in range(MANY):
                    one(**own | {name: made_for() for name, made_for in BESIDE.get(one.__name__, {}).items()})
                made.append(one.__name__)
                break
    return made


def test_no_page_shows_everything_there_is(signed_in):
    reader = PersonFactory()
    for role in Role.values:
        RoleGrantFactory(person=reader, role=role)
    assert len(fill(reader)) > 20
    PersonFactory.create_batch(MANY, password=False)
    browser, long, opened = signed_in(reader), {}, 0
    for name, _method in sorted(GOTTEN):
        with contextlib.suppress(NoReverseMatch):
            address = reverse(name)
            answer = browser.get(address)
            if answer.status_code == 200 and "<main" in getattr(answer, "text", ""):
                opened += 1
                if (most := Rows(answer.text).most) > MOST:
                    long[name] = most
    assert opened > 30
    assert long.keys() == BOUNDED.keys(), long
