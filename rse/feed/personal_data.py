"""What each field of this package is about a person."""

from rse.core.fields import NOT_PERSONAL, Erasure, declare, personal

WRITTEN = "until it is deleted, then 30 days; afterwards as a former colleague's"


def declare_fields():
    """Fill the registry for the models of this package."""
    words = personal("what the person writes for colleagues", retention=WRITTEN, erasure=Erasure.ANONYMISE)
    act = personal("who wrote it, for whom and when", retention=WRITTEN, erasure=Erasure.ANONYMISE)
    rule = personal("whether it may still be read, and why", retention=WRITTEN, is_exported=False, erasure=Erasure.KEEP)
    sent = personal("to post once what was sent twice", retention=WRITTEN, is_exported=False)
    declare(
        "feed.Post",
        public_id=NOT_PERSONAL,
        author=act,
        audience=act,
        kind=act,
        title=words,
        body=words,
        language=words,
        published_at=act,
        edited_at=act,
        is_hidden=rule,
        deleted_at=rule,
        is_visible=rule,
        version=NOT_PERSONAL,
        comment_count=NOT_PERSONAL,
        useful_count=NOT_PERSONAL,
        submission=sent,
    )
    declare(
        "feed.Comment",
        public_id=NOT_PERSONAL,
        post=act,
        author=act,
        audience=act,
        body=words,
        published_at=act,
        edited_at=act,
        is_hidden=rule,
        deleted_at=rule,
        is_post_visible=rule,
        is_visible=rule,
        version=NOT_PERSONAL,
        useful_count=NOT_PERSONAL,
        submission=sent,
    )
    before = personal("what a text said before it was edited, for its author and the hosts", retention="as long as the text")
    declare(
        "feed.EditedVersion",
        post=before,
        comment=before,
        author=before,
        audience=before,
        title=before,
        body=before,
        written_at=before,
        is_visible=rule,
    )
    meant = personal("whom a text names, so that it is read under their present name", retention="as long as the text", is_exported=False)
    declare("feed.Mention", post=meant, comment=meant, useful_mark=meant, handle=meant, person=meant)
    kept = personal("which answer was kept for a question, and by whom", retention="until it is taken back", erasure=Erasure.ANONYMISE)
    declare("feed.Acceptance", post=kept, comment=kept, audience=kept, accepted_by=kept, accepted_at=kept, is_visible=rule)
    mark = personal("who was helped by what", retention="until it is taken back")
    declare(
        "feed.UsefulMark",
        person=mark,
        author=mark,
        post=mark,
        comment=mark,
        audience=mark,
        reason=mark,
        marked_at=mark,
        is_visible=rule,
    )
    place = personal("how far the person has come in a feed; no time", retention="while a member")
    declare("feed.ReadPointer", person=place, audience=place, position=place)
    picture = personal("a picture that the person shows to colleagues", retention=WRITTEN)
    declare(
        "feed.Picture",
        public_id=NOT_PERSONAL,
        owner=picture,
        post=picture,
        comment=picture,
        audience=picture,
        place=NOT_PERSONAL,
        alt=picture,
        stored=picture,
        stored_small=picture,
        width=NOT_PERSONAL,
        height=NOT_PERSONAL,
        small_width=NOT_PERSONAL,
        small_height=NOT_PERSONAL,
        size=NOT_PERSONAL,
        uploaded_at=picture,
        is_visible=rule,
    )
