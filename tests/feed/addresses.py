"""What the addresses of posts are made with, for the table of every URL × every role."""

from tests.access.probes_feed import ARGUMENTS

__all__ = ["ARGUMENTS"]
