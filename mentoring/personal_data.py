"""What each field of this room is about a person."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, AsLong, Employed, Span, Until
from rse.core.ops.personal_fields import NOT_PERSONAL, declare, personal

from .enums import PairState, RequestState
from .services.pairs import erase_pairs, erase_requests

MONTH = Span(days=30)


def declare_fields():
    """Fill the registry for the models of this room."""
    offered = (
        Until(_("the person deletes the offer"), "mentoring.services.offers.delete_offer"),
        Employed(model="mentoring.MentoringOffer", things=_("Mentoring offers"), person="mentor", lasts=MONTH),
    )
    together = After(
        model="mentoring.MentoringPair",
        things=_("Mentoring pairs"),
        since="ended_on",
        event=_("the end of the pair"),
        lasts=Span(months=3),
        among=Q(state=PairState.ENDED),
        does=erase_pairs,
        takes=("mentoring.NotesKey", "mentoring.MentoringRequest"),
    )
    closed = After(
        model="mentoring.MentoringRequest",
        things=_("Mentoring requests"),
        since="closed_at",
        event=_("the request is closed"),
        lasts=MONTH,
        among=~Q(state=RequestState.ACCEPTED),
        does=erase_requests,
        takes=("mentoring.NotesKey",),
    )
    requested = (closed, AsLong(_("the pair, where it was accepted"), (), "mentoring.services.pairs.erase_pairs"))
    opens = Until(_("the person shows their second factor of before, or HR opens it"), "mentoring.services.seals.take_back")
    sealing = (opens, Employed(model="mentoring.Seal", things=_("Words under seal"), lasts=MONTH))
    offer = personal("what the person offers help on", retention=offered)
    declare(
        "mentoring.MentoringOffer",
        public_id=NOT_PERSONAL,
        mentor=offer,
        text=offer,
        language=NOT_PERSONAL,
        languages=offer,
        capacity=offer,
        is_open=offer,
        is_hidden=offer,
        published_at=offer,
        version=NOT_PERSONAL,
    )
    declare("mentoring.OfferSkill", offer=offer, skill=offer, place=NOT_PERSONAL)
    # Kept where a key is: exported by their author, note by note, and by nothing else.
    key = personal(
        "the key of the words of two people, wrapped by a key that is not in the database", retention=together, is_exported=False
    )
    declare("mentoring.NotesKey", public_id=NOT_PERSONAL, wrapped=key, made_at=key)
    asked = personal("who asked whom to be their mentor, and the answer", retention=requested, is_exported=False)
    declare(
        "mentoring.MentoringRequest",
        public_id=NOT_PERSONAL,
        mentee=asked,
        mentor=asked,
        offer=asked,
        key=asked,
        words=personal("what they wrote, sealed", retention=requested, is_exported=False),
        state=asked,
        place=NOT_PERSONAL,
        reason=asked,
        asked_at=asked,
        expires_at=asked,
        closed_at=asked,
    )
    pair = personal("who accompanies whom, and since when", retention=together, is_exported=False)
    declare(
        "mentoring.MentoringPair",
        public_id=NOT_PERSONAL,
        mentor=pair,
        mentee=pair,
        request=pair,
        key=pair,
        state=pair,
        seat=NOT_PERSONAL,
        began_on=pair,
        ended_on=pair,
        version=NOT_PERSONAL,
    )
    words = personal("what the two write for themselves and for each other, sealed", retention=together, is_exported=False)
    common = {"public_id": NOT_PERSONAL, "pair": words, "author": words, "words": words, "version": NOT_PERSONAL}
    declare("mentoring.Goal", **common, is_done=words, written_at=words)
    declare("mentoring.Session", **common, on=words)
    declare("mentoring.Note", **common, kind=words, written_at=words)
    sealed = personal("that the words of the person are under seal, and what opens them", retention=sealing, is_exported=False)
    declare("mentoring.Seal", public_id=NOT_PERSONAL, person=sealed, since=sealed, kept=sealed, addresses=sealed, asked_at=sealed)
    confirmed = personal("who of HR made sure of it", retention=sealing, is_exported=False)
    declare("mentoring.SealConfirmation", seal=confirmed, person=confirmed, at=confirmed)
