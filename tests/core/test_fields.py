"""Every field of every model says what it is about a person."""

from django.apps import apps

from rse.core.ops import personal_fields

# Tables of the libraries that hold nothing about a person.
LIBRARIES = {"contenttypes", "django_tasks_database"}
# Wagtail's table of who sits before which page: our screens never write to it (tests/pages says so).
ALWAYS_EMPTY = {"EditingSession.last_seen_at"}


def models():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in LIBRARIES]


def columns():
    """Every column, as ``(model.field, field)``."""
    return [(f"{model.__name__}.{field.name}", field.name) for model in models() for field in model._meta.concrete_fields]


def test_every_field_is_declared_and_nothing_else():
    declared = {name.lower(): set(one) for name, one in personal_fields.declared().items()}
    wanted = {model._meta.label_lower: {field.name for field in model._meta.concrete_fields if not field.primary_key} for model in models()}

    unsaid = {name: wanted[name] - declared.get(name, set()) for name in wanted}
    unknown = {name: declared[name] - wanted.get(name, set()) for name in declared}
    assert {name: left for name, left in unsaid.items() if left} == {}
    assert {name: left for name, left in unknown.items() if left} == {}


def test_every_personal_field_says_why_and_how_long():
    unsaid = [
        f"{model}.{name}"
        for model, one in personal_fields.declared().items()
        for name, field in one.items()
        if field.is_personal and not (field.purpose and field.retention)
    ]

    assert unsaid == []


def test_r04_no_column_keeps_presence():
    words = ("last_seen", "last_login", "last_active", "online", "presence", "typing", "read_at", "seen_at", "keystroke", "time_on", "mood")
    found = [
        f"{model.__name__}.{field.name}"
        for model in models()
        for field in model._meta.concrete_fields
        if any(word in field.name for word in words)
    ]

    assert set(found) == ALWAYS_EMPTY


def test_r11_no_column_for_a_protected_ground():
    words = {
        "sex", "gender", "sexe", "genre", "birth", "naissance", "age", "religion", "union", "syndicat", "health", "sante", "handicap",
        "disability", "ethnic", "origin", "origine", "nationality", "nationalite", "marital", "famille", "pregnancy", "grossesse",
        "orientation", "political",
    }  # fmt: skip
    assert [name for name, field in columns() if set(field.split("_")) & words] == []
