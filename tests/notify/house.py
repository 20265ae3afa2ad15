"""The product as ``manage.py serve`` runs it, on a database of its own, and a browser's way into it."""

import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from websockets.sync.client import connect

from tests.services.process import ServerProcess

ROOT = Path(__file__).resolve().parents[2]


def environment(folder):
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}}
    return own | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/apart.sqlite3",
        "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 3,
        "NOTES_KEY": "only-for-notes-" + "fedcba9876543210" * 3,
        "DJANGO_SETTINGS_MODULE": "rse.settings",
        "PYTHONPATH": str(ROOT),
        "ENV_FILE": os.devnull,
    }


class House(ServerProcess):
    """``manage.py serve`` on a database of its own."""

    name = "serve"

    def __init__(self, **settings):
        self.settings = settings

    def prepare(self):
        self.person = json.loads(self.act("prepare"))

    def act(self, what):
        return self.run(sys.executable, "-m", "tests.notify.company_apart", what, **environment(self.folder), **self.settings)

    def command(self):
        return [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(self.port)]

    def _start(self):
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(environment(self.folder) | self.settings)
        try:
            super()._start()
        finally:
            os.environ.clear()
            os.environ.update(before)

    def start_again(self):
        """On the same port, as after a restart."""
        with (self.folder / "log").open("ab") as log:
            own = environment(self.folder) | self.settings
            self.process = subprocess.Popen(self.command(), env=own, stdout=log, stderr=log, cwd=self.folder)

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def sign_in(self):
        """The cookies of a browser that has signed in through the page."""
        jar = CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        with browser.open(f"{self.url}/account/login/") as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        form = {"csrfmiddlewaretoken": token, "login": self.person["email"], "password": self.person["password"]}
        with browser.open(f"{self.url}/account/login/", urllib.parse.urlencode(form).encode()) as page:
            assert page.status == 200
        return {one.name: one.value for one in jar}

    def socket(self, cookies, origin=None):
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return connect(
            f"ws://127.0.0.1:{self.port}/ws/",
            origin=origin or self.url,
            additional_headers={"Cookie": cookie},
            max_size=None,
            compression=None,
            close_timeout=1,
        )
