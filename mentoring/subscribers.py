"""Reactions to what happens elsewhere."""

from .services import offers, pairs


def settle_lines(recorded):
    """Management lines may have moved."""
    pairs.settle_lines()


def follow_merged_skill(recorded):
    offers.follow_merged_skill(source_id=recorded.facets["source_id"], into_id=recorded.facets["into_id"])
