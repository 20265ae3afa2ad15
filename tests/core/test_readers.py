"""What holds of every reader, and each corner of the parts; that both sides agree on every model is proved in ``tests/readers``."""

import pytest
from django.template import Context, Template
from django.utils import translation

from rse.core.access.readers import get_visible_or_404
from rse.core.access.who_sees import in_words, who_never_reads, who_reads
from rse.core.enums import PersonState
from rse.core.models import Audience, ReportingLine, RoleGrant
from tests.core.companies import random_company
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory, UnitFactory
from tests.readers.companies import models_with_readers

pytestmark = pytest.mark.django_db
SEALED = "whoever has to show their second factor again"


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


def test_who_reads_is_said_part_by_part_of_a_row_as_it_will_stand():
    row = Audience(is_open=False)

    with translation.override("en"):
        assert in_words(who_reads(row), Audience) == "its members"
        assert who_never_reads(row) == []


@pytest.mark.parametrize(
    ("row", "now", "never"),
    [
        ('"mobility.Opening"', "the people who recruit for it and HR of the unit", ""),
        ('"mobility.Opening" state="published"', "everyone in the company, the people who recruit for it and HR of the unit", ""),
        ('"talent.Wish"', "the person whose wish it is", "the management line and those who stood in the management line when it began"),
        (
            '"mentoring.MentoringRequest"',
            "the person who asks and the person who is asked",
            SEALED,
        ),
        ('"mentoring.MentoringRequest" state="declined"', "the person who asks", SEALED),
        ('"onboarding.Journey"', "the newcomer, the buddy, the direct manager and HR of the unit", ""),
        ('"onboarding.Journey" state="closed"', "the newcomer and HR of the unit", ""),
    ],
)
def test_forms_say_who_will_see_in_the_words_of_the_rule(row, now, never):
    with translation.override("en"):
        shown = Template(f"{{% who_sees {row} %}}").render(Context())

    said = f"Who will see this? <strong>{now}</strong>" + (f". Never: {never}" if never else "")
    assert " ".join(shown.split("<span>")[1].split("</span>")[0].split()) == said


def test_what_comes_later_is_said_apart_with_how_many_will_read():
    with translation.override("en"):
        shown = Template("""{% who_sees "mobility.Opening" later="state=published" when="Then:" count=2 %}""").render(Context())

    assert "HR of the unit</strong>. Then: <strong>everyone in the company</strong>, 2 people<" in shown
