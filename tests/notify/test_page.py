"""The script of live pages, in a real browser on a real server."""

import os
import signal

import pytest

from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def page(chromium):
    """A page in a browser whose complaints fail the test."""
    context = chromium.new_context(locale="fr-FR")
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda message: opened.complaints.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def until(page, holds, seconds=20):
    """Let the browser go on until ``holds()``."""
    for _ in range(seconds * 10):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("it did not come to that")


def open_signed_in(page, house, path="/people/"):
    """A page of somebody who is signed in, its socket watching; the sockets it opens, and what they hear."""
    sockets, heard = [], []

    def opened(socket):
        sockets.append(socket)
        socket.on("framereceived", lambda frame: heard.append(frame))  # noqa: PLW0108 - the browser's library marks its listeners

    page.on("websocket", opened)
    page.context.add_cookies([{"name": name, "value": value, "url": house.url} for name, value in house.sign_in().items()])
    page.goto(house.url + path)
    until(page, lambda: any('"watching"' in frame for frame in heard))
    return sockets, heard


def test_bell_rings_without_a_reload(page):
    with House() as house:
        sockets, _heard = open_signed_in(page, house)
        bell = page.locator("#bell")
        assert bell.locator(".count").count() == 0
        page.evaluate("window.stayed = true")

        house.act("promote")
        bell.locator(".count").wait_for(timeout=10000)

        assert bell.locator(".count").inner_text() == "1"
        assert page.evaluate("window.stayed") is True
        assert [socket.is_closed() for socket in sockets] == [False]
        assert page.complaints == []


def test_page_whose_session_ended_is_read_anew_when_it_is_looked_at(page):
    with House() as house:
        sockets, _heard = open_signed_in(page, house)
        house.act("deactivate")
        until(page, sockets[0].is_closed)
        page.evaluate("dispatchEvent(new Event('focus'))")
        page.wait_for_url("**/account/login/**", timeout=10000)

        assert len(sockets) == 1


def test_page_comes_back_when_the_server_does(page):
    with House() as house:
        sockets, heard = open_signed_in(page, house)
        os.kill(house.process.pid, signal.SIGTERM)
        until(page, sockets[0].is_closed)
        house.process.wait(5)
        heard.clear()
        house.start_again()
        until(page, lambda: any('"watching"' in frame for frame in heard), seconds=60)
