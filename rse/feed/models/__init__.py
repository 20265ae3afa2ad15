from .marks import Acceptance, ReadPointer, UsefulMark
from .pictures import Picture
from .posts import Comment, EditedVersion, Post

__all__ = ["Acceptance", "Comment", "EditedVersion", "Picture", "Post", "ReadPointer", "UsefulMark"]
