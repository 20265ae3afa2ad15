"""Photos of people and the logo of the company, drawn as the product draws them."""

from django.core.cache import cache

from rse.core.enums import Role
from rse.core.models import Installation
from rse.core.ops.company import keep_logo
from rse.core.ops.installation import KEY
from rse.core.people.services.photos import keep_photo
from rse.core.pictures.drawing import Square

from .core import PersonFactory
from .feed import picture_file


def photo_of(person, *, square=None, file=None, **options):
    """The name of the photo that ``person`` now has: a plain picture unless ``file`` is another one."""
    keep_photo(person=person, file=file or picture_file(**options), square=square or Square())
    return person.photo


def logo_of_the_company(*, file=None, **options):
    """The name of the logo that the company now has: a plain picture unless ``file`` is another one."""
    keep_logo(by=PersonFactory(role=Role.ADMINISTRATOR), file=file or picture_file(**options))
    cache.delete(KEY)
    return Installation.objects.get().logo
