"""What holds of every reader, and each corner of the parts; that both sides agree on every model is proved in ``tests/readers``."""

import pytest
from django.utils import translation

from rse.core.enums import PersonState
from rse.core.models import Audience, ReportingLine, RoleGrant
from rse.core.readers import get_visible_or_404, sentences_for
from tests.core.companies import random_company
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory, UnitFactory
from tests.readers.companies import models_with_readers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(10))
def test_who_left_reads_nothing_and_who_is_expected_only_what_names_them(seed):
    _chance, people, _units = random_company(seed)

    for person in people:
        for model in models_with_readers():
            seen = model.objects.visible_to(person)
            if person.state == PersonState.LEFT:
                assert not seen.exists()
        if person.state == PersonState.EXPECTED:
            assert not RoleGrant.objects.visible_to(person).exclude(person=person).exists()
            assert not ReportingLine.objects.filter(manager=person).exists()


def test_anonymous_reads_nothing():
    from django.contrib.auth.models import AnonymousUser

    AudienceFactory(open=True)

    assert not Audience.objects.visible_to(AnonymousUser()).exists()


def test_superuser_is_no_exception():
    person = PersonFactory(is_superuser=True)
    audience = AudienceFactory()

    assert audience not in Audience.objects.visible_to(person)


def test_hidden_and_absent_give_the_same_404():
    from django.http import Http404

    person, audience = PersonFactory(), AudienceFactory()

    with pytest.raises(Http404) as hidden:
        get_visible_or_404(Audience, person, pk=audience.pk)
    with pytest.raises(Http404) as absent:
        get_visible_or_404(Audience, person, pk=audience.pk + 1000)
    assert str(hidden.value) == str(absent.value)


def test_role_over_a_unit_reaches_what_is_under_it_and_nothing_beside():
    above, beside = UnitFactory(), UnitFactory()
    below = UnitFactory(parent=above)
    hr = PersonFactory()
    RoleGrantFactory(person=hr, role="hr", unit=above)
    inside, outside = PersonFactory(unit=below, expected=True), PersonFactory(unit=beside, expected=True)

    seen = type(hr).objects.visible_to(hr)

    assert inside in seen
    assert outside not in seen


def test_sentences_name_the_parts_that_open_it():
    audience = AudienceFactory(members=[PersonFactory()])

    with translation.override("en"):
        assert [str(one) for one in sentences_for(audience)] == ["its members"]
