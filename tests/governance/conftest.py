"""A notice board (the smallest kind that stands in a space, has an author and can be hidden) and a chain of entries of the access log."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from rse.core.access import kinds
from rse.core.models import Audience, AudienceMember, RowGrant
from tests.factories import PersonFactory
from tests.governance.keyring import opens


@pytest.fixture
def board(monkeypatch):
    """Registers the kind ``notice``: an audience stands for what ``board.authors[pk]`` wrote in it; ``board.hidden`` are hidden."""

    @dataclasses.dataclass
    class Board:
        authors: dict
        hidden: set

    here = Board({}, set())

    class Notice(Audience):
        class Meta:
            proxy = True
            app_label = "core"

        @property
        def author_id(self):
            return here.authors[self.pk]

        @property
        def audience_id(self):
            return self.pk

    def check(thing, by):
        """As rooms do: a host, or who holds a grant on this very row."""
        is_host = AudienceMember.objects.filter(audience=thing.pk, person=by, role="host").exists()
        is_let_in = RowGrant.objects.current().filter(person=by, kind="notice", row_id=thing.pk).exists()
        if by.pk == thing.author_id or not (is_host or is_let_in):
            raise PermissionDenied

    def hide(thing, *, by, reason):
        check(thing, by)
        here.hidden.add(thing.pk)

    def show(thing, *, by):
        check(thing, by)
        here.hidden.discard(thing.pk)

    kind = kinds.Kind(
        name="notice",
        model=Notice,
        label="Notice",
        address=lambda one: f"/notices/{one.pk}/",
        title=lambda one: one.label,
        hide=hide,
        show=show,
    )
    monkeypatch.setitem(kinds._kinds, "notice", kind)
    yield here
    from django.apps import apps

    apps.all_models["core"].pop("notice", None)
    apps.clear_cache()


@pytest.fixture
def chain():
    """Five entries, each about two people."""
    people = PersonFactory.create_batch(3)
    for row in range(5):
        opens(people[0], people[1], people[2], row=row + 1)
    return people
