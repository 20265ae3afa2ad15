"""What pages are told to ask again."""

from rse.notify.live import poke


def poke_thread(post, version):
    """The pages that show ``post`` are stale below ``version``."""
    poke("post", post.public_id, version)


def poke_feed(post):
    """There is something new in the audience of ``post``."""
    poke("audience", post.audience.public_id)
