"""Somebody in a browser of their own, who leaves a picture of what they see."""

import re
from urllib.parse import quote

from tests.browser import Visitor

DESK, PHONE = 1340, 390


class Somebody(Visitor):
    """A person in one browser context: every page they look at is checked and kept in the gallery."""

    def __init__(self, context, base_url, name, gallery):
        super().__init__(context, base_url)
        self.name, self.gallery = name, gallery
        self.page.set_default_timeout(15_000)

    def _heard(self, message):
        if not re.search(r"status of (403|404|409)", message.text):  # the browser says so of every refusal, of those we look for too
            super()._heard(message)

    def enter(self):
        """Sign in by the button of the demonstration, with the code that its page shows where a second factor is asked."""
        self.go("/account/login/")
        self.page.get_by_role("button", name=self.name).click()
        self.page.wait_for_url(re.compile(r"/$|/mfa/|authenticate"))
        if self.page.locator("input[name=code]").count():
            self.type_code()
        self.page.locator("main").wait_for()
        return self

    def type_code(self):
        """The current code, as the page of a demonstration shows it."""
        code = re.search(r"\b(\d{6})\b", self.page.locator("main").inner_text())[1]
        self.page.fill("input[name=code]", code)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("networkidle")

    def press(self, label, *, within=None):
        """Press the button of that name, and wait for the page it leads to."""
        place = self.page.locator(within) if within else self.page
        place.get_by_role("button", name=label).first.click()
        self.page.wait_for_load_state("networkidle")
        return self

    def follow(self, label, *, within="body"):
        """Follow the first link of that name."""
        self.page.locator(within).get_by_role("link", name=label).first.click()
        self.page.wait_for_load_state("networkidle")
        return self

    def answer(self, name):
        """Choose the first true answer to a question of a form."""
        if self.page.locator(f"select[name={name}]").count():
            self.page.select_option(f"[name={name}]", index=1)
        else:
            self.page.locator(f"[name={name}]").first.check()
        return self

    def sees(self, words, *, seconds=15):
        """Wait until ``words`` stand on the page."""
        self.page.locator("main, aside").get_by_text(words).first.wait_for(timeout=seconds * 1000)
        return self

    def finds(self, path, words, *, seconds=15):
        """Ask for the page again until ``words`` stand on it: what the workers do takes a moment."""
        for _ in range(seconds * 2):
            self.go(path)
            if self.page.locator("main, aside").get_by_text(words).count():
                return self
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{words!r} did not come to stand on {path}")

    def address_of(self, name):
        """The address of the profile of ``name``, as the directory gives it."""
        self.go(f"/people/?q={quote(name)}")
        return self.page.locator("main").get_by_role("link", name=name).first.get_attribute("href")

    def never_sees(self, *words):
        text = self.page.locator("body").inner_text()
        assert not [one for one in words if one in text], (self.page.url, words)
        return self

    def keep(self, title):
        """Check the page, and keep its picture under ``title``."""
        self.look()
        self.gallery.keep(self, title)
        return self

    @property
    def status(self):
        """What the page answers to somebody who asks for it again."""
        return self.page.request.get(self.page.url).status


class Gallery:
    """The pictures of the journey, in the order in which they were taken, and a page that shows them."""

    def __init__(self, folder):
        self.folder, self.kept = folder, []
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()

    def keep(self, somebody, title):
        name = f"{len(self.kept) + 1:02}-{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}.png"
        somebody.page.screenshot(path=str(self.folder / name), full_page=True)
        self.kept.append((name, somebody.name, title))
        figures = "\n".join(
            f'<figure><img src="{file}" alt="{words}" height="600"><figcaption>{who}: {words}</figcaption></figure>'
            for file, who, words in self.kept
        )
        (self.folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>The journey</title>{figures}", encoding="utf-8")
