"""Imports that were kept among the tables of identity are all there, and so is what others keep of them."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.models import Delivery, RetentionRun
from rse.core.ops import retention
from rse.hris.models import ImportBatch, ImportMapping
from rse.hris.services import background
from rse.identity.models import AddressChange, AddressMove
from tests.factories import PersonFactory
from tests.migrating import before, latest, migrate, names_of_parts, names_when_new, on_its_way

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = (ImportMapping, ImportBatch)
TASKS = ("apply", "compare")
PERIOD = "ImportBatch uploaded_at 36m"


def test_imports_of_identity_and_what_others_keep_of_them_come_along():
    sender, comparer, owner, other = PersonFactory.create_batch(4)
    kept = {model: ContentType.objects.get_for_model(model).pk for model in MODELS}
    now = clock.now()
    try:
        old = migrate(before("hris", "imports_come_from_identity"), before("identity", "changes_say_who_sent_the_file"))
        rows = {name: old.get_model("identity", name).objects for name in ("ImportBatch", "ImportMapping", "AddressMove", "AddressChange")}
        people = {"uploaded_by_id": sender.pk, "compared_by_id": comparer.pk}
        batch = rows["ImportBatch"].create(
            public_id="file-of-before",
            file_name="people.csv",
            kind="full",
            state="previewed",
            uploaded_at=now,
            examples=[{"a": 1}],
            **people,
        )
        rows["ImportMapping"].create(signature="s", columns={"email": "Mail"}, used_at=now)
        move = rows["AddressMove"].create(public_id="m", batch=batch, old_domain="old.example", new_domain="new.example", asked_at=now)
        asked = {"kind": "email", "new_address": "a@new.example", "asked_at": now}
        rows["AddressChange"].create(public_id="by-the-file", person_id=owner.pk, batch=batch, move=move, **asked)
        rows["AddressChange"].create(public_id="by-a-person", person_id=other.pk, asked_by_id=sender.pk, **asked)
        for name in TASKS:
            DBTaskResult.objects.create(task_path=f"rse.identity.services.imports.{name}", args_kwargs={}, backend_name="default")
        RetentionRun.objects.create(period=f"identity.{PERIOD}", ran_at=now)
        facets = {"batch_id": batch.pk, "document": ["person", 0]}
        queued = on_its_way("identity.people_imported", "hris.people_imported", **facets)
        assert set(ContentType.objects.filter(pk__in=kept.values()).values_list("app_label", flat=True)) == {"identity"}
    finally:
        migrate(*latest())

    found = ImportBatch.objects.visible_to(PersonFactory(role=Role.HR)).get()
    assert (found.public_id, found.state, found.examples) == ("file-of-before", "previewed", [{"a": 1}])
    assert (found.uploaded_by, found.compared_by) == (sender, comparer)
    assert ImportMapping.objects.get().columns == {"email": "Mail"}
    assert ImportBatch.objects.create(file_name="next.csv", kind="delta").pk > found.pk

    by_file, by_person = (AddressChange.objects.get(public_id=f"by-{who}") for who in ("the-file", "a-person"))
    assert (by_file.sent_by, by_file.compared_by, by_file.move) == (sender, comparer, AddressMove.objects.get())
    assert (by_person.sent_by, by_person.compared_by, by_person.asked_by) == (None, None, sender)

    assert {model: ContentType.objects.get(app_label="hris", model=model.__name__.lower()).pk for model in MODELS} == kept
    paths = DBTaskResult.objects.order_by("task_path").values_list("task_path", flat=True)
    assert [import_string(path) for path in paths] == [getattr(background, name) for name in TASKS]
    assert {"onboarding.follow_file", "search.follow"} <= {delivery.subscriber for delivery in queued}
    assert [deliveries.attempt(delivery.pk) for delivery in queued] == [True] * len(queued)
    assert {delivery.event.name for delivery in Delivery.objects.filter(pk__in=[one.pk for one in queued])} == {"hris.people_imported"}
    assert RetentionRun.objects.get().period in {period.name for period in retention.periods()} & {f"hris.{PERIOD}"}


def test_parts_of_the_moved_tables_are_called_as_those_of_new_ones():
    assert names_of_parts(*MODELS) == names_when_new(*MODELS)
