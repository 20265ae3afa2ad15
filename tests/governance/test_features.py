import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RecordedEvent
from rse.core.versions import EditedMeanwhile
from rse.governance import gates
from rse.governance.gates import gate_is_open, gated
from rse.governance.models import FeatureSwitch
from rse.governance.services.features import AlreadyOn, UnknownFeature, close_feature, confirm_feature, propose_feature
from tests.factories import PersonFactory
from tests.factories.governance import FeatureSwitchFactory

pytestmark = pytest.mark.django_db
MISSING = {
    "impact_assessment": "", "works_council_on": None, "works_council_advice": "", "notice_on": None, "notice_fr": "", "notice_en": "",
    "owner": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def lamp(monkeypatch):
    monkeypatch.setattr(gates, "_gates", {})
    gates.declare("lamp", label="Lamp", text="Lights the room.")


@pytest.fixture
def cast():
    class Cast:
        admin, other_admin = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(role=Role.ADMINISTRATOR)
        head = PersonFactory(role=Role.HR_HEAD)

    return Cast


def conditions(**changed):
    today = clock.today()
    return {
        "impact_assessment": "AIPD-7", "works_council_on": today, "works_council_advice": "reserved", "notice_on": today,
        "notice_fr": "Ce que fait la lampe.", "notice_en": "What the lamp does.", "owner": PersonFactory(),
    } | changed  # fmt: skip


def is_open(name="lamp"):
    from django.core.cache import cache

    cache.clear()
    return gate_is_open(name)


def test_gate_is_closed_until_it_is_confirmed(cast, django_capture_on_commit_callbacks):
    switch = propose_feature(asker=cast.admin, name="lamp", **conditions())
    assert not gate_is_open("lamp")

    with django_capture_on_commit_callbacks(execute=True):
        confirm_feature(confirmer=cast.head, switch=switch, version=1)

    assert gate_is_open("lamp")
    assert [one.facets["recipient_ids"] for one in RecordedEvent.objects.filter(name="governance.feature_proposed")] == [[cast.head.pk]]


@pytest.mark.parametrize("missing", MISSING)
def test_r20_one_condition_missing_keeps_it_closed(cast, missing):
    switch = propose_feature(asker=cast.admin, name="lamp", **conditions(**{missing: MISSING[missing]}))

    with pytest.raises(PermissionDenied):
        confirm_feature(confirmer=cast.head, switch=switch, version=1)

    assert not is_open()


@pytest.mark.parametrize("missing", MISSING)
def test_r20_database_refuses_it_on_with_a_condition_missing(missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        FeatureSwitchFactory(on=True, **{missing: MISSING[missing]})


def test_gate_that_nobody_declared_is_closed():
    FeatureSwitchFactory(on=True, name="unknown")

    assert not is_open("unknown")


@pytest.mark.parametrize("late", ["notice_on", "works_council_on"])
def test_gate_waits_for_its_day(late):
    tomorrow = clock.today() + datetime.timedelta(days=1)
    FeatureSwitchFactory(on=True, **{late: tomorrow})

    assert not is_open()
    with clock.moved_to(clock.now() + datetime.timedelta(days=2)):
        assert is_open()


def test_x07_who_filled_it_in_does_not_confirm(cast):
    from tests.factories import RoleGrantFactory

    RoleGrantFactory(person=cast.admin, role=Role.HR_HEAD)
    both = type(cast.admin).objects.get(pk=cast.admin.pk)
    switch = propose_feature(asker=both, name="lamp", **conditions())

    with pytest.raises(PermissionDenied):
        confirm_feature(confirmer=both, switch=switch, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeatureSwitch.objects.filter(pk=switch.pk).update(confirmed_by=both, on_since=clock.now())


@pytest.mark.parametrize("role", [None, Role.HR, Role.DPO, Role.HR_SUCCESSION, Role.ADMINISTRATOR])
def test_only_the_head_of_hr_confirms(cast, role):
    switch = propose_feature(asker=cast.admin, name="lamp", **conditions())

    with pytest.raises(PermissionDenied):
        confirm_feature(confirmer=PersonFactory(role=role), switch=switch, version=1)
    assert not is_open()


@pytest.mark.parametrize("role", [None, Role.HR, Role.HR_HEAD, Role.DPO, Role.HR_SUCCESSION])
def test_only_administrators_fill_in(role):
    with pytest.raises(PermissionDenied):
        propose_feature(asker=PersonFactory(role=role), name="lamp", **conditions())
    assert not FeatureSwitch.objects.exists()


def test_undeclared_feature_cannot_be_proposed(cast):
    with pytest.raises(UnknownFeature):
        propose_feature(asker=cast.admin, name="sociogram", **conditions())


def test_conditions_changed_meanwhile_are_not_confirmed(cast):
    switch = propose_feature(asker=cast.admin, name="lamp", **conditions())
    propose_feature(asker=cast.other_admin, name="lamp", version=1, **conditions(impact_assessment="AIPD-8"))

    with pytest.raises(EditedMeanwhile):
        confirm_feature(confirmer=cast.head, switch=switch, version=1)
    assert not is_open()


def test_second_of_two_administrators_is_shown_the_first(cast):
    propose_feature(asker=cast.admin, name="lamp", **conditions())

    with pytest.raises(EditedMeanwhile) as meanwhile:
        propose_feature(asker=cast.other_admin, name="lamp", version=0, **conditions(impact_assessment="AIPD-9"))

    assert meanwhile.value.current.impact_assessment == "AIPD-7"
    assert FeatureSwitch.objects.get().impact_assessment == "AIPD-7"


def test_confirmed_conditions_do_not_change_under_it(cast):
    FeatureSwitchFactory(on=True)

    with pytest.raises(AlreadyOn):
        propose_feature(asker=cast.admin, name="lamp", version=1, **conditions(impact_assessment="AIPD-9"))


@pytest.mark.parametrize("who", ["admin", "head"])
def test_t19_switched_off_at_once_and_history_kept(cast, who, django_capture_on_commit_callbacks):
    FeatureSwitchFactory(on=True)
    assert gate_is_open("lamp")

    with django_capture_on_commit_callbacks(execute=True):
        close_feature(closer=getattr(cast, who), name="lamp")

    assert not gate_is_open("lamp")
    assert FeatureSwitch.objects.get().off_by == getattr(cast, who)
    assert propose_feature(asker=cast.admin, name="lamp", **conditions()).pk != FeatureSwitch.objects.order_by("pk").first().pk


def test_others_do_not_switch_off():
    FeatureSwitchFactory(on=True)

    with pytest.raises(PermissionDenied):
        close_feature(closer=PersonFactory(role=Role.HR), name="lamp")
    assert is_open()


def test_gate_asks_the_database_once_in_a_while(django_assert_num_queries):
    FeatureSwitchFactory(on=True)

    with django_assert_num_queries(1):
        assert gate_is_open("lamp")
        assert gate_is_open("lamp")


def test_r20_closed_gate_answers_404_and_open_gate_the_page():
    @gated("lamp")
    def page(request):
        return HttpResponse("light")

    with pytest.raises(Http404):
        page(RequestFactory().get("/"))
    FeatureSwitchFactory(on=True)
    from django.core.cache import cache

    cache.clear()
    assert page(RequestFactory().get("/")).content == b"light"


def test_gate_is_declared_once():
    with pytest.raises(ValueError, match="two gates"):
        gates.declare("lamp", label="Another lamp")


def test_everybody_reads_what_is_on_with_its_notice(signed_in):
    FeatureSwitchFactory(on=True)
    gates.declare("fan", label="Fan")

    page = signed_in(PersonFactory(language="en")).get("/features/").text

    assert "What the lamp does." in page
    assert "On since" in page
    assert "Fan" not in page
    assert "/features/lamp/close/" not in page


def test_proposal_is_not_shown_to_everybody(signed_in):
    FeatureSwitchFactory()

    page = signed_in(PersonFactory(language="en")).get("/features/").text

    assert "Lamp" not in page
    assert "None of these features is on" in page


@pytest.mark.parametrize(("role", "status"), [(None, 403), (Role.HR, 403), (Role.ADMINISTRATOR, 200), (Role.HR_HEAD, 200), (Role.DPO, 200)])
def test_conditions_page_for_those_who_look_after_them(signed_in, role, status):
    assert signed_in(PersonFactory(role=role)).get("/features/lamp/").status_code == status


def form(**changed):
    values = conditions(**changed)
    values["owner"] = values["owner"].handle
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in values.items()} | {"version": 0}


def test_filled_in_and_confirmed_in_the_browser(signed_in, cast):
    admin, head = signed_in(cast.admin), signed_in(cast.head)

    assert admin.post("/features/lamp/", form()).url == "/features/lamp/"
    assert "/features/lamp/confirm/" not in admin.get("/features/lamp/").text
    assert admin.post("/features/lamp/confirm/", {"version": 1}).status_code == 403
    assert "AIPD-7" in head.get("/features/lamp/").text
    assert head.post("/features/lamp/confirm/", {"version": 2}).status_code == 409
    assert head.post("/features/lamp/confirm/", {"version": 1}).url == "/features/"
    assert gate_is_open("lamp")
    assert admin.post("/features/lamp/", form()).status_code == 403
    assert head.post("/features/lamp/close/").url == "/features/"
    assert not gate_is_open("lamp")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        *[(condition, "", "This field is required") for condition in MISSING if condition != "notice_en"],
        ("owner", "nobody@company.example", "Nobody is found here"),
        ("works_council_on", "2999-01-01", "once it was held"),
        ("notice_on", "yesterday", "Enter a valid date"),
        ("works_council_advice", "lovely", "Select a valid choice"),
    ],
)
def test_bad_input_is_said_at_the_field_and_kept(signed_in, field, value, words):
    admin = signed_in(PersonFactory(role=Role.ADMINISTRATOR, language="en"))

    page = admin.post("/features/lamp/", form() | {field: value, "notice_en": "Kept words"})

    assert page.status_code == 422
    assert words in page.text
    assert "Kept words" in page.text
    assert not FeatureSwitch.objects.exists()


def test_second_administrator_sees_both_versions(signed_in, cast):
    signed_in(cast.admin).post("/features/lamp/", form())

    page = signed_in(cast.other_admin).post("/features/lamp/", form(impact_assessment="AIPD-9"))

    assert page.status_code == 409
    assert "AIPD-7" in page.text
    assert "AIPD-9" in page.text
    assert FeatureSwitch.objects.get().impact_assessment == "AIPD-7"


def test_unknown_feature_is_absent(signed_in):
    admin = signed_in(PersonFactory(role=Role.ADMINISTRATOR))

    assert admin.get("/features/sociogram/").status_code == 404
    assert admin.post("/features/sociogram/confirm/", {"version": 1}).status_code == 404


def test_pages_say_for_whose_yes_a_feature_waits(signed_in):
    administrator = PersonFactory(role=Role.ADMINISTRATOR, language="en")
    FeatureSwitchFactory(asked_by=administrator)
    nobody = "it waits for the yes of the head of HR, and nobody who may say it holds this role."
    for address in ("/features/", "/features/lamp/"):
        assert nobody in signed_in(administrator).get(address).text
    PersonFactory(role=Role.HR_HEAD)
    for address in ("/features/", "/features/lamp/"):
        assert "it waits for the yes of the head of HR." in signed_in(administrator).get(address).text
