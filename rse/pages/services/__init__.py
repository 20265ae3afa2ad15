"""What is done in the handbook: pages are published, editors named, pictures kept and erased."""

from .pages import (
    NamedAlready,
    end_section_editor,
    end_sections_of,
    end_sections_without_role,
    name_section_editor,
    note_moved,
    note_published,
    note_unpublished,
    put_charter_in_force,
)
from .pictures import MOST_PICTURES, BadPicture, TooManyPictures, add_picture, drop_pictures, forget_stray_pictures

__all__ = [
    "MOST_PICTURES",
    "BadPicture",
    "NamedAlready",
    "TooManyPictures",
    "add_picture",
    "drop_pictures",
    "end_section_editor",
    "end_sections_of",
    "end_sections_without_role",
    "forget_stray_pictures",
    "name_section_editor",
    "note_moved",
    "note_published",
    "note_unpublished",
    "put_charter_in_force",
]
