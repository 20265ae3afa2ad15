"""Many at once: threads that start together, each on a connection of its own."""

import threading

import pytest
from django.db import connection, connections

only_where_transactions_meet = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")


def answers_of(count, act):
    """Run ``act(n)`` on ``count`` threads that start together; what they gave, or the names of what they raised, as two lists."""
    gate, given, raised = threading.Barrier(count), [], []

    def run(number):
        try:
            gate.wait()
            given.append(str(act(number)))
        except Exception as error:  # noqa: BLE001 - told to the test
            raised.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given, raised


def side_by_side(count, act):
    """Run ``act(n)`` on ``count`` threads that start together; the names of what they raised."""
    return answers_of(count, act)[1]
