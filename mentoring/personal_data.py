"""What each field of this room is about a person."""

from rse.core.fields import NOT_PERSONAL, declare, personal

OFFERED = "until the person deletes the offer, or 30 days after leaving"
ASKED = "30 days after the request is closed; an accepted one as long as its pair"
SEALED = "until the person shows their second factor of before, or HR opens it"
TOGETHER = "until three months after the pair ended"


def declare_fields():
    """Fill the registry for the models of this room."""
    offer = personal("what the person offers help on", retention=OFFERED)
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
        "the key of the words of two people, wrapped by a key that is not in the database", retention=TOGETHER, is_exported=False
    )
    declare("mentoring.NotesKey", public_id=NOT_PERSONAL, wrapped=key, made_at=key)
    asked = personal("who asked whom to be their mentor, and the answer", retention=ASKED, is_exported=False)
    declare(
        "mentoring.MentoringRequest",
        public_id=NOT_PERSONAL,
        mentee=asked,
        mentor=asked,
        offer=asked,
        key=asked,
        words=personal("what they wrote, sealed", retention=ASKED, is_exported=False),
        state=asked,
        place=NOT_PERSONAL,
        reason=asked,
        asked_at=asked,
        expires_at=asked,
        closed_at=asked,
    )
    pair = personal("who accompanies whom, and since when", retention=TOGETHER, is_exported=False)
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
    words = personal("what the two write for themselves and for each other, sealed", retention=TOGETHER, is_exported=False)
    common = {"public_id": NOT_PERSONAL, "pair": words, "author": words, "words": words, "version": NOT_PERSONAL}
    declare("mentoring.Goal", **common, is_done=words, written_at=words)
    declare("mentoring.Session", **common, on=words)
    declare("mentoring.Note", **common, kind=words, written_at=words)
    sealed = personal("that the words of the person are under seal, and what opens them", retention=SEALED, is_exported=False)
    declare("mentoring.Seal", public_id=NOT_PERSONAL, person=sealed, since=sealed, kept=sealed, addresses=sealed, asked_at=sealed)
    confirmed = personal("who of HR made sure of it", retention=SEALED, is_exported=False)
    declare("mentoring.SealConfirmation", seal=confirmed, person=confirmed, at=confirmed)
