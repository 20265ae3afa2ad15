from .marks import Acceptance, ReadPointer, UsefulMark
from .mentions import Mention
from .pictures import Picture
from .posts import Comment, EditedVersion, Post

__all__ = ["Acceptance", "Comment", "EditedVersion", "Mention", "Picture", "Post", "ReadPointer", "UsefulMark"]
