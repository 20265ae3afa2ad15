from .answers import accept_answer, unaccept_answer
from .comments import conceal_comment, delete_comment, edit_comment, hide_comment, publish_comment, reveal_comment, unhide_comment
from .marks import mark_useful, unmark_useful
from .pictures import BadPicture, PictureGone, TooMuch, erase_pictures, forget_stray_files, remove_picture, upload_picture
from .posts import (
    conceal_post,
    delete_post,
    edit_post,
    erase_comments,
    erase_posts,
    hide_post,
    move_pointer,
    publish_post,
    reveal_post,
    unhide_post,
)

__all__ = [
    "BadPicture",
    "PictureGone",
    "TooMuch",
    "accept_answer",
    "conceal_comment",
    "conceal_post",
    "delete_comment",
    "delete_post",
    "edit_comment",
    "edit_post",
    "erase_comments",
    "erase_pictures",
    "erase_posts",
    "forget_stray_files",
    "hide_comment",
    "hide_post",
    "mark_useful",
    "move_pointer",
    "publish_comment",
    "publish_post",
    "remove_picture",
    "reveal_comment",
    "reveal_post",
    "unaccept_answer",
    "unhide_comment",
    "unhide_post",
    "unmark_useful",
    "upload_picture",
]
