"""What the people of the demonstration do for eighteen months, through the services that a page calls."""

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass, field

from communities.enums import CommunityKind
from communities.models import Community
from communities.services.communities import create_community
from communities.services.creations import answer_creation, create_secret
from communities.services.invitations import answer_request, ask_to_join
from communities.services.membership import admit_members, join, take_over
from rse.core import clock
from rse.core.enums import HOSTING
from rse.core.folding import fold
from rse.core.models import AudienceMember, Person, ReportingLine
from rse.demo import texts
from rse.demo.company.months import MONTHS
from rse.demo.conversations import Conversations
from rse.demo.handbook_act import HandbookAct
from rse.demo.moments import moments_of
from rse.demo.speakers import Speakers
from rse.demo.texts.drafts import CommunityDraft
from rse.governance.charter import charter_due
from rse.governance.services.charter import accept_charter
from talent.models import DeclaredSkill, LedgerLine, Skill
from talent.services.ledger import tag_line
from talent.services.skills import SkillExists, add_skill, confirm_skill, declare_skill, load_starter_skills

FIRST_MONTH, MORE_EACH_MONTH = 14, 0.6  # posts: the network grows with its use, and the texts suffice until today
MOST_MEMBERS = 70
# Whom colleagues ask, by what is talked about; Jeanne, on nights, leaves few traces, and is not among them.
KNOWN_FOR = {
    "sofia": ("data", "quality"),
    "malik": ("data",),
    "elodie": ("data", "quality"),
    "claire": ("logistics", "welcome"),
    "yann": ("quality", "casting"),
    "awa": ("casting", "machining"),
    "hugo": ("purchasing",),
    "lea": ("sales",),
    "karim": ("casting", "maintenance", "site"),
    "bernard": ("quality",),
}


@dataclass
class Group:
    """A community, as it was drafted, and who is in."""

    community: Community
    draft: CommunityDraft
    members: list[int] = field(default_factory=list)

    @property
    def themes(self):
        return self.draft.themes


class Life:
    """Acts as the people of ``company``; the same seed gives the same life."""

    def __init__(self, company, *, seed):
        self.chance = random.Random(f"life {seed}")
        self.texts = texts.Texts(seed)
        self.company = company
        self.groups = []
        self.ends_at = min(clock.now(), datetime.datetime.combine(company.today, datetime.time(6), tzinfo=datetime.UTC))
        self.months = 0
        self.conversations = Conversations(self)
        self.skills = {}
        self.agreed = set()
        self.known_for = {company.cast[key]: (themes, ()) for key, themes in KNOWN_FOR.items()}

    def begin(self):
        """Publish the handbook, whose charter comes into force, load the table of skills, and create the communities with first members."""
        hr = self._cast("nadia")
        HandbookAct(self.company, self).begin()
        self._load_skills(hr)
        speakers = self._speakers()
        for draft in texts.communities():
            self._found(draft, speakers, hr)

    def live(self, month):
        """Publish the posts of ``month`` (its first day) at their moments, with answers and useful marks; none after today at 6:00 UTC."""
        speakers = self._speakers()
        self._come_in(speakers, month)
        self._take_over(speakers.people)
        count = round(FIRST_MONTH + MORE_EACH_MONTH * self.months)
        self.months += 1
        self.texts.share = self.months / (MONTHS + 1)
        for moment in moments_of(month, count, self.chance):
            if moment >= self.until():
                break
            self.conversations.post(moment, speakers)

    def until(self):
        """Return the moment after which nobody has written yet: today at 6:00 UTC, or now where it is earlier."""
        return self.ends_at

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    def _people(self):
        return {person.pk: person for person in Person.objects.present().select_related("unit", "site", "family").order_by("pk")}

    def _speakers(self):
        leads = set(ReportingLine.objects.filter(depth=1).values_list("manager", flat=True))
        return Speakers(self._people(), self.known_for, leads)

    def _load_skills(self, hr):
        load_starter_skills()
        by_label = {fold(skill.label_fr): skill for skill in Skill.objects.order_by("pk")}
        groups = dict(Skill.objects.order_by("pk").values_list("code", "group"))
        fallback = next(iter(groups.values()))
        for draft in texts.skill_table():
            found = by_label.get(fold(draft.label_fr))
            try:
                self.skills[draft.code] = found or add_skill(actor=hr, label_fr=draft.label_fr, label_en=draft.label_en, group=fallback)
            except SkillExists as exists:
                self.skills[draft.code] = exists.skill

    def agree(self, person):
        """Read and accept the charter once, before the first publication."""
        if person.pk not in self.agreed:
            self.agreed.add(person.pk)
            if due := charter_due(person):
                accept_charter(person=person, version=due.version)

    def _suits(self, person, draft, speakers, on):
        """Return whether ``person`` may be in a community: of its site, and of those whom it is for."""
        if draft.site and not (person.site and person.site.name == draft.site):
            return False
        if draft.members == "trade":
            return any(speakers.writes_about(person, speakers.themes[theme]) for theme in (*draft.themes, *draft.trades))
        return draft.members == "anyone" or speakers.is_one(person, draft.members, on)

    def _is_drawn(self, person, draft, speakers):
        """Return whether a community is of the work of ``person``, or of their site."""
        themes = [speakers.themes[theme] for theme in draft.themes]
        return bool(draft.site) or any((theme.knows or theme.families) and speakers.writes_about(person, theme) for theme in themes)

    def _found(self, draft, speakers, hr):
        people = list(speakers.people.values())
        near = [person for person in people if self._suits(person, draft, speakers, clock.today())]
        drawn = [person for person in near if self._is_drawn(person, draft, speakers)]
        owner = self._cast("driss") if draft.is_protected else self.chance.choice(drawn or near or people)
        self.agree(owner)
        if draft.kind == "secret":
            request = create_secret(owner=owner, name=draft.name, purpose=draft.purpose, is_protected=draft.is_protected)
            community = answer_creation(decider=hr, request=request, is_approved=True)
            if community is None:
                return
        else:
            kind = CommunityKind.OPEN if draft.kind == "open" else CommunityKind.CLOSED
            community = create_community(owner=owner, name=draft.name, purpose=draft.purpose, kind=kind, is_protected=draft.is_protected)
        group = Group(community, draft)
        self.groups.append(group)
        size = MOST_MEMBERS if draft.kind == "open" else self.chance.randint(10, 24)
        named = [person for person in near if any(speakers.is_known_for(person, speakers.themes[theme]) for theme in draft.themes)]
        ours = self.chance.sample(drawn, min(len(drawn), size * 3 // 4))
        coming = list(dict.fromkeys([*named, *ours, *self.chance.sample(near, len(near))]))[:size]
        self._enter(group, owner, [person for person in coming if person.pk != owner.pk], draft.kind)

    def _enter(self, group, owner, coming, kind):
        """Admit most, who were asked when the community was made; some come by themselves, or ask to."""
        by_themselves = [] if kind == "secret" else coming[:5]
        admit_members(community=group.community, person_ids=[person.pk for person in coming[len(by_themselves) :]])
        for person in by_themselves:
            if kind == "open":
                join(person=person, community=group.community)
            else:
                answer_request(host=owner, request=ask_to_join(person=person, community=group.community), is_accepted=True)

    def _come_in(self, speakers, month):
        """Let those who arrived join what is of their work and their site, and read the members of each group again."""
        members = defaultdict(list)
        for audience, person in AudienceMember.objects.order_by("pk").values_list("audience", "person"):
            members[audience].append(person)
        everywhere = {person for one in members.values() for person in one}
        open_groups = [group for group in self.groups if group.community.kind == CommunityKind.OPEN]
        for person in speakers.people.values():
            if person.pk not in everywhere:
                suited = [group for group in open_groups if self._suits(person, group.draft, speakers, month)]
                first = [group for group in suited if "welcome" in group.themes or self._is_drawn(person, group.draft, speakers)]
                for group in (first or suited)[:5]:
                    join(person=person, community=group.community)
                    members[group.community.audience_id].append(person.pk)
        for group in self.groups:
            group.members = [person for person in members[group.community.audience_id] if person in speakers.people]

    def _take_over(self, people):
        """Let a member own each community whose owner has left: somebody there longest."""
        for group in self.groups:
            here = AudienceMember.objects.filter(audience=group.community.audience_id, person__in=people).order_by("joined_at", "pk")
            if not here.filter(role__in=HOSTING).exists() and (first := here.first()):
                self.agree(people[first.person_id])
                take_over(person=people[first.person_id], community=group.community)

    def note_skills(self, best, draft, people):
        """Declare, now and then, the skills of whoever answered well."""
        person = people[best.author_id]
        for code in draft.skills[:2]:
            if code in self.skills and self.chance.random() < 0.5:
                declare_skill(person=person, skill=self.skills[code], level=self.chance.choice(["beginner", "confirmed", "expert"]))

    def end(self):
        """Leave no community without an owner, assign their skills to the ledger lines of people, and let colleagues of one unit confirm some of what others declare."""
        people = self._people()
        self._take_over(people)
        skills = defaultdict(list)
        for declared in DeclaredSkill.objects.select_related("skill").order_by("pk"):
            skills[declared.person_id].append(declared.skill)
        for line in LedgerLine.objects.filter(person__in=people).order_by("pk"):
            own = skills[line.person_id][:2]
            if own and self.chance.random() < 0.8:
                tag_line(person=people[line.person_id], line=line, skills=own)
        units = defaultdict(list)
        for person in people.values():
            units[person.unit_id].append(person)
        for person in people.values():
            for skill in skills[person.pk][:3]:
                colleagues = [one for one in units[person.unit_id] if one.pk != person.pk]
                for colleague in self.chance.sample(colleagues, min(len(colleagues), self.chance.randint(0, 3))):
                    confirm_skill(by=colleague, person=person, skill=skill)
