"""Openings that hold a word: found by who may open them, once they are published and until they are closed or hidden."""

from tests.factories.mobility import OpeningFactory


def openings(word, world):
    made = [OpeningFactory(title=word), OpeningFactory(description=f"All about {word}.", mission=True)]
    made += [OpeningFactory(title=word, draft=True), OpeningFactory(title=word, closed=True), OpeningFactory(title=word, is_hidden=True)]
    return made


CANARIES = {"opening": openings}
