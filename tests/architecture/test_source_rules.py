import pytest

from tests.architecture import source_rules

pytestmark = pytest.mark.once


def test_every_rule_holds(house):
    assert source_rules.violations(house) == []


def test_no_file_is_longer_than_four_hundred_lines():
    assert source_rules.too_long() == []


def test_a_file_that_is_too_long_is_found(tmp_path):
    for place, lines in {
        "a/short.py": 400,
        "a/long.py": 401,
        "a/migrations/0001_long.py": 900,
        ".venv/long.py": 900,
        "var/long.py": 900,
    }.items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n" * lines)
    assert source_rules.too_long(tmp_path) == ["a/long.py: 401 lines: make it a package of the same name"]


ALLOWED = {
    "the_clock": ("rse/core/clock.py", "timezone.now()"),
    "asking_the_clock": ("talent/models.py", "at = DateTimeField(default=clock.now)\nday = clock.today()"),
    "a_date_that_is_named": ("talent/models.py", "datetime.date(2026, 1, 1)\ntimezone.get_default_timezone()"),
    "the_task_module": ("rse/core/events/tasks.py", "from django_tasks import task"),
    "asking_the_readers": (
        "talent/views.py",
        "Skill.objects.visible_to(reader).filter(a=1)\nget_object_or_404(Skill.objects.visible_to(reader), pk=1)",
    ),
    "rows_about_nobody": ("talent/views.py", "Unit.objects.all()\nget_object_or_404(Unit, pk=1)"),
    "a_service": ("talent/services.py", "Skill.objects.create()\nskill.save()"),
    "a_signal_about_no_row": ("talent/apps.py", "from django.db.models.signals import post_migrate"),
    "an_order_that_is_said": ("talent/queries.py", "ordering = ('name',)\nrows.order_by(*ordering)"),
    "an_address_that_is_read": ("talent/services.py", "Person.objects.filter(email=a).first()\nperson.email.lower()\nlog(email=a)"),
    "somebody_new": ("rse/core/services/x.py", "from rse.core.people.services.emails import newcomer\nnewcomer(email=a, **values)"),
    "a_registry_of_its_own": ("rse/core/events/schedule.py", "JOBS = {}\nJOBS['x'] = 1\nJOBS.pop('x')"),
    "a_frozen_copy": (
        "talent/migrations/0001_x.py",
        "from rse.core.migrations._ids import ids\nfrom ._x import y\nfrom django.conf import settings\napps.get_model('talent.Skill')",
    ),
    "settings": ("rse/settings/environment.py", "os.environ.get('X')"),
}


@pytest.mark.parametrize(("place", "text"), ALLOWED.values(), ids=ALLOWED)
def test_what_keeps_the_rules_passes(plant, place, text):
    assert source_rules.violations(plant({place: text})) == []


WRITTEN_BY = "addresses of people are written by"
PLANTED = {
    "utils": ("talent/utils.py", "", "utils"),
    "helpers": ("talent/views/helpers.py", "", "helpers"),
    "handler_package": ("talent/handler/__init__.py", "", "handler"),
    "timezone_now": ("talent/models.py", "at = timezone.now()", "timezone.now"),
    "timezone_now_as_default": ("talent/models.py", "at = DateTimeField(default=timezone.now)", "timezone.now"),
    "date_today": ("talent/models.py", "datetime.date.today()", "datetime.date.today"),
    "datetime_now": ("talent/models.py", "datetime.now(UTC)", "datetime.now"),
    "datetime_datetime_now": ("talent/models.py", "datetime.datetime.now()", "datetime.datetime.now"),
    "imported_now": ("talent/models.py", "from django.utils.timezone import now", "django.utils.timezone.now"),
    "now_of_the_database": ("talent/models.py", "from django.db.models.functions import Now", "django.db.models.functions.Now"),
    "auto_now": ("talent/models.py", "at = DateTimeField(auto_now_add=True)", "auto_now_add"),
    "django_tasks": ("talent/tasks.py", "from django_tasks import task", "background work has one door"),
    "django_tasks_in_a_function": ("talent/tasks.py", "def f():\n    import django_tasks.signals", "background work has one door"),
    "cache_page": ("talent/views.py", "from django.views.decorators.cache import cache_page", "cache_page"),
    "cache_middleware": ("rse/settings/__init__.py", "M = ['django.middleware.cache.UpdateCacheMiddleware']", "UpdateCacheMiddleware"),
    "all_rows_in_a_view": ("talent/views.py", "Skill.objects.filter(pk=1)", "Skill.objects is followed by .visible_to"),
    "all_rows_in_a_view_package": ("talent/views/skills.py", "f(Skill.objects)", "Skill.objects is followed by .visible_to"),
    "all_rows_in_a_socket": ("talent/sockets.py", "Skill._base_manager.all()", "Skill._base_manager is followed by .visible_to"),
    "all_rows_in_a_task": ("talent/tasks.py", "models.Skill.objects.get(pk=1)", "models.Skill.objects is followed by .visible_to"),
    "all_rows_in_the_api": ("rse/api/api.py", "apps.get_model('x').objects.all()", ".objects is followed by .visible_to"),
    "a_shortcut": ("talent/views.py", "get_object_or_404(Skill, pk=1)", "get_object_or_404(Skill) asks no reader"),
    "a_default_order": ("talent/models.py", "class S:\n    class Meta:\n        ordering = ['name']", "no order by default"),
    "save": ("talent/models.py", "class S:\n    def save(self): pass", "S.save writes where nobody looks"),
    "delete": ("talent/models.py", "class S:\n    async def adelete(self): pass", "S.adelete writes where nobody looks"),
    "post_save": ("talent/subscribers.py", "from django.db.models.signals import post_save", "post_save acts where nobody looks"),
    "signals_post_save": ("talent/subscribers.py", "signals.post_save.connect(f)", "post_save acts where nobody looks"),
    "environment": ("talent/views.py", "os.environ['X']", "os.environ is read in rse.settings only"),
    "a_registry_of_another_file": (
        "talent/apps.py",
        "from rse.core import deliveries\ndeliveries.SUBSCRIPTIONS['x'] = 1",
        "deliveries.SUBSCRIPTIONS is filled by a function",
    ),
    "a_registry_by_its_name": (
        "talent/apps.py",
        "from rse.core.events.schedule import JOBS\nJOBS.update(x=1)",
        "JOBS is filled by a function",
    ),
    "a_default_in_a_migration": ("talent/migrations/0001_x.py", "import rse.core.clock\nnow = rse.core.clock.now", "a frozen copy"),
    "a_service_in_a_migration": ("talent/migrations/0001_x.py", "def f(apps):\n    from ..services import skills", "a frozen copy"),
    "a_service_beside_a_migration": ("talent/migrations/_x.py", "from talent.enums import Level", "a frozen copy"),
    "a_name_in_a_migration": ("talent/migrations/0001_x.py", "import_string('rse.core.clock.now')", "a frozen copy"),
    "an_address": ("talent/services.py", "person.email = 'a@b.example'", WRITTEN_BY),
    "an_address_at_home": ("talent/services.py", "subject.private_email = ''", WRITTEN_BY),
    "an_address_in_bulk": ("talent/services.py", "Person.objects.filter(pk=1).update(email=a)", WRITTEN_BY),
    "an_address_of_a_row": ("talent/services.py", "Person(email=a)", WRITTEN_BY),
    "an_address_among_defaults": (
        "talent/services.py",
        "Person.objects.update_or_create(pk=1, defaults={'email': a})",
        WRITTEN_BY,
    ),
    "an_address_by_name": ("talent/services.py", "setattr(person, 'email', a)", WRITTEN_BY),
    "an_address_of_many": ("talent/services.py", "Person.objects.bulk_update(rows, ['email'])", WRITTEN_BY),
    "an_address_that_is_saved": ("talent/services.py", "person.save(update_fields=['email'])", WRITTEN_BY),
    "values_that_nobody_read": ("talent/services.py", "Person.objects.filter(pk=1).update(**values)", WRITTEN_BY),
    "the_writer_of_addresses": (
        "talent/services.py",
        "from rse.core.people.services.emails import write",
        WRITTEN_BY,
    ),
    "getenv": ("talent/views.py", "from os import getenv", "os.getenv is read in rse.settings only"),
}


@pytest.mark.parametrize(("place", "text", "said"), PLANTED.values(), ids=PLANTED)
def test_what_breaks_a_rule_is_found(plant, place, text, said):
    found = source_rules.violations(plant({place: text}))
    assert len(found) == 1
    assert said in found[0]


def test_a_find_names_its_place(plant):
    tree = plant({"talent/views.py": "\n\nSkill.objects.all()"})
    assert source_rules.violations(tree) == ["talent/views.py:3: Skill.objects is followed by .visible_to(…) here, or by nothing"]
