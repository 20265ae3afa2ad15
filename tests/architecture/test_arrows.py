import pytest

from tests.architecture import arrows
from tests.architecture.rooms import ARROWS, COMPOSITION

pytestmark = pytest.mark.once

TOP = {"search", "rse.insights", "rse.api", "rse.demo"}


def test_every_arrow_is_in_the_table(house):
    assert arrows.violations(house) == []


def test_the_table_has_no_cycle():
    left = dict(ARROWS)
    while left:
        free = {room for room, known in left.items() if not known & left.keys()}
        assert free, f"these know each other: {sorted(left)}"
        left = {room: known for room, known in left.items() if room not in free}


def test_nobody_knows_the_top():
    assert not TOP & {known for rooms in ARROWS.values() for known in rooms}


def test_what_goes_down_is_allowed(plant):
    tree = plant(
        {
            "rse/core/models.py": "",
            "rse/core/urls.py": 'app_name = "people"\nurlpatterns = [path("", view, name="list")]',
            "rse/feed/views.py": 'from rse.core import models\nlink("core.Person")\nreverse("people:list")\n',
            "rse/feed/templates/feed/post.html": '{% extends "base.html" %}{% url "people:list" %}',
            "rse/templates/base.html": "",
            "rse/urls.py": "import search.urls\nimport rse.demo",
            "search/urls.py": "import onboarding",
            "onboarding/views.py": "from mentoring import services\nfrom communities import services",
            "mentoring/services.py": '"""talent.Skill in a docstring, mobility.services and onboarding/page.html too"""',
            "communities/services.py": "",
        }
    )
    assert arrows.violations(tree) == []


UPWARD = {
    "import": ("rse/core/models.py", "import talent.models", "the import of talent.models leads from rse.core to talent"),
    "from": (
        "rse/feed/views.py",
        "from communities.models import Community",
        "the import of communities.models.Community leads from rse.feed to communities",
    ),
    "from_rse": ("rse/core/models.py", "from rse import notify", "the import of rse.notify leads from rse.core to rse.notify"),
    "relative": (
        "rse/core/models.py",
        "from ..notify import services",
        "the import of rse.notify.services leads from rse.core to rse.notify",
    ),
    "in_a_function": (
        "mentoring/services.py",
        "def f():\n    from onboarding import models",
        "the import of onboarding.models leads from mentoring to onboarding",
    ),
    "a_room_inside_another": (
        "talent/apps.py",
        "from .succession import rules",
        "the import of talent.succession.rules leads from talent to talent.succession",
    ),
    "for_types": (
        "rse/notify/services.py",
        "if TYPE_CHECKING:\n    from rse.governance.models import Charter",
        "the import of rse.governance.models.Charter leads from rse.notify to rse.governance",
    ),
    "the_top": ("onboarding/views.py", "import search.services", "the import of search.services leads from onboarding to search"),
    "between_tops": ("rse/insights/views.py", "import search.services", "the import of search.services leads from rse.insights to search"),
    "sideways": ("mobility/services.py", "import mentoring.services", "the import of mentoring.services leads from mobility to mentoring"),
    "settings": (
        "rse/core/clock.py",
        "from rse.settings import TIME_ZONE",
        "the import of rse.settings.TIME_ZONE leads from rse.core to rse.settings",
    ),
    "urls": ("rse/core/views.py", "import rse.urls", "the import of rse.urls leads from rse.core to rse.urls"),
    "tests": (
        "rse/core/views.py",
        "from tests.factories import person",
        "the import of tests.factories.person leads from rse.core to tests",
    ),
    "model_by_name": (
        "rse/core/access/readers.py",
        'apps.get_model("communities.Community")',
        '"communities.Community" leads from rse.core to communities',
    ),
    "model_by_two_names": (
        "rse/core/access/readers.py",
        'apps.get_model("feed", "Post")',
        'get_model("feed", …) leads from rse.core to rse.feed',
    ),
    "rows_by_name": (
        "rse/core/access/readers.py",
        '_rows("succession.Nomination")',
        '"succession.Nomination" leads from rse.core to talent.succession',
    ),
    "key": ("rse/core/models.py", 'ForeignKey("talent.Skill", CASCADE)', '"talent.Skill" leads from rse.core to talent'),
    "key_in_migration": ("rse/core/migrations/0002_x.py", 'ForeignKey(to="talent.skill")', '"talent.skill" leads from rse.core to talent'),
    "migration": (
        "rse/core/migrations/0002_x.py",
        'dependencies = [("talent", "0001_initial")]',
        "the migration of talent leads from rse.core to talent",
    ),
    "address": (
        "rse/core/views.py",
        'redirect("communities:detail", 1)',
        'the address "communities:detail" leads from rse.core to communities',
    ),
    "template": (
        "rse/core/views.py",
        'render(request, "communities/detail.html")',
        '"communities/detail.html" leads from rse.core to communities',
    ),
    "dotted": ("rse/core/views.py", 'import_string("talent.models.Skill")', '"talent.models.Skill" leads from rse.core to talent'),
}


@pytest.mark.parametrize(("place", "text", "said"), UPWARD.values(), ids=UPWARD)
def test_what_goes_up_is_found(plant, place, text, said):
    tree = plant({"talent/models.py": "", place: text})
    assert [one.partition(": ")[2] for one in arrows.violations(tree)] == [said]


UPWARD_IN_TEMPLATES = {
    "include": ('{% include "communities/_card.html" %}', '{% include "communities/_card.html" %}'),
    "include_found_elsewhere": ("{% include 'welcome.html' with a=b %}", '{% include "welcome.html" %}'),
    "extends": ('{% extends "communities/page.html" %}', '{% extends "communities/page.html" %}'),
    "namespace_of_the_room": ('{% url "communities:detail" 1 %}', '{% url "communities:detail" %}'),
    "namespace_declared": ("{% url 'clubs:list' %}", '{% url "clubs:list" %}'),
    "address_without_namespace": ('{% url "doors" as there %}', '{% url "doors" %}'),
    "library": ("{% load i18n badges %}", "{% load badges %}"),
}


@pytest.mark.parametrize("place", ["rse/feed/templates/feed/page.html", "rse/templates/base.html"])
@pytest.mark.parametrize(("text", "said"), UPWARD_IN_TEMPLATES.values(), ids=UPWARD_IN_TEMPLATES)
def test_a_template_that_goes_up_is_found(plant, text, said, place):
    tree = plant(
        {
            "communities/urls.py": """
clubs = ([path("", v, name="list")], "clubs")
urlpatterns = [path("doors/", v, name="doors"), path("", include(clubs))]
""",
            "communities/templatetags/badges.py": "",
            "communities/templates/welcome.html": "",
            place: f"<p>\n{text}{{# {text} #}}",
        }
    )
    room = "rse.core" if place.startswith("rse/templates") else "rse.feed"
    assert arrows.violations(tree) == [f"{place}:2: {said} leads from {room} to communities"]


def test_a_package_without_a_room_is_found(plant):
    assert arrows.violations(plant({"rse/misc/models.py": "", "gossip/models.py": ""})) == [
        "gossip/__init__.py: gossip is in no room: give it one, or its room a line in the table",
        "gossip/models.py: gossip.models is in no room: give it one, or its room a line in the table",
        "rse/misc/__init__.py: rse.misc is in no room: give it one, or its room a line in the table",
        "rse/misc/models.py: rse.misc.models is in no room: give it one, or its room a line in the table",
    ]


def test_the_composition_exists(house):
    for name in COMPOSITION:
        assert house.has(name), f"{name} is in the table and not in the house"
