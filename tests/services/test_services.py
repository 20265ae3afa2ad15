import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests.architecture.tree import HOUSE
from tests.services import Missing, PostgresServer, RedisServer, programs

pytestmark = [pytest.mark.once, pytest.mark.slow]


def running(process):
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(is_true, seconds=10):
    until = time.monotonic() + seconds
    while not is_true() and time.monotonic() < until:
        time.sleep(0.05)
    return is_true()


@pytest.fixture
def needs_servers():
    try:
        programs.postgres_folder()
        programs.redis_program()
    except Missing as missing:
        pytest.skip(f"{missing} is not on this machine")


def test_postgres_serves_a_plain_owner_and_leaves_nothing(needs_servers):
    with PostgresServer() as server:
        for url in (server.url, server.socket_url):
            with psycopg.connect(url) as connection:
                assert connection.execute("SELECT current_user, current_setting('is_superuser')").fetchone() == ("maillage", "off")
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION unaccent")
            connection.execute("CREATE DATABASE another")
            assert connection.execute("SELECT unaccent('été')").fetchone() == ("ete",)
    assert server.process.returncode == 0
    assert not server.folder.exists()


def test_postgres_asks_for_the_password(needs_servers):
    with PostgresServer() as server, pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url.replace(server.password, "guess"))


def test_redis_serves_with_a_password_and_leaves_nothing(needs_servers):
    with RedisServer() as server:
        assert redis.from_url(f"{server.url}/1").ping() is True
        with pytest.raises(redis.AuthenticationError):
            redis.from_url(server.url.replace(server.password, "")).ping()
    assert not running(server.process)
    assert not server.folder.exists()


def test_a_failing_test_ends_the_servers_too(needs_servers):
    server = RedisServer()
    with pytest.raises(ZeroDivisionError), server:
        raise ZeroDivisionError
    assert not running(server.process)


def command(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "tests.services", *arguments], cwd=HOUSE, stdout=subprocess.PIPE, text=True, **options)


def test_the_command_finds_the_addresses_and_gives_its_exit_code(needs_servers):
    process = command("postgres", "redis", "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL; exit 7")
    output, _ = process.communicate(timeout=60)
    database, cache = output.split()
    assert process.returncode == 7
    assert database.startswith("postgres://maillage:")
    assert cache.startswith("redis://:")


@pytest.mark.parametrize("arguments", [[], ["postgres"], ["--", "true"], ["mysql", "--", "true"], ["redis", "--"]])
def test_the_command_says_how_it_is_used(arguments):
    process = command(*arguments, stderr=subprocess.PIPE)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said == "usage: python -m tests.services [postgres] [redis] -- command …\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_the_command_once_and_the_servers_end(needs_servers, tmp_path, number):
    count = f"""
import signal, sys
signal.signal({int(number)}, lambda *_: (print("got it", flush=True), sys.exit(9)))
print("ready", flush=True)
signal.pause()
"""
    process = command("redis", "--", sys.executable, "-c", count, start_new_session=True)
    assert process.stdout.readline() == "ready\n"
    servers = children_of(process.pid)
    process.send_signal(number)
    output, _ = process.communicate(timeout=60)
    assert (output, process.returncode) == ("got it\n", 9)
    assert wait_until(lambda: not any(alive(pid) for pid in servers))


def test_the_servers_end_when_their_parent_is_killed(needs_servers):
    process = command("postgres", "redis", "--", "sh", "-c", "echo ready; exec sleep 60")
    assert process.stdout.readline() == "ready\n"
    children = children_of(process.pid)
    servers = [pid for pid in children if "sleep" not in name_of(pid)]
    assert len(servers) == 2
    folders = [folder_of(pid) for pid in servers]
    process.kill()
    process.wait()
    ended = wait_until(lambda: not any(alive(pid) for pid in servers))
    for pid in set(children) - set(servers):
        os.kill(pid, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder)
    process.stdout.close()
    assert ended


def children_of(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(one) for one in listed.split()]


def folder_of(pid):
    """The temporary folder of a server, whose name says which it is."""
    place = Path(f"/proc/{pid}/cwd").readlink()
    return next(folder for folder in (place, place.parent) if folder.name.startswith(("postgres-", "redis-")))


def name_of(pid):
    return Path(f"/proc/{pid}/comm").read_text()


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
