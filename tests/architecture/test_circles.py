import pytest

from tests.architecture import circles

pytestmark = pytest.mark.once


def test_no_files_know_each_other(house):
    assert circles.violations(house) == []


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
