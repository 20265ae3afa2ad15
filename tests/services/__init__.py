"""Real PostgreSQL, Redis and Chromium for the tests: private, on free ports, in a temporary folder, gone when the tests are.

    with PostgresServer() as postgres, RedisServer() as redis:
        print(postgres.url, redis.url)

From a shell: ``python -m tests.services postgres redis -- command …``.
"""

from .postgres import PostgresServer
from .programs import Missing, chromium, postgres_folder, redis_program
from .redis_server import RedisServer

__all__ = ["Missing", "PostgresServer", "RedisServer", "chromium", "postgres_folder", "redis_program"]
