"""Skills, contributions and wishes: how each action is tried. Same shape as ``probes``, which joins these."""

import contextlib

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from rse.core.access import kinds
from rse.core.models import Audience
from talent import page_context, queries
from talent.models import Skill, Wish
from talent.services import being, ledger, skills
from tests.factories import AudienceFactory
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory, WishFactory

VARIANTS = ("from_open", "from_closed", "from_secret")
BUILT = {("mobility_wish", "private"), ("mobility_wish", "shared_hr"), ("skill", "reference")}
BUILT |= {("talent_evidence", variant) for variant in VARIANTS}


@contextlib.contextmanager
def good_turns():
    """While it runs, an audience stands for an act in itself: the kind ``turn``."""
    kind = kinds.Kind(name="turn", model=Audience, label="Turn", address=lambda one: "/turn/", title=lambda one: "Title")
    kinds._kinds["turn"] = kind
    try:
        yield
    finally:
        del kinds._kinds["turn"]


def signed_in_only(act):
    """The anonymous and those who left never reach a service: the page sends them to sign in."""

    def probe(world, person, browser):
        if person is None or not person.may_sign_in:
            answer = browser.get(reverse("contributions:mine"))
            return "L" if answer.status_code == 302 else str(answer.status_code)
        with good_turns():
            return act(world, type(person).objects.get(pk=person.pk), browser)

    return probe


def line_of(world, variant, **values):
    """A line of the subject that helped a member and a host, in a space of that sort."""
    traits = {"from_open": {"open": True}, "from_closed": {}, "from_secret": {"secret": True}}[variant]
    member, host = world.principal("MB"), world.principal("MO")
    audience = AudienceFactory(members=[world.SU, member], hosts=[host], **traits)
    return LedgerLineFactory(person=world.SU, audience=audience, helped=[member.pk, host.pk], **values)


def must_see(person, line):
    if line.pk not in [shown.line.pk for shown in queries.lines_for(person, line.person)]:
        raise Http404
    return line


def on_line(variant, act):
    @signed_in_only
    def probe(world, person, browser):
        return act(world, person, browser, must_see(person, line_of(world, variant)))

    return probe


def line_list(variant):
    @signed_in_only
    def probe(world, person, browser):
        line = line_of(world, variant)
        answer = browser.get(reverse("contributions:of", args=[world.SU.handle]))
        return answer.status_code == 200 and line.audience.label in answer.text

    return probe


def line_view(world, person, browser, line):
    return "A"


def line_create(world, person, browser, line):
    """The person keeps a proposed line; others say that the person has a skill, which who took part in the answer may."""
    if person.pk == world.SU.pk:
        ledger.keep_line(person=person, line=LedgerLineFactory(person=world.SU, is_kept=False))
        return "A"
    skill = DeclaredSkillFactory(person=world.SU).skill
    skills.confirm_skill(by=person, person=world.SU, skill=skill)
    return "A"


def line_edit(world, person, browser, line):
    ledger.hide_lines(person=person, lines=[line])
    return "A"


def line_delete(world, person, browser, line):
    """The person erases a line; who confirmed a skill withdraws their own confirmation, and nobody another's."""
    if person.pk == world.SU.pk:
        ledger.erase_line(person=person, line=line)
        return "A"
    skill = DeclaredSkillFactory(person=world.SU).skill
    by = person if queries.ground_between(person, world.SU) else world.principal("MB")
    given = skills.confirm_skill(by=by, person=world.SU, skill=skill)
    skills.withdraw_confirmation(person=person, confirmation=given)
    return "A"


def line_export(world, person, browser, line):
    page_context.exported_lines(person, world.SU)
    return "A"


def wish_probe(variant, act):
    @signed_in_only
    def probe(world, person, browser):
        wish = WishFactory(person=world.SU, shared=variant == "shared_hr")
        if not Wish.objects.visible_to(person).filter(pk=wish.pk).exists():
            raise Http404
        return act(world, person, wish)

    return probe


def wish_view(world, person, wish):
    return bool(queries.wish_for(person, world.SU))


def own_only(act):
    """The page writes one's own wish and has no address for that of another."""

    def probe(world, person, wish):
        if person.pk != wish.person_id:
            raise PermissionDenied
        act(person, wish)
        return "A"

    return probe


def wish_edit(person, wish):
    being.save_wish(person=person, version=wish.version, horizon="now")


def wish_delete(person, wish):
    being.remove_wish(person=person)


@signed_in_only
def wish_create(world, person, browser):
    """There is no address at which to write the wish of another: for them it does not exist."""
    if person.pk != world.SU.pk:
        raise Http404
    being.save_wish(person=person, version=0, horizon="now", visibility="me")
    return "A"


def wish_export(world, person, wish):
    """One's own goes with one's data; there are no aggregates under five people."""
    if person.pk == wish.person_id:
        return "A"
    if person.holds("hr"):
        raise PermissionDenied
    raise Http404


@signed_in_only
def skill_list(world, person, browser):
    if not Skill.objects.filter(label_en="Metrology").exists():
        SkillFactory(label_fr="Métrologie", label_en="Metrology", words=" metrologie metrology")
    return "metrolog" in browser.get(reverse("skills:find"), {"skill": "metro"}).text.casefold().replace("é", "e")


@signed_in_only
def skill_create(world, person, browser):
    skills.add_skill(actor=person, label_fr="Soudage", label_en="Welding", group="production")
    return "A"


@signed_in_only
def skill_edit(world, person, browser):
    skills.merge_skills(actor=person, source=SkillFactory(), into=SkillFactory())
    return "A"


EVIDENCE = {"view": line_view, "edit": line_edit, "delete": line_delete, "export": line_export}
PROBES = {
    **{("talent_evidence", variant, "list"): line_list(variant) for variant in VARIANTS},
    **{("talent_evidence", variant, action): on_line(variant, act) for variant in VARIANTS for action, act in EVIDENCE.items()},
    ("talent_evidence", "from_open", "create"): on_line("from_open", line_create),
    **{
        ("mobility_wish", variant, action): wish_probe(variant, act)
        for variant in ("private", "shared_hr")
        for action, act in {
            "list": wish_view,
            "view": wish_view,
            "edit": own_only(wish_edit),
            "delete": own_only(wish_delete),
            "export": wish_export,
        }.items()
    },
    ("mobility_wish", "private", "create"): wish_create,
    ("skill", "reference", "list"): skill_list,
    ("skill", "reference", "create"): skill_create,
    ("skill", "reference", "edit"): skill_edit,
}
CONDITIONS = {
    ("talent_evidence", "from_open", "create"): {"MB": "A", "MO": "A"},
    **{("talent_evidence", variant, "edit"): {"SU": "A"} for variant in VARIANTS},
    # With fewer than five people there is no aggregate to take away.
    ("mobility_wish", "shared_hr", "export"): {"HR": "F"},
}
