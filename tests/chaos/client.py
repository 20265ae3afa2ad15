"""People at work who take no failure for an answer, and write down each act that the house said yes to."""

import http.client
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from contextlib import suppress
from http.cookiejar import CookieJar

PATIENCE = 90  # seconds for one act: everything was killed and came back in that time
AWAY = (urllib.error.URLError, http.client.HTTPException, OSError)


class Slower(Exception):
    """The house asks for a pause: this act was not kept, and another is tried."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_said):
        return None


class Worker(threading.Thread):
    """One person: the same form is sent until it is answered, as somebody does who presses the button again."""

    def __init__(self, house, person, seed, stopping):
        super().__init__(daemon=True)
        self.house, self.person, self.chance, self.stopping = house, person, random.Random(seed), stopping
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), NoRedirect())
        self.ledger = {"posts": [], "comments": [], "joins": [], "applications": []}
        self.threads, self.openings, self.failure = [], list(house.company["openings"]), None
        self.places = list(house.company["places"])

    def run(self):
        try:
            while not self.stopping.is_set():
                with suppress(Slower):
                    self.chance.choice([self.post, self.post, self.comment, self.comment, self.enter, self.apply])()
        except Exception as failure:  # noqa: BLE001 - told to the test
            self.failure = failure

    @property
    def done(self):
        """How many acts the house said yes to."""
        return sum(map(len, self.ledger.values()))

    def post(self):
        body = f"post {uuid.uuid4().hex}"
        form = {"audience": self.house.company["square"], "kind": "message", "its_title": "", "body": body, "key": uuid.uuid4().hex}
        where = self.send("/posts/publish/", form)
        self.ledger["posts"].append(body)
        if found := re.search(r"/posts/([^/#]+)/", where):
            self.threads.append(found[1])

    def comment(self):
        if self.threads:
            body = f"comment {uuid.uuid4().hex}"
            self.send(f"/posts/{self.chance.choice(self.threads)}/answer/", {"body": body, "key": uuid.uuid4().hex})
            self.ledger["comments"].append(body)

    def enter(self):
        if self.places:
            place = self.places.pop()
            self.send(f"/communities/{place}/join/", {})
            self.ledger["joins"].append(f"{place} {self.person['id']}")

    def apply(self):
        if self.openings:
            opening = self.openings.pop()
            said = {"letter": "x", "letter_for": "hr", "availability": "now", "site_answer": "talk", "version": 0, "do": "send"}
            self.send(f"/openings/{opening}/apply/", said, sent_already={409})
            self.ledger["applications"].append(f"{opening} {self.person['id']}")

    def send(self, path, form, sent_already=()):
        """Send it until the house says yes, by sending on (or by 409, where it says that it has this already); where it sends to."""
        until, last = time.monotonic() + PATIENCE, "nothing"
        while time.monotonic() < until:
            try:
                status, where, last = self._once(path, form | {"csrfmiddlewaretoken": self._token()})
                if status == 302 and "/login/" in where:
                    self._sign_in()
                    continue
            except AWAY as away:
                last = repr(away)
                time.sleep(0.2)
                continue
            if status == 302 or status in sent_already:
                return where
            if status == 429:
                raise Slower
            if status < 500:
                raise AssertionError(f"{path}: {status} {last[:2000]}")
            time.sleep(0.2)
        raise AssertionError(f"{path} was not answered in time: {last[:500]}")

    def _once(self, path, form):
        request = urllib.request.Request(self.house.url + path, urllib.parse.urlencode(form).encode(), {"Origin": self.house.url})
        try:
            with self.browser.open(request, timeout=20) as answer:
                return answer.status, "", answer.read().decode(errors="replace")
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Location", ""), answer.read().decode(errors="replace")

    def _token(self):
        for cookie in self.jar:
            if cookie.name == "csrftoken":
                return cookie.value
        self._sign_in()
        return self._token()

    def _sign_in(self):
        with self.browser.open(f"{self.house.url}/account/login/", timeout=20) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        form = {"csrfmiddlewaretoken": token, "login": self.person["email"], "password": self.person["password"]}
        self._once("/account/login/", form)
