"""What is read here: the charter, the reports one made or handles, who opened one's file."""

import datetime
from collections import defaultdict

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.access import kinds
from rse.core.enums import PersonState, Role
from rse.core.models import LineAtStart, Person, RoleGrant

from . import gates
from .models import (
    AccessLogEntry,
    AccessLogRelease,
    AccessLogSubject,
    AccessLogVerification,
    Charter,
    CharterAcceptance,
    FeatureSwitch,
    Moderation,
    Report,
    Reporter,
)
from .rules import can_propose_feature, can_see_reporters

AN_HOUR = datetime.timedelta(hours=1)


def current_charter():
    """Return the version in force, or None before the first."""
    return Charter.objects.newest_first().first()


def charter_of(version):
    return Charter.objects.filter(version=version).first()


def charters():
    """Return the queryset of every version without its texts, the newest first."""
    return Charter.objects.newest_first().defer("body_fr", "body_en")


def acceptance_of(person, charter):
    return CharterAcceptance.objects.filter(person=person.pk, charter=charter).first() if charter else None


def reported_thing(report, reader):
    """Return what was reported, as ``reader`` of the report sees it; None once it is gone.

    A handler reads it also where they do not belong, a host as anybody there.
    """
    kind = kinds.get(report.kind)
    if kind is None:
        return None
    if reader.holds(Role.HANDLER):
        return kind.with_card(kind.model.objects.filter(pk=report.row_id)).first()
    return kinds.resolve([(report.kind, report.row_id)], reader).get((report.kind, report.row_id))


def reporters_for(reader, report):
    """Return what was said by those who reported, oldest first: with their names for handlers, without for hosts."""
    rows = Reporter.objects.filter(report=report).select_related("person").order_by("at", "pk")
    is_named = can_see_reporters(reader, report)
    return [
        {"person": row.person if is_named else None, "category": row.get_category_display(), "words": row.words, "at": row.at}
        for row in rows
    ]


def open_reports_for(person):
    """Return the queryset of the open reports that this person may decide about, oldest first, with how many people made each."""
    reporters = Reporter.objects.filter(report=OuterRef("pk")).order_by().values("report").annotate(count=Count("pk")).values("count")
    return Report.objects.visible_to(person).open().annotate(reporter_count=reporters).oldest_first()


def pending_appeals_for(person):
    """Return the queryset of the appeals that this person may decide: not against their own decision, nor about their own words."""
    rows = Moderation.objects.visible_to(person).with_pending_appeal().exclude(author=person).exclude(by=person)
    return rows.order_by("appealed_at", "pk")


def reports_made_by(person):
    return Reporter.objects.visible_to(person).filter(person=person).select_related("report").order_by("-at", "-pk")


def decisions_about(person):
    """Return the queryset of the decisions about what this person wrote, the newest first."""
    return Moderation.objects.filter(author=person).order_by("-at", "-pk")


def openings_of_my_file(person):
    """Return the queryset of the openings of rows about ``person`` by others, the newest first.

    Rows of the access log, without those that are withheld until a decision.
    """
    about_me = AccessLogSubject.objects.filter(person=person.pk).values("entry")
    released = AccessLogRelease.objects.filter(
        Q(person=None) | Q(person=person.pk), kind=OuterRef("kind"), row_id=OuterRef("row_id"), up_to__gte=OuterRef("number")
    )
    rows = AccessLogEntry.objects.filter(number__in=about_me).exclude(reader=person.pk)
    return rows.filter(Q(is_withheld=False) | Exists(released)).select_related("reader__site", "reader__unit")


def opening_lines(entries, person):
    """Return the lines that the page of one's openings shows: who, what, why and how often within the hour.

    Of what was withheld, the function and not the name; and a line for each: one for two would say that a person looked twice.
    """
    things = kinds.resolve({(entry.kind, entry.row_id) for entry in entries}, person)
    lines = []
    for entry, times in _within_the_hour(entries):
        kind, thing = kinds.get(entry.kind), things.get((entry.kind, entry.row_id))
        function = Role(entry.function).label if entry.function else ""
        lines.append(
            {
                "entry": entry,
                "times": times,
                "reader": None if entry.is_withheld else entry.reader,
                "function": function or (_("Somebody of HR") if entry.is_withheld else ""),
                "what": kind.label if kind else entry.kind,
                "url": kind.address(thing) if kind and thing is not None else "",
            }
        )
    return lines


def _within_the_hour(entries):
    """Return ``entries``, the newest first, with those of one reader and one purpose within an hour as one: the last, and how many."""
    together: list[list[AccessLogEntry]] = []
    begun: dict[tuple[object, ...], int] = {}
    for entry in reversed(entries):
        key = (entry.reader_id, entry.function, entry.kind, entry.row_id, entry.purpose)
        if not entry.is_withheld and key in begun and entry.at - together[begun[key]][0].at < AN_HOUR:
            together[begun[key]].append(entry)
        else:
            begun[key] = len(together)
            together.append([entry])
    return sorted(((group[-1], len(group)) for group in together), key=lambda line: -line[0].number)


def audit_lines(entries):
    """Return the lines of the access log as the data protection officer reads them: with the people concerned, and no title."""
    about = defaultdict(list)
    for subject in AccessLogSubject.objects.filter(entry__in=[entry.pk for entry in entries]).select_related("person").order_by("person"):
        about[subject.entry_id].append(subject.person)
    return [{"entry": entry, "what": getattr(kinds.get(entry.kind), "label", entry.kind), "about": about[entry.pk]} for entry in entries]


def access_log_state():
    """Return the last verification of the chain, and the first that found it broken; never a number, which would tell what is withheld."""
    return {
        "last": AccessLogVerification.objects.order_by("-at", "-pk").first(),
        "broken": AccessLogVerification.objects.filter(first_broken__isnull=False).order_by("at", "pk").first(),
    }


def switches():
    """Return the switch that runs, or waits for a confirmation, for each declared gate: ``[(gate, switch or None, is open)]``."""
    running = {switch.name: switch for switch in FeatureSwitch.objects.running().select_related("owner", "asked_by", "confirmed_by")}
    on = set(FeatureSwitch.objects.open_on(clock.today()).values_list("name", flat=True))
    return [(gate, running.get(gate.name), gate.name in on) for gate in gates.every()]


def heads_who_may_confirm(switches):
    """Return the keys of those of ``switches`` that somebody holds the role to confirm, in one query: a head of HR who did not ask."""
    heads = set(RoleGrant.objects.current().filter(role=Role.HR_HEAD, person__state=PersonState.ACTIVE).values_list("person", flat=True))
    return {switch.pk for switch in switches if heads - {switch.asked_by_id}}


def waits_for(switch, confirmable):
    """Return in words what a feature that is off waits for; ``confirmable`` are the keys for which somebody may say yes."""
    if switch is None:
        return _("an administrator fills in its conditions")
    if not switch.is_complete:
        return _("conditions are missing: an administrator fills them in")
    if switch.is_confirmed:
        return _("it starts on its day")
    if switch.pk in confirmable:
        return _("it waits for the yes of the head of HR")
    return _("it waits for the yes of the head of HR, and nobody who may say it holds this role")


def switch_of(name):
    """Return the switch of ``name`` that was not switched off, or None."""
    return FeatureSwitch.objects.running().filter(name=name).select_related("owner", "asked_by", "confirmed_by").first()


def decided_before(limit):
    """Return the queryset of the decisions about content whose last step, an appeal's included, was before ``limit``.

    An open appeal keeps its decision.
    """
    ends = (Coalesce(column, "at", output_field=DateTimeField()) for column in ("lifted_at", "appeal_decided_at"))
    last = Greatest("at", *ends, output_field=DateTimeField())
    return Moderation.objects.annotate(last=last).filter(last__lt=limit).exclude(appealed_at__isnull=False, appeal_outcome="")


def lines_of_what_is_gone(_now):
    """Return the queryset of the lines at start of things of which neither the row nor an opening is kept.

    As long as somebody's opening stands in the log, whoever stood in that line must not read it there.
    """
    gone = Q(pk__in=[])
    for name in LineAtStart.objects.order_by("kind").values_list("kind", flat=True).distinct():
        kind = kinds.get(name)
        lines = Q(kind=name) & ~Q(row_id__in=AccessLogEntry.objects.filter(kind=name).values("row_id"))
        if kind is not None:
            lines &= ~Q(row_id__in=kind.model._base_manager.values("pk"))
        gone |= lines
    return LineAtStart.objects.filter(gone)


def may_answer_for_features(reader):
    """Return the queryset of those whom ``reader`` may name as the person who answers for a feature."""
    return Person.objects.visible_to(reader).present() if can_propose_feature(reader) else Person.objects.none()
