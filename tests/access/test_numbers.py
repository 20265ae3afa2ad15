"""No key of a row leaves the server: people share its sequence, and the gap between two of one's own tells what others did.

Each table begins at a number of its own that occurs nowhere else. Then whatever a browser or a mailbox is given is searched for the keys
of all rows made since.
"""

import re

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils.http import int_to_base36

from mentoring.services.asking import CannotAsk
from rse.core.enums import Role
from rse.core.models import Audience
from rse.feed import services
from rse.feed.models import Post
from rse.feed.services import publish_comment, publish_post
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import put_under
from tests.factories.feed import everyone, joined, picture_of
from tests.guards import HouseClient

from .people import World
from .test_urls import ARGUMENTS, FORMS, HERE

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What may be counted, because everybody may count it: all of its rows are shown to all, and nothing hidden stands in the same sequence.
COUNTED_BY_ALL = {
    "core.Unit": "the filters of the directory list every unit",
    "core.Site": "the filters of the openings list every site",
    "core.JobFamily": "the form of a wish lists every job family",
}
FIRST, APART = 1_000_003, 60_013  # seven digits for up to a hundred and forty-nine tables: no size, no year, no time
COLUMNS = ("SU", "EM", "MD", "HR", "HH", "HS", "RC", "DP", "AD", "WE", "HA")
MOST_PAGES = 120  # of one person
LINK = re.compile(r'(?:href|hx-get|src|action)="(/[^"#]*)')
GROUPED = re.compile(r"(?<=\d)[   ,.'’](?=\d{3}(?!\d))")
LEFT_OUT = ("/static/", "/account/logout", "/cms/")
# Wagtail names its pages by number in its own screens, which editors alone reach: they see every page there is.
SCREENS = re.compile(r"/cms/pages/\d+/edit/")
# Chance writes digits too: what is drawn anew for each answer is not looked at.
CHANCE = re.compile(
    r"""X-Request-ID['"]?: ['"]?\w+|nonce[-=]['"]?[\w+/=-]+|csrf[\w]*['"]?[ :=]+(?:value=)?['"]?\w+|(?:after|since|for)=[\w-]+"""
)


def counted():
    """The models whose keys come from a sequence of their own."""
    return [one for one in apps.get_models(include_auto_created=True) if isinstance(one._meta.pk, models.AutoField) and one._meta.managed]


@pytest.fixture
def far_apart():
    """Each table begins far from every other; afterwards each goes on where it stood, since PostgreSQL undoes no sequence."""
    firsts = {model: FIRST + place * APART for place, model in enumerate(sorted(counted(), key=lambda one: one._meta.label))}
    assert max(firsts.values()) + APART < 100_000_000
    stood = {}
    with connection.cursor() as cursor:
        for model, first in firsts.items():
            table, column = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
                sequence = cursor.fetchone()[0]
                cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
                stood[sequence] = cursor.fetchone()
                cursor.execute("SELECT setval(%s, %s)", [sequence, first])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])
    yield firsts
    with connection.cursor() as cursor:
        for sequence, (last, is_called) in stood.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, last, is_called])


def keys_of(firsts):
    """What must be nowhere: ``{key as it is written: model}``."""
    kept = [(model, first) for model, first in firsts.items() if model._meta.label not in COUNTED_BY_ALL]
    return {
        str(key): model._meta.label
        for model, first in kept
        for key in model._base_manager.filter(pk__gt=first, pk__lte=first + APART).order_by("pk").values_list("pk", flat=True)
    }


def numbers_in(text):
    return set(re.findall(r"\d+", GROUPED.sub("", text))) | set(re.findall(r"\d+", text))


def said_by(response):
    """Everything of an answer that reaches the browser."""
    said = f"{response.status_code} {response.headers} {response.cookies.output()}"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return CHANCE.sub("", SCREENS.sub("", f"{said} {body.decode('utf-8', 'replace')}"))


class Crowd:
    """The people of the table in a company where everything happened to somebody."""

    def __init__(self):
        self.world, self.made = World(), {}
        self.people = {code: self.world.principal(code) for code in COLUMNS}
        everyone()
        subject, colleague = self.world.SU, self.people["EM"]
        club = CommunityFactory(owners=[subject], members=[colleague, *(self.people[code] for code in ("HR", "AD", "HA"))])
        hidden = CommunityFactory(secret=True, owners=[colleague])
        put_under(colleague, self.people["MD"])
        for audience, writer in ((club.audience, colleague), (hidden.audience, colleague), (club.audience, subject)):
            for number in range(25):
                last = publish_post(author=writer, audience=audience, body=f"Bonjour @{subject.handle}", key=str(number))
        for writer in (colleague, subject, joined(club.audience, PersonFactory())):
            said = publish_comment(author=writer, post=last, body="Oui", pictures=[(picture_of(writer).public_id, "")])
        services.mark_useful(person=colleague, thing=last, reason="finir")
        services.mark_useful(person=colleague, thing=Post.objects.filter(author=subject).first(), reason="")
        services.edit_comment(editor=said.author, comment=said, version=said.version, body="Non")
        self.addresses = {"/", *(address for _name, address in self.of("GET"))}
        self.forms = [(name, address) for name, address in self.of("POST")]

    def of(self, method):
        for _room, row in HERE:
            if row["method"] == method:
                yield row["url"], reverse(row["url"], args=self.arguments(ARGUMENTS.get(row["url"], lambda world: [])))

    def arguments(self, make):
        """What an address is made with, once: of the subject, or of somebody new where one person may have no other of it."""
        if make not in self.made:
            try:
                with transaction.atomic():
                    self.made[make] = make(self.world)
            except (IntegrityError, CannotAsk):
                self.made[make] = make(World())
        return self.made[make]


def walk(person, addresses):
    """Every answer that ``person`` gets, from ``addresses`` and from where their pages lead: pairs of an address and what it says."""
    browser, waiting, seen = HouseClient(), sorted(addresses, reverse=True), set()
    browser.force_login(person)
    further = 0
    while waiting:
        address = waiting.pop().replace("&amp;", "&")
        if address in seen or address.startswith(LEFT_OUT):
            continue
        seen.add(address)
        yield address, "address", address
        cache.clear()  # no limit ends the walk
        response = browser.get(address)
        text = said_by(response)
        yield address, "GET", text
        if "text/html" in response.get("Content-Type", ""):
            for link in LINK.findall(text):
                if link not in seen and further < MOST_PAGES:
                    further += 1
                    waiting.insert(0, link)


def leaks(keys, said):
    """``{(model, where)}`` for every key that is said."""
    return {(keys[number], where, way) for where, way, text in said for number in numbers_in(text) & keys.keys()}


def plain(where):
    """An address without the ids in it, so that one leak is told once."""
    return re.sub(r"[\w-]{22}|\d{7}", "…", where.partition("?")[0])


@pytest.fixture
def crowd(far_apart):
    return Crowd()


def test_l105_no_key_is_in_any_page_address_header_or_file(crowd, far_apart):
    found = set()
    for code, person in crowd.people.items():
        said = list(walk(type(person).objects.get(pk=person.pk), crowd.addresses))
        assert len(said) > 200
        found |= {(model, plain(where), way, code) for model, where, way in leaks(keys_of(far_apart), said)}

    assert found == set()


def test_l105_no_key_is_in_the_answer_to_any_form_or_in_any_mail(crowd, far_apart):
    found = set()
    for name, address in crowd.forms:
        for code in ("SU", "HR", "AD"):
            browser = HouseClient()
            browser.force_login(type(crowd.world.SU).objects.get(pk=crowd.people[code].pk))
            if name == "account_logout":
                continue
            cache.clear()
            text = said_by(browser.post(address, FORMS.get(name, {})))
            found |= {(model, name, code) for model, _where, _way in leaks(keys_of(far_apart), [(name, "POST", text)])}
    keys = keys_of(far_apart)
    assert mail.outbox
    for one in mail.outbox:
        text = f"{one.message().as_string()} {one.body} {one.subject}"
        found |= {(model, one.subject, "mail") for model, _where, _way in leaks(keys, [("", "", text)])}
        written = {int_to_base36(int(key)): model for key, model in keys.items()}
        found |= {(written[word], one.subject, "mail") for word in set(re.findall(r"[0-9a-z]+", text)) & written.keys()}

    assert found == set()


def test_the_net_holds_what_it_is_for(far_apart):
    """A key is found as it is, grouped as a number is, and in the middle of an address."""
    audience = Audience.objects.create(kind="community", label="x")
    keys = keys_of(far_apart)
    key = str(audience.pk)

    assert keys[key] == "core.Audience"
    for text in (key, f"/posts/{key}/", f"{key[0]},{key[1:4]},{key[4:]}", f"post-{key}", f"{key[0]} {key[1:4]} {key[4:]}"):
        assert leaks(keys, [("here", "GET", text)]) == {("core.Audience", "here", "GET")}
    assert leaks(keys, [("here", "GET", f"1{key} {int(key) + 1}")]) == set()
    assert Role.HR.value not in keys
