"""Photos of people, drawn as the product draws them."""

from rse.core.people.services.photos import keep_photo
from rse.core.pictures.drawing import Square

from .feed import picture_file


def photo_of(person, *, square=None, file=None, **options):
    """The name of the photo that ``person`` now has: a plain picture unless ``file`` is another one."""
    keep_photo(person=person, file=file or picture_file(**options), square=square or Square())
    return person.photo
