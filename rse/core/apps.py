from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class CoreConfig(AppConfig):
    name = "rse.core"
    label = "core"

    def ready(self):
        from django.core import checks as system_checks
        from django_tasks_db import models as queue

        from . import own_erasures, own_first_steps, own_invariants
        from .access import rules
        from .access.kinds import Kind, register
        from .enums import Addressed, Role
        from .events import deliveries, schedule, tasks
        from .models import Person
        from .ops import checks, company, erasures, first_steps, restoring, retention, tracebacks
        from .ops.backups.placing import check_finished
        from .people.services.people import turn_the_day
        from .people.services.photos import forget_stray_photos
        from .people.visible_fields import document_of_person
        from .personal_data import declare_fields
        from .web import converters, error_pages, former_addresses, person_picker, slots

        converters.register()
        register(
            Kind(
                name="person",
                key="handle",
                model=Person,
                label=_("Person"),
                plural=_("People"),
                icon="user",
                document=document_of_person,
                address=lambda person: person.get_absolute_url(),
                title=lambda person: person.name,
                card="components/person_row.html",
                with_card=lambda people: people.with_card(),
            )
        )
        former_addresses.follow(kind=Addressed.PERSON, model=Person, argument="handle")
        person_picker.register("role", person_picker.to_be_given_a_role)
        declare_fields()
        own_invariants.register_all()
        own_erasures.register_all()
        restoring.register("deliveries", deliveries.begin_again)
        restoring.register("work", tasks.forget_running)
        system_checks.register(check_finished)
        checks.register_all()
        own_first_steps.register_all()
        error_pages.listen()
        # The rows of work that failed keep where it did, and no word of the exception. The queue calls this with the exception alone.
        queue.format_exception = tracebacks.lines  # type: ignore[assignment]
        schedule.every("* * * * *", deliveries.sweep, name=gettext_noop("sweep deliveries"))
        schedule.every("5 * * * *", turn_the_day, name=gettext_noop("turn the day"))
        schedule.every("40 * * * *", retention.forget, name=gettext_noop("forget what has had its time"))
        schedule.every("44 3 * * *", forget_stray_photos, name=gettext_noop("erase files that are nobody's photo"))
        schedule.every("47 4 * * *", erasures.prune, name=gettext_noop("forget erasures that no backup precedes"))
        schedule.every("46 3 * * *", company.forget_stray_logos, name=gettext_noop("erase files that are not the logo"))
        schedule.every("*/10 * * * *", first_steps.note, name=gettext_noop("look at the first steps"))
        schedule.every("50 3 * * *", tasks.forget_finished, name=gettext_noop("forget finished work"))
        # What rooms do to a person from their profile.
        profiles = (
            "people:",
            "contributions:of",
            *(f"identity:{act}" for act in ("invite", "hand_over", "deactivate", "give_access_back")),
        )
        slots.navigate(slots.Entry("main", _("Home"), "home", "house", order=0, tab=1, prefixes=("feed:",), shown=lambda reader: True))
        slots.navigate(slots.Entry("main", _("Directory"), "people:list", "search", order=80, prefixes=profiles))
        slots.fill(
            "home.todo",
            slots.Block("core/_first_steps_todo.html", lambda reader, page: {} if first_steps.are_left(reader) else None, order=5),
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("First steps"),
                "first_steps:list",
                "footprints",
                order=180,
                prefixes=("first_steps:",),
                shown=first_steps.are_left,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Company"),
                "company:edit",
                "building-2",
                order=185,
                prefixes=("company:",),
                shown=rules.can_describe_company,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Roles"),
                "roles:list",
                "key-round",
                order=200,
                prefixes=("roles:",),
                shown=lambda reader: reader.holds(Role.ADMINISTRATOR, Role.DPO, Role.HR_HEAD, Role.HR_SUCCESSION, Role.HR),
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Background work"),
                "operations:queue",
                "activity",
                order=210,
                shown=lambda reader: reader.holds(Role.ADMINISTRATOR),
            )
        )
