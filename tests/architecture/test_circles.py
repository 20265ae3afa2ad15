import pytest

from tests.architecture import circles

pytestmark = pytest.mark.once


def test_no_files_know_each_other(house):
    assert circles.violations(house) == []


def test_no_folders_of_a_room_know_each_other(house):
    assert circles.violations_of_folders(house) == []


CIRCLES = {
    "import": ("from rse.core.access import readers", "import rse.core.models"),
    "in_a_function": ("from .access import readers", "def f():\n    from ..models import Person"),
    "for_types": ("from .access.readers import Is", "if TYPE_CHECKING:\n    from ..models import Person"),
    "by_a_name": ("from .access.readers import Is", 'import_string("rse.core.models.Person")'),
}


@pytest.mark.parametrize(("models", "readers"), CIRCLES.values(), ids=CIRCLES)
def test_a_circle_of_two_is_found(plant, models, readers):
    tree = plant({"rse/core/models.py": models, "rse/core/access/readers.py": readers})
    assert circles.violations(tree) == ["rse.core.access.readers and rse.core.models know each other"]


def test_a_circle_through_three_and_a_package_is_found(plant):
    tree = plant(
        {
            "talent/models/__init__.py": "from .skills import Skill",
            "talent/models/skills.py": "from talent import cards",
            "talent/cards.py": "from .models import Skill",
        }
    )
    assert circles.violations(tree) == ["talent.cards and talent.models and talent.models.skills know each other"]


def test_two_circles_are_two(plant):
    tree = plant(
        {
            "talent/a.py": "from . import b",
            "talent/b.py": "from . import a",
            "talent/c.py": "from . import a, d",
            "talent/d.py": "from . import c",
        }
    )
    assert circles.violations(tree) == ["talent.a and talent.b know each other", "talent.c and talent.d know each other"]


def test_what_leads_one_way_is_no_circle(plant):
    tree = plant(
        {
            "rse/settings/__init__.py": 'SESSION_ENGINE = "rse.core.models"',
            "rse/core/models.py": "from .keys import link",
            "rse/core/keys.py": '"""rse.core.models in a docstring"""\nlink("core.Person")',
            "rse/core/views.py": "from . import models, keys",
        }
    )
    assert circles.violations(tree) == []


def test_folders_that_know_each_other_through_files_that_do_not_are_found(plant):
    files = {
        "rse/core/web/pages.py": "",
        "rse/core/web/forms.py": "from ..people.names import held",
        "rse/core/people/names.py": "",
        "rse/core/people/words.py": "from ..web import pages",
    }
    tree = plant(files)
    assert circles.violations(tree) == []
    assert circles.violations_of_folders(tree) == ["rse.core.people and rse.core.web know each other"]


def test_a_folder_and_a_file_beside_it_that_know_each_other_are_found(plant):
    tree = plant(
        {
            "rse/core/rules.py": "from .people.names import held",
            "rse/core/people/names.py": "",
            "rse/core/people/words.py": "from .. import rules",
        }
    )
    assert circles.violations_of_folders(tree) == ["rse.core.people and rse.core.rules know each other"]


def test_types_alone_bind_no_folders(plant):
    tree = plant(
        {
            "rse/core/access/rules.py": "if TYPE_CHECKING:\n    from ..models.people import Person",
            "rse/core/models/people.py": "from ..access.readers import Is",
            "rse/core/access/readers.py": "",
        }
    )
    assert circles.violations_of_folders(tree) == []
