"""The product as ``manage.py serve`` runs it: one real process, a real browser's worth of headers, a real socket."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.services.programs import Missing
from tests.services.redis_server import RedisServer

from .house import ROOT, House, environment

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def house():
    with House() as running:
        yield running


def hear(socket, timeout=5):
    return json.loads(socket.recv(timeout))


def code_within(socket, seconds):
    """The code of the close that comes in time."""
    until = time.monotonic() + seconds
    try:
        while True:
            socket.recv(max(until - time.monotonic(), 0.01))
    except ConnectionClosed as closed:
        return closed.rcvd.code


def test_whole_life_of_a_socket(house):
    """Signed in, told by a worker thread, too big a frame, a second server refused, deactivated elsewhere, stopped."""
    cookies = house.sign_in()
    user = "user"
    with urllib.request.urlopen(f"{house.url}/account/login/") as page:
        style = re.search(r'href="(/static/css/[^"]+\.css)"', page.read().decode())[1]
        assert "Server" not in page.headers
    with urllib.request.urlopen(house.url + style) as sheet:
        assert "immutable" in sheet.headers["Cache-Control"]

    with pytest.raises(InvalidStatus) as refusal:
        house.socket(cookies, origin="http://elsewhere.example")
    assert refusal.value.response.status_code == 403

    with house.socket(cookies) as socket:
        assert hear(socket)["hello"] is True
        socket.send(json.dumps({"watch": [user]}))
        assert hear(socket)["watching"] == [user]
        house.act("promote")
        poke = hear(socket)
        assert poke["topic"] == user
        socket.send("x" * (64 * 1024 + 1))
        assert code_within(socket, 2) == 1009

    with house.socket(cookies) as socket:
        hear(socket)
        for part in range(40):
            try:
                socket.send("x" * 65536 if part else ["x" * 65536] * 20)
            except ConnectionClosed:
                break
        assert code_within(socket, 2) == 1009

    second = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(house.port + 1)],
        env=environment(house.folder),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert second.returncode == 1
    assert "REDIS_URL" in second.stderr
    assert "Traceback" not in second.stderr

    with house.socket(cookies) as socket:
        hear(socket)
        house.act("deactivate")
        deactivated = time.monotonic()
        assert code_within(socket, 2) == 4401
        assert time.monotonic() - deactivated < 2
    with pytest.raises(InvalidStatus):
        house.socket(cookies)


def test_poke_crosses_processes_through_redis():
    try:
        redis = RedisServer()
    except Missing as absent:
        pytest.skip(str(absent))
    with redis, House(REDIS_URL=redis.url) as house:
        cookies = house.sign_in()
        user = "user"
        with house.socket(cookies) as socket:
            hear(socket)
            socket.send(json.dumps({"watch": [user]}))
            assert hear(socket)["watching"] == [user]
            house.act("poke")
            assert hear(socket)["topic"] == user


def test_server_that_is_stopped_says_so_and_is_gone_in_three_seconds():
    with House() as house:
        cookies = house.sign_in()
        with house.socket(cookies) as socket:
            hear(socket)
            started = time.monotonic()
            os.kill(house.process.pid, signal.SIGTERM)
            assert code_within(socket, 2) == 1012
            assert house.process.wait(3) == 0
            assert time.monotonic() - started < 3
        log = (house.folder / "log").read_text()
    assert "Traceback" not in log
    assert "never awaited" not in log
