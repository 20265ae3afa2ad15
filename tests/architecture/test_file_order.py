import pytest

from tests.architecture import file_order

pytestmark = pytest.mark.once


def test_every_file_imports_what_stands_above_it(house):
    assert file_order.violations(house) == []


def test_what_stands_above_may_be_imported(plant):
    tree = plant(
        {
            "talent/enums.py": "",
            "talent/rules.py": "from .enums import X\nif TYPE_CHECKING:\n    from .models import Skill",
            "talent/models/skills.py": "from ..rules import can_merge\nfrom . import lines",
            "talent/models/lines.py": "from .skills import Skill",
            "talent/services.py": "from .queries import all_of\nfrom talent.models import Skill",
            "talent/queries.py": "from rse.core.web.views import anything_of_another_room",
            "talent/apps.py": "from . import subscribers",
            "talent/subscribers.py": "from . import services",
            "talent/management/commands/merge.py": "from talent import services",
            "talent/wording.py": "from .models import Skill",
            "talent/views.py": "from . import wording, services",
            "rse/core/events/bus.py": "from .models import RecordedEvent",
            "rse/core/models.py": "",
        }
    )
    assert file_order.violations(tree) == []


BELOW = {
    "models_import_services": (
        {"talent/models.py": "from . import services"},
        "talent/models.py:1: models imports services, which stands below it",
    ),
    "services_import_views": (
        {"talent/services.py": "\nfrom talent.views import page"},
        "talent/services.py:2: services imports views, which stands below it",
    ),
    "rules_import_models": (
        {"talent/rules.py": "from .models import Skill"},
        "talent/rules.py:1: rules imports models, which stands below it",
    ),
    "queries_import_services": (
        {"talent/queries.py": "import talent.services"},
        "talent/queries.py:1: queries imports services, which stands below it",
    ),
    "services_import_tasks": (
        {"talent/services.py": "from .tasks import mail"},
        "talent/services.py:1: services imports tasks, which stands below it",
    ),
    "in_a_function": (
        {"talent/models.py": "def f():\n    from . import queries"},
        "talent/models.py:2: models imports queries, which stands below it",
    ),
    "inside_a_package": (
        {"talent/models/skills.py": "from ..services import merge"},
        "talent/models/skills.py:1: models imports services, which stands below it",
    ),
    "through_a_file_without_a_place": (
        {"talent/models.py": "from . import wording", "talent/wording.py": "from . import plain", "talent/plain.py": "from . import views"},
        "talent/models.py:1: models imports views, through wording and plain, which stands below it",
    ),
    "the_composer": (
        {"talent/views.py": "from .apps import TalentConfig"},
        "talent/views.py:1: views imports apps, which puts the room together",
    ),
}


@pytest.mark.parametrize(("files", "said"), BELOW.values(), ids=BELOW)
def test_what_stands_below_is_found(plant, files, said):
    room = {f"talent/{name}.py": "" for name in ("models", "services", "views", "queries", "tasks", "apps")}
    assert file_order.violations(plant(room | files)) == [said]
