"""What happens in the feed. Ids only: the words stand in the rows, which each reader asks for."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class FeedEvent(Event):
    """Base of what happens in the feed: the space may be a secret one."""

    may_be_secret: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PostPublished(FeedEvent):
    """The recipients are the readers whom the text names."""


@dataclass(frozen=True, kw_only=True)
class PostEdited(FeedEvent):
    """The recipients are the readers whom the new text names and the old one did not."""


@dataclass(frozen=True, kw_only=True)
class PostDeleted(FeedEvent):
    """The author took their words back; what hung on the post goes with it."""


@dataclass(frozen=True, kw_only=True)
class PostHidden(FeedEvent):
    """The post was hidden; the room that keeps the record tells its author why."""


@dataclass(frozen=True, kw_only=True)
class PostShown(FeedEvent):
    """The post can be read again."""


@dataclass(frozen=True, kw_only=True)
class CommentPublished(FeedEvent):
    """The recipients are the author of the post, that of the answer which it remarks on, and the readers whom the text names."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class CommentEdited(FeedEvent):
    """The recipients are the readers whom the new text names and the old one did not."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(FeedEvent):
    """The author took their words back."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class CommentHidden(FeedEvent):
    """The comment was hidden; the room that keeps the record tells its author why."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class CommentShown(FeedEvent):
    """The comment can be read again."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(FeedEvent):
    """The recipients are whose answer it is and, when a host accepted it, the asker."""

    post_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(FeedEvent):
    """An answer is no longer the accepted one."""

    post_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class MarkedUseful(FeedEvent):
    """Somebody was helped; with a reason, it is a fact that a credit may stand on."""


@dataclass(frozen=True, kw_only=True)
class MarkWithdrawn(FeedEvent):
    """The mark is gone, and whatever stood on it."""


@dataclass(frozen=True, kw_only=True)
class MentionChanged(Event):
    """Somebody whom a text names is called otherwise, has come or has left: the text is found by other words."""
