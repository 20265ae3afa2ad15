"""What each field of this package is about a person."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, AsLong, Employed, Nameless, Span, Until, WithThing
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, personal

from .queries.endings import comments_taken_back, pointers_without_place, posts_taken_back
from .services import erase_comments, erase_pictures, erase_posts
from .services.names import forget_handles

MONTH = Span(days=30)


def declare_fields():
    """Fill the registry for the models of this package."""
    taken_back: dict[str, Any] = {"since": "deleted_at", "event": _("it is deleted"), "lasts": MONTH}
    of_post = (
        After(model="feed.Post", things=_("Posts taken back"), **taken_back, rows=posts_taken_back, does=erase_posts),
        Nameless(),
    )
    of_comment = (
        After(model="feed.Comment", things=_("Comments taken back"), **taken_back, rows=comments_taken_back, does=erase_comments),
        Nameless(),
    )
    _declare_text("feed.Post", of_post)
    _declare_text("feed.Comment", of_comment)
    as_text = AsLong(_("the text"), ("feed.Post", "feed.Comment"))
    rule = personal("whether it may still be read, and why", retention=as_text, is_exported=False, erasure=Erasure.KEEP)
    before = personal("what a text said before it was edited, for its author and the hosts", retention=as_text)
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
    named = Employed(
        model="feed.Mention",
        things=_("Names of people who left, in texts"),
        lasts=MONTH,
        among=~Q(handle=F("person__handle")) & Q(person__first_name="", person__last_name=""),
        does=forget_handles,
    )
    meant = personal("whom a text names, so that it is read under their present name", retention=(as_text, named), is_exported=False)
    declare("feed.Mention", post=meant, comment=meant, useful_mark=meant, handle=meant, person=meant)
    unkept = Until(_("it is taken back"), "rse.feed.services.answers.unaccept_answer")
    unmarked = Until(_("it is taken back"), "rse.feed.services.marks.unmark_useful")
    kept = personal("which answer was kept for a question, and by whom", retention=(unkept, as_text, Nameless()), erasure=Erasure.ANONYMISE)
    declare("feed.Acceptance", post=kept, comment=kept, audience=kept, accepted_by=kept, accepted_at=kept, is_visible=rule)
    mark = personal("who was helped by what", retention=(unmarked, as_text, Nameless()), erasure=Erasure.ANONYMISE)
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
    pointed = WithThing(model="feed.ReadPointer", things=_("Places in feeds"), thing=_("the membership"), rows=pointers_without_place)
    place = personal("how far the person has come in a feed; no time", retention=pointed)
    declare("feed.ReadPointer", person=place, audience=place, position=place)
    loose = After(
        model="feed.Picture",
        things=_("Pictures that hang on nothing"),
        since="uploaded_at",
        event=_("the upload"),
        lasts=Span(days=1),
        among=Q(audience=None),
        does=erase_pictures,
    )
    picture = personal("a picture that the person shows to colleagues", retention=(loose, as_text, Nameless()), erasure=Erasure.ANONYMISE)
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


def _declare_text(model, kept):
    words = personal("what the person writes for colleagues", retention=kept, erasure=Erasure.ANONYMISE)
    act = personal("who wrote it, for whom and when", retention=kept, erasure=Erasure.ANONYMISE)
    rule = personal("whether it may still be read, and why", retention=kept, is_exported=False, erasure=Erasure.KEEP)
    sent = personal("to post once what was sent twice", retention=kept, is_exported=False)
    common = {
        **dict.fromkeys(("public_id", "version", "useful_count"), NOT_PERSONAL),
        **dict.fromkeys(("author", "audience", "published_at", "edited_at"), act),
        **dict.fromkeys(("is_hidden", "deleted_at", "is_visible"), rule),
        "body": words,
        "submission": sent,
    }
    if model == "feed.Post":
        declare(
            model,
            **common,
            kind=act,
            title=words,
            language=words,
            comment_count=NOT_PERSONAL,
            remark_count=NOT_PERSONAL,
            text_version=NOT_PERSONAL,
        )
    else:
        declare(model, **common, post=act, answer=act, is_remark=NOT_PERSONAL, is_post_visible=rule)
