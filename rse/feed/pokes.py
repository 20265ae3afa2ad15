"""What pages are told to ask again."""

from rse.notify.live import poke


def poke_thread(post, version):
    """Tell the pages that show ``post`` that what they show is stale below ``version``."""
    poke("post", post.public_id, version)


def poke_feed(post):
    """Tell the pages of the audience of ``post`` that there is something new."""
    poke("audience", post.audience.public_id)
