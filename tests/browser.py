"""The browser of the journeys: the system's Chromium, and on every page it visits an axe check, no CSP violation and no console error."""

import os
import shutil
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import LimitedStream
from django.http import UnreadablePostError

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """One browser for the session of tests."""
    if not CHROMIUM:
        pytest.fail("no Chromium on this machine: install the package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


# Its width, the window's, and words that stand in a column so narrow that nobody reads them: a few letters wide, many lines high.
MEASURES = """() => {
  const said = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join(" ");
  const isShown = (element) => !element || (element.getBoundingClientRect().width > 1 && isShown(element.parentElement));
  const crumbs = [...document.querySelectorAll("main *")].filter((element) => {
    const box = element.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    return said(element).length > 7 && box.width < 3.5 * size && box.height > 4 * size && isShown(element);
  });
  return [document.documentElement.scrollWidth, window.innerWidth, crumbs.map((element) => said(element).slice(0, 60)).slice(0, 5)];
}"""


class Visitor:
    """One person in one browser context. ``look()`` checks the page it stands on."""

    def __init__(self, context, base_url):
        self.context, self.base_url = context, base_url
        self.page = context.new_page()
        self.complaints = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _heard(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def go(self, path):
        self.page.goto(f"{self.base_url}{path}")
        return self

    def look(self, *, ignore=()):
        """Fail on an accessibility violation, on a CSP violation or console error heard so far, sideways scroll, words in crumbs."""
        from playwright.sync_api import Error

        try:
            violations, width, inner, crumbs = self._measure()
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            # The page that was asked for took the place of the one before while it was measured.
            self.page.wait_for_load_state()
            violations, width, inner, crumbs = self._measure()
        found = [one for one in violations if one["id"] not in ignore]
        assert not found, [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in found]
        assert not self.complaints, self.complaints
        assert width <= inner, f"{self.page.url} scrolls sideways: {width} in {inner}"
        assert not crumbs, f"{self.page.url} breaks words to pieces: {crumbs}"
        return self

    def _measure(self):
        from axe_playwright_python.sync_playwright import Axe

        violations = Axe().run(self.page).response["violations"]
        return violations, *self.page.evaluate(MEASURES)

    def shoot(self, path):
        self.page.screenshot(path=str(path), full_page=True)
        return self


@pytest.fixture
def _whole_requests(monkeypatch):
    """No view is given a request that was cut short: so it is with ASGI, and the server of these tests speaks WSGI."""
    read = LimitedStream.read

    def whole(stream, size=-1, /):
        data = read(stream, size)
        if not data and size and stream._pos < stream.limit:
            raise UnreadablePostError("cut short")
        return data

    monkeypatch.setattr(LimitedStream, "read", whole)


@pytest.fixture
def visitors(chromium, live_server, _whole_requests):
    """Opens browser contexts: ``with visitors(width=390, language="fr") as visitor``."""

    @contextmanager
    def visit(*, width=1340, height=900, language="fr-FR", dark=False, time_zone="Europe/Paris"):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id=time_zone,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        try:
            yield Visitor(context, live_server.url)
        finally:
            context.close()

    return visit
