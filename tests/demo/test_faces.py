"""Photos of the demonstration: drawn by the project, the same each time, for the cast and for those who write the most."""

import io
from types import SimpleNamespace

import pytest
from PIL import Image

from rse.core.models import Person
from rse.demo import portraits
from rse.demo.faces import SIDE, draw_face
from tests.factories import PersonFactory
from tests.factories.feed import PostFactory


def test_face_is_a_square_that_its_seed_decides():
    one, again, other = draw_face("E1"), draw_face("E1"), draw_face("E2")

    assert Image.open(io.BytesIO(one)).size == (SIDE, SIDE)
    assert one == again != other
    assert draw_face("E1", has_helmet=True) != one


@pytest.mark.django_db
def test_cast_and_those_who_write_the_most_have_a_photo(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(portraits, "FACES", 2)
    silent, of_the_cast = PersonFactory(), PersonFactory()
    writer = PostFactory().author
    company = SimpleNamespace(seed=1, cast={"claire": of_the_cast.employee_number})

    portraits.Portraits(company, None)._show_faces()

    assert set(Person.objects.exclude(photo=None)) == {of_the_cast, writer}
    assert silent not in Person.objects.exclude(photo=None)
