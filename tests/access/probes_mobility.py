"""Openings and applications: how each action is tried. Same shape as ``probes``, which joins these.

The subject made the opening, or sent the application; the recruiter is in its team.
"""

from django.urls import reverse

from mobility.models import Application, Bookmark, Opening, OpeningMember
from rse.core.enums import Role
from rse.core.organisation.services.lines import keep_line
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.core import put_under
from tests.factories.mobility import ApplicationFactory, BookmarkFactory, OpeningFactory, told

STATES = {"draft": {"draft": True}, "published": {}, "closed": {"closed": True}}
BUILT = {("job", state) for state in STATES} | {
    ("application", variant) for variant in ("draft", "submitted", "manager_informed", "line_moved")
}
BUILT |= {("opening_team", "published"), ("bookmark", "own")}
CODES = {200: "A", 403: "F", 404: "N", 409: "A", 422: "A"}


def answer(response):
    if response.status_code == 302:
        return "L" if reverse("account_login") in response.url else "A"
    return CODES[response.status_code]


def opening_of(world, variant="published"):
    return OpeningFactory(author=world.SU, team=[world.SU, world.principal("RC")], **STATES[variant])


def on_job(variant, act):
    def probe(world, person, browser):
        return act(opening_of(world, variant), browser, world)

    return probe


def found_in(browser, words, *addresses):
    """A where one of these pages says ``words``; N where none does."""
    pages = [browser.get(address) for address in addresses]
    if any(answer(page) == "L" for page in pages):
        return "L"
    return any(page.status_code == 200 and words in page.text for page in pages)


def job_list(opening, browser, world):
    return found_in(browser, opening.public_id, reverse("jobs:list"), reverse("recruitment:list"))


def job_view(opening, browser, world):
    return answer(browser.get(opening.get_absolute_url()))


def job_create(opening, browser, world):
    RoleGrantFactory(person=world.SU, role=Role.RECRUITER)
    values = {name: value for name, value in told().items() if value is not None}
    where = {"its_title": "Chef de projet", "unit": UnitFactory().pk, "site": SiteFactory().pk}
    said = answer(browser.post(reverse("jobs:create"), values | where))
    return Opening.objects.filter(title="Chef de projet").exists() if said == "A" else said


def job_edit(opening, browser, world):
    return answer(browser.get(reverse("jobs:edit", args=[opening.public_id])))


def job_delete(opening, browser, world):
    """A draft is erased; what was published is closed."""
    name = "delete" if opening.state == "draft" else "close"
    said = answer(browser.post(reverse(f"jobs:{name}", args=[opening.public_id])))
    return said if said != "A" else not Opening.objects.filter(pk=opening.pk).exclude(state="closed").exists()


def job_export(opening, browser, world):
    if (seen := job_view(opening, browser, world)) != "A":
        return seen
    page = browser.get(reverse("jobs:export"))
    return answer(page) if page.status_code != 200 else opening.title in page.text


def application_of(world, variant):
    opening = OpeningFactory(team=[world.principal("RC")])
    state = "draft" if variant == "draft" else "submitted"
    if variant == "line_moved":
        return moved_away(opening, world)
    told_to = world.principal("MD") if variant == "manager_informed" else None
    return ApplicationFactory(opening=opening, applicant=world.SU, state=state, informed_manager=told_to)


def moved_away(opening, world):
    """The manager stood above when it began, stands elsewhere now, and has every reason to read it."""
    manager = world.principal("MD")
    row = ApplicationFactory(opening=opening, applicant=world.SU)
    keep_line(kind="application", row_id=row.pk, person_ids=[world.SU.pk])
    put_under(world.SU, PersonFactory())
    RoleGrantFactory(person=manager, role=Role.HR)
    return row


def on_application(variant, act):
    def probe(world, person, browser):
        return act(application_of(world, variant), browser)

    return probe


def application_list(row, browser):
    team = reverse("recruitment:opening", args=[row.opening.public_id])
    return found_in(browser, row.public_id, reverse("applications:mine"), team)


def address(row, name):
    return reverse(f"applications:{name}", args=[row.public_id])


def application_view(row, browser):
    return answer(browser.get(row.get_absolute_url()))


def application_edit(row, browser):
    """A draft is written by its applicant; of what was sent, others than them take the stage further."""
    if row.state == "draft":
        said = answer(browser.get(address(row, "edit")))
    else:
        form = (browser.get(row.get_absolute_url()).context or {}).get("step_form")
        read = form["version"].value() if form else ""
        said = answer(browser.post(address(row, "move"), {"version": read, "state": "in_review"}))
    return said


def application_delete(row, browser):
    said = answer(browser.post(address(row, "withdraw")))
    return said if said != "A" else not Application.objects.filter(pk=row.pk).exclude(state="withdrawn").exists()


def application_export(row, browser):
    return answer(browser.get(address(row, "export")))


def application_create(world, person, browser):
    """Whoever sends the form writes their own; nobody begins one for the subject."""
    page = reverse("jobs:apply", args=[OpeningFactory().public_id])
    said = {"version": 0, "letter": "x", "letter_for": "hr", "do": "keep", "applicant": world.SU.pk, "applicant_id": world.SU.pk}
    if answer(browser.post(page, said)) == "L":
        return "L"
    return Application.objects.filter(applicant=world.SU).exists()


def team_list(opening, browser, world):
    page = browser.get(opening.get_absolute_url())
    return answer(page) if page.status_code != 200 else world.SU.get_absolute_url() in page.text


def on_team(act):
    """The recruiter made it; the subject is in its team."""

    def probe(world, person, browser):
        opening = OpeningFactory(author=world.principal("RC"), team=[world.SU, world.principal("RC")])
        return act(opening, browser, world)

    return probe


def team_create(opening, browser, world):
    other = PersonFactory()
    said = answer(browser.post(reverse("recruitment:member_add", args=[opening.public_id]), {"person": other.handle, "its_role": "hiring"}))
    return said if said != "A" else OpeningMember.objects.filter(person=other).exists()


def team_delete(opening, browser, world):
    said = answer(browser.post(reverse("recruitment:member_remove", args=[opening.public_id, world.SU.handle])))
    return said if said != "A" else not OpeningMember.objects.current().filter(person=world.SU).exists()


def bookmark_list(world, person, browser):
    kept = BookmarkFactory(person=world.SU)
    return found_in(browser, kept.opening.public_id, f"{reverse('jobs:list')}?show=kept")


def bookmark_create(world, person, browser):
    opening = OpeningFactory()
    said = answer(browser.post(reverse("jobs:keep", args=[opening.public_id]), {"kept": "1"}))
    return said if said != "A" else Bookmark.objects.filter(opening=opening, person=person).exists()


def bookmark_delete(world, person, browser):
    """Each takes away their own: that of the subject stays, whoever else asks."""
    kept = BookmarkFactory(person=world.SU)
    said = answer(browser.post(reverse("jobs:keep", args=[kept.opening.public_id]), {"kept": "0"}))
    return said if said == "L" else not Bookmark.objects.filter(pk=kept.pk).exists()


JOB = {"list": job_list, "view": job_view, "create": job_create, "edit": job_edit, "delete": job_delete, "export": job_export}
OF_A_STATE = {
    "draft": ("list", "view", "create", "edit", "delete"),
    "published": ("list", "view", "edit", "delete", "export"),
    "closed": ("list", "view", "edit", "export"),
}
APPLICATION = {
    "list": application_list,
    "view": application_view,
    "edit": application_edit,
    "delete": application_delete,
    "export": application_export,
}
PROBES = {
    **{("job", state, action): on_job(state, JOB[action]) for state, actions in OF_A_STATE.items() for action in actions},
    **{
        ("application", variant, action): on_application(variant, act)
        for variant in ("draft", "submitted", "manager_informed")
        for action, act in APPLICATION.items()
    },
    **{("application", "line_moved", action): on_application("line_moved", APPLICATION[action]) for action in ("list", "view")},
    ("application", "draft", "create"): application_create,
    ("opening_team", "published", "list"): on_team(team_list),
    ("opening_team", "published", "create"): on_team(team_create),
    ("opening_team", "published", "delete"): on_team(team_delete),
    ("bookmark", "own", "list"): bookmark_list,
    ("bookmark", "own", "create"): bookmark_create,
    ("bookmark", "own", "delete"): bookmark_delete,
}
CONDITIONS = {
    ("job", "draft", "create"): {"RC": "A"},
    ("opening_team", "published", "create"): {"RC": "A"},
    ("opening_team", "published", "delete"): {"RC": "A"},
}
