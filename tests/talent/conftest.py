"""A good turn: the smallest act that a line can stand on, made of rows of core alone. An audience stands for an act in itself."""

import pytest

from rse.core.access import kinds
from rse.core.models import Audience


@pytest.fixture(autouse=True)
def turns(monkeypatch):
    """Registers the kind ``turn``; what is in ``turns.hidden`` says of itself that it is hidden, what is in ``turns.gone`` is not there."""
    with good_turns(monkeypatch) as here:
        yield here


class Turns:
    def __init__(self):
        self.hidden, self.gone = set(), set()


class good_turns:  # noqa: N801 - read as a sentence: with good_turns(…)
    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def __enter__(self):
        here = Turns()

        class There(type(Audience.objects.all())):
            def filter(self, *args, **kwargs):
                return super().filter(*args, **kwargs).exclude(pk__in=here.gone)

        class Turn(Audience):
            objects = There.as_manager()

            class Meta:
                proxy = True
                app_label = "core"
                base_manager_name = "objects"

            @property
            def is_visible(self):
                return self.pk not in here.hidden

        kind = kinds.Kind(
            name="turn", model=Turn, label="Turn", address=lambda one: f"/turns/{one.pk}/", title=lambda one: f"Title of {one.label}"
        )
        self.monkeypatch.setitem(kinds._kinds, "turn", kind)
        return here

    def __exit__(self, *error):
        from django.apps import apps

        apps.all_models["core"].pop("turn", None)
        apps.clear_cache()
