"""How each action on communities and memberships is tried.

The principals that stand in a relation to a community get it here: MB is a member, MO hosts it (and another person owns it), SU owns it as
who made it. For memberships SU is the person whose membership it is.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communities import queries
from communities.models import Community
from communities.services import (
    accept_invitation,
    answer_creation,
    ask_to_join,
    change_role,
    create_community,
    create_secret,
    delete_community,
    edit_community,
    invite,
    join,
    leave,
    remove_member,
)
from communities.visible_fields import fields_for
from rse.core.enums import Role
from rse.core.models import Audience
from rse.feed.services import hide_post
from rse.governance.enums import Article
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, add
from tests.factories.feed import PostFactory

from .probes import needs_sign_in, status

VARIANTS = ("open", "closed", "secret")
BUILT = {(thing, variant) for thing in ("community", "membership") for variant in VARIANTS} | {("community", "protected")}


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def is_principal(world, person, code):
    return world._made.get(code) == person


def community_of(world, person, variant, *, subject_role="owner"):
    """A community with an owner, a member and a post of theirs, in which ``person`` is what their column says."""
    kind = "secret" if variant == "protected" else variant
    community = CommunityFactory(kind=kind, name="Probe", owners=[PersonFactory()], members=[PersonFactory()])
    if variant == "protected":
        Audience.objects.filter(pk=community.audience_id).update(is_protected=True)
        community.refresh_from_db()
    for code, role in (("MB", "member"), ("MO", "host"), ("SU", subject_role)):
        if role and person is not None and is_principal(world, person, code):
            add(community, [person], role)
    return community


def known_or_404(person, community):
    """As every address of a community begins."""
    return get_object_or_404(queries.communities_for(person), pk=community.pk)


def on_community(variant, act):
    def probe(world, person, browser):
        community = community_of(world, person, variant)
        if needs_sign_in(person):
            return status(browser.get(community.get_absolute_url()))
        person = fresh(person)
        act(person, known_or_404(person, community))
        return "A"

    return probe


def community_list(variant):
    def probe(world, person, browser):
        community = community_of(world, person, variant)
        if needs_sign_in(person):
            return status(browser.get(reverse("communities:list")))
        person = fresh(person)
        shown = {show: browser.get(reverse("communities:list"), {"show": show}).text for show in ("mine", "open", "closed")}
        is_listed = any(community.get_absolute_url() in page.partition('id="communities"')[2] for page in shown.values())
        return is_listed or "size_class" in fields_for(person, community)

    return probe


def community_view(variant):
    def probe(world, person, browser):
        return status(browser.get(community_of(world, person, variant).get_absolute_url()))

    return probe


def community_create(variant):
    def probe(world, person, browser):
        if needs_sign_in(person) or not person.is_present:
            return status(browser.get(reverse("communities:create")))
        person = fresh(person)
        words = {"name": "Probe", "purpose": "To probe."}
        if variant != "secret":
            create_community(owner=person, kind=variant, **words)
        else:
            asked = create_secret(owner=person, **words)
            answer_creation(decider=PersonFactory(role=Role.HR), request=asked, is_approved=True)
        return Community.objects.visible_to(person).filter(kind=variant).exists()

    return probe


def edit(person, community):
    edit_community(editor=person, community=community, name="Probe", purpose="To probe.", version=community.version)


def delete(person, community):
    delete_community(actor=person, community=community)


def moderate(person, community):
    hide_post(actor=person, post=PostFactory(audience=community.audience), article=Article.INSULT, reason="Probe")


def community_export(variant):
    def probe(world, person, browser):
        return status(browser.get(reverse("communities:export", args=[community_of(world, person, variant).slug])))

    return probe


def membership_list(variant):
    def probe(world, person, browser):
        return status(browser.get(reverse("communities:members", args=[community_of(world, person, variant).slug])))

    return probe


def membership_create(variant):
    """Hosts invite; the person concerned accepts; whoever else comes by the door that there is."""

    def probe(world, person, browser):
        community = community_of(world, person, variant, subject_role="")
        if needs_sign_in(person):
            return status(browser.get(community.get_absolute_url()))
        person = fresh(person)
        if is_principal(world, person, "SU"):
            host = queries.owners_of([community])[community.audience_id][0]
            invitation, _token = invite(host=host, community=community, person=person)
            accept_invitation(person=person, invitation=invitation)
            return "A"
        community = known_or_404(person, community)
        if community.my_role:
            invite(host=person, community=community, person=PersonFactory())
        elif variant == "open":
            join(person=person, community=community)
        else:
            ask_to_join(person=person, community=community)
        return "A"

    return probe


def on_membership(variant, act):
    """Of a member there; of one's own for SU."""

    def probe(world, person, browser):
        community = community_of(world, person, variant, subject_role="member")
        if needs_sign_in(person):
            return status(browser.get(community.get_absolute_url()))
        person = fresh(person)
        community = known_or_404(person, community)
        if not queries.reads(person, community):
            raise Http404
        mine = is_principal(world, person, "SU")
        subject = person if mine else queries.people_of(person, community).filter(role_there="member").exclude(pk=person.pk).get()
        act(person, community, subject)
        return "A"

    return probe


def raise_role(person, community, subject):
    change_role(actor=person, community=community, person=subject, role="host")


def end_membership(person, community, subject):
    if person == subject:
        leave(person=person, community=community)
    else:
        remove_member(actor=person, community=community, person=subject)


PROBES = {}
for _variant in VARIANTS:
    PROBES |= {
        ("community", _variant, "list"): community_list(_variant),
        ("community", _variant, "view"): community_view(_variant),
        ("community", _variant, "create"): community_create(_variant),
        ("community", _variant, "edit"): on_community(_variant, edit),
        ("community", _variant, "delete"): on_community(_variant, delete),
        ("community", _variant, "moderate"): on_community(_variant, moderate),
        ("community", _variant, "export"): community_export(_variant),
        ("membership", _variant, "list"): membership_list(_variant),
        ("membership", _variant, "create"): membership_create(_variant),
        ("membership", _variant, "edit"): on_membership(_variant, raise_role),
        ("membership", _variant, "delete"): on_membership(_variant, end_membership),
    }
PROBES |= {("community", "protected", "list"): community_list("protected"), ("community", "protected", "view"): community_view("protected")}

EVERYBODY = ("EM", "MB", "MO", "NH", "BU", "MT", "ME", "MD", "MX", "RC", "HR", "HS", "WE", "AD", "SU", "DP")
ASKS = ("EM", "NH", "BU", "MT", "ME", "MD", "MX", "RC", "HR", "HS", "WE", "DP")
CONDITIONS = {
    # The host of the probe does not own it; who made it does. HR handles no report there.
    **{("community", variant, "delete"): {"MO": "F", "SU": "A"} for variant in VARIANTS},
    **{("community", variant, "moderate"): {"HR": "N" if variant == "secret" else "F"} for variant in VARIANTS},
    # The probe lets HR agree.
    ("community", "secret", "create"): dict.fromkeys(EVERYBODY, "A"),
    # The probe asks; a host lets in.
    ("membership", "closed", "create"): dict.fromkeys(ASKS, "A"),
    # The host of the probe does not own it.
    **{("membership", variant, "edit"): {"MO": "F"} for variant in VARIANTS},
}
