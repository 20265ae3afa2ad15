"""Search as you type, beside a page found by its primary key, on SQLite and, where its server is on this machine, on PostgreSQL.

Posts of a made-up vocabulary whose words are as unequal as those of a language, in 200 places of which the reader belongs to 20. What is
typed is the beginning of words drawn by the same law, so that common ones are asked for often, as people do. QUICK=1 is a first idea.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IS_QUICK = os.environ.get("QUICK", "") not in {"", "0"}
SIZES = (1_000, 4_000) if IS_QUICK else (100_000, 1_000_000)
ROUNDS, ASKED = (1, 40) if IS_QUICK else (5, 200)
PLACES, MINE, PEOPLE, VOCABULARY, WORDS = 200, 20, 1_000, 20_000, 30
MOST_RATIO, MOST_GROWTH = 6, 1.5
SYLLABLES = ("ka", "lo", "mi", "ne", "ru", "ta", "so", "vi", "be", "do", "fa", "gu")


def prepare():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["LOG_LEVEL"] = "WARNING"
    import django

    django.setup()


class Vocabulary:
    """Words by rank, the first ones said most."""

    def __init__(self):
        self.chance = random.Random(13)
        self.words = ["".join(SYLLABLES[rank // 12**place % 12] for place in range(4)) + chr(97 + rank % 26) for rank in range(VOCABULARY)]
        self.weights = [1 / (rank + 10) ** 1.05 for rank in range(VOCABULARY)]

    def text(self, size):
        return " ".join(self.chance.choices(self.words, self.weights, k=size))

    def typed(self):
        """One or two words, the last of them not finished."""
        *whole, last = self.chance.choices(self.words, self.weights, k=self.chance.choice((1, 2)))
        return " ".join([*whole, last[: self.chance.randint(2, 6)]])


def fill(vocabulary, size, known):
    """Posts from ``known`` up to ``size``, written past the services and indexed in their order."""
    from rse.core import clock
    from rse.core.access import kinds
    from rse.core.enums import AudienceType
    from rse.core.models import Audience, AudienceMember, Person
    from rse.feed.models import Post
    from search.documents import indexed
    from search.engines import engine

    if not known:
        Person.objects.bulk_create(
            Person(
                handle=f"p{number}", email=f"p{number}@company.example", first_name="P", last_name=vocabulary.words[number], language="en"
            )
            for number in range(PEOPLE)
        )
        Audience.objects.bulk_create(Audience(kind=AudienceType.COMMUNITY, label=f"A{number}") for number in range(PLACES))
        reader = Person.objects.order_by("pk").first()
        mine = Audience.objects.order_by("pk")[:MINE]
        AudienceMember.objects.bulk_create(AudienceMember(audience=audience, person=reader) for audience in mine)
        from search.services import reconcile_kind

        reconcile_kind(kind="person")
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    places = list(Audience.objects.order_by("pk").values_list("pk", flat=True))
    kind, now = kinds.get("post"), clock.now()
    for start in range(known, size, 5_000):
        posts = Post.objects.bulk_create(
            Post(
                author_id=vocabulary.chance.choice(people),
                audience_id=vocabulary.chance.choice(places),
                title=vocabulary.text(5),
                body=vocabulary.text(WORDS),
                published_at=now,
            )
            for _post in range(min(5_000, size - start))
        )
        documents = {post.pk: indexed(kinds.Document(post.title, post.body, post.language, post.published_at)) for post in posts}
        engine().index(kind.name, documents)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def taken(browser, addresses):
    """How long each address took to answer, in milliseconds."""
    from django.core.cache import cache

    times = []
    for address in addresses:
        cache.clear()  # nobody is told to wait
        started = time.perf_counter()
        answer = browser.get(address)
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return sorted(times)


def measure():
    """Both series in turn, round after round: the p50 and p99 of each, and how much was found."""
    from urllib.parse import quote

    from django.test import Client

    from rse.core.models import Person
    from rse.feed.models import Post

    vocabulary = Vocabulary()
    reader = Person.objects.order_by("pk").first()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(reader)
    mine = list(Post.objects.visible_to(reader).order_by("-pk").values_list("public_id", flat=True)[:ASKED])
    found = {}
    series = {
        "page": lambda: [f"/posts/{vocabulary.chance.choice(mine)}/" for _time in range(ASKED)],
        "typing": lambda: [f"/search/suggestions/?q={quote(vocabulary.typed())}" for _time in range(ASKED)],
        "results": lambda: [f"/search/?q={quote(vocabulary.typed())}" for _time in range(ASKED // 4)],
    }
    for addresses in series.values():
        taken(browser, addresses()[:10])
    for _round in range(ROUNDS):
        for name, addresses in series.items():
            found.setdefault(name, []).extend(taken(browser, addresses()))
    return {name: {"p50": quantile(times, 0.5), "p99": quantile(times, 0.99)} for name, times in found.items()}


def quantile(times, share):
    return round(sorted(times)[int(len(times) * share)], 2)


def main():
    prepare()
    from django.db import connection

    vendor, outcome, known = connection.vendor, {}, 0
    old = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        vocabulary = Vocabulary()
        for size in SIZES:
            started = time.monotonic()
            fill(vocabulary, size, known)
            outcome[size] = measure()
            print(
                f"{vendor}, {size} posts (written and indexed in {time.monotonic() - started:.0f} s): {json.dumps(outcome[size])}",
                flush=True,
            )
            known = size
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
    small, large = outcome.values()
    for name, value, target in (
        ("typing beside a page by its key, p99", large["typing"]["p99"] / large["page"]["p99"], MOST_RATIO),
        (f"typing at {SIZES[1]} beside {SIZES[0]}, p99", large["typing"]["p99"] / small["typing"]["p99"], MOST_GROWTH),
    ):
        verdict = "not judged" if IS_QUICK else "met" if value <= target else "missed"
        print(f"P13  {vendor}, {name}: {value:.2f} ×, target {target} ×: {verdict}", flush=True)
    print(json.dumps({"vendor": vendor, "sizes": SIZES, "outcome": outcome}))
    return 0


if __name__ == "__main__":
    if os.environ.get("SEARCH_BENCH"):
        sys.exit(main())
    environment = os.environ | {"SEARCH_BENCH": "1"}
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        statuses = [
            subprocess.run([sys.executable, __file__], cwd=ROOT, env=environment | {"DATABASE_URL": f"sqlite:///{folder}/db"}, check=False),
            subprocess.run(
                [sys.executable, "-m", "tests.services", "postgres", "--", sys.executable, __file__], cwd=ROOT, env=environment, check=False
            ),
        ]
    sys.exit(max(one.returncode for one in statuses))
