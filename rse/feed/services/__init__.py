from rse.core.pictures.drawing import BadPicture

from .answers import accept_answer, unaccept_answer
from .comments import delete_comment, edit_comment, hide_comment, hide_comment_row, publish_comment, show_comment, show_comment_row
from .marks import mark_useful, unmark_useful
from .pictures import PictureGone, TooMuch, erase_pictures, forget_stray_files, remove_picture, upload_picture
from .posts import (
    delete_post,
    edit_post,
    erase_comments,
    erase_posts,
    hide_post,
    hide_post_row,
    move_pointer,
    publish_post,
    show_post,
    show_post_row,
)

__all__ = [
    "BadPicture",
    "PictureGone",
    "TooMuch",
    "accept_answer",
    "delete_comment",
    "delete_post",
    "edit_comment",
    "edit_post",
    "erase_comments",
    "erase_pictures",
    "erase_posts",
    "forget_stray_files",
    "hide_comment",
    "hide_comment_row",
    "hide_post",
    "hide_post_row",
    "mark_useful",
    "move_pointer",
    "publish_comment",
    "publish_post",
    "remove_picture",
    "show_comment",
    "show_comment_row",
    "show_post",
    "show_post_row",
    "unaccept_answer",
    "unmark_useful",
    "upload_picture",
]
