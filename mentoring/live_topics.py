"""What pages of a pair may watch: the pair, by its two people, while it is under way."""

from rse.notify import topics

from .enums import PairState
from .models import MentoringPair, Seal


def register():
    """Let pages watch ``pair.<public id>``."""
    topics.register("pair", readable=_readable, readers=_readers, parse=topics.random_id)


def _readable(person, ids):
    rows = MentoringPair.objects.visible_to(person).filter(public_id__in=ids, state=PairState.ACTIVE)
    return set(rows.values_list("public_id", flat=True))


def _readers(public_id, people):
    pair = MentoringPair.objects.filter(public_id=public_id, state=PairState.ACTIVE).first()
    if pair is None:
        return set()
    two = {pair.mentor_id, pair.mentee_id} & people
    return two - set(Seal.objects.filter(person__in=two).values_list("person", flat=True))
