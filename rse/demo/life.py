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
from rse.core.models import AudienceMember, Person
from rse.demo import texts
from rse.demo.handbook_act import HandbookAct
from rse.feed.enums import PostKind
from rse.feed.services.answers import accept_answer
from rse.feed.services.comments import publish_comment
from rse.feed.services.marks import mark_useful
from rse.feed.services.posts import publish_post
from rse.governance.charter import charter_due
from rse.governance.services.charter import accept_charter
from talent.models import DeclaredSkill, LedgerLine, Skill
from talent.services.ledger import tag_line
from talent.services.skills import SkillExists, add_skill, confirm_skill, declare_skill, load_starter_skills

POSTS_A_MONTH = 34
MOST_MEMBERS = 70
WORKING_HOURS = (7, 18)
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
    """A community, what is talked about in it, and who is in."""

    community: Community
    themes: tuple[str, ...]
    members: list[int] = field(default_factory=list)


class Life:
    """Acts as the people of ``company``; the same seed gives the same life."""

    def __init__(self, company, *, seed):
        self.chance = random.Random(f"life {seed}")
        self.texts = texts.Texts(seed)
        self.company = company
        self.groups = []
        self.skills = {}
        self.agreed = set()
        self.known_for = {company.cast[key]: themes for key, themes in KNOWN_FOR.items()}

    def begin(self):
        """Publish the handbook, whose charter comes into force, load the table of skills, and create the communities with first members."""
        hr = self._cast("nadia")
        HandbookAct(self.company, self).begin()
        self._load_skills(hr)
        people = self._people()
        for draft in texts.communities():
            self._found(draft, people, hr)

    def live(self, month):
        """Publish the posts of ``month`` (its first day) at their moments, with answers and useful marks; none after today at 6:00 UTC."""
        people = self._people()
        self._come_in(people)
        self._take_over(people)
        moments = sorted(self._moment(month) for _ in range(POSTS_A_MONTH))
        for moment in moments:
            if moment >= self._until():
                break
            self._post(moment, people)

    def _until(self):
        return datetime.datetime.combine(self.company.today, datetime.time(6), tzinfo=datetime.UTC)

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    def _people(self):
        return {person.pk: person for person in Person.objects.present().select_related("unit", "site").order_by("pk")}

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

    def _agree(self, person):
        """Read and accept the charter once, before the first publication."""
        if person.pk not in self.agreed:
            self.agreed.add(person.pk)
            if due := charter_due(person):
                accept_charter(person=person, version=due.version)

    def _found(self, draft, people, hr):
        near = [person for person in people.values() if not draft.site or (person.site and person.site.name == draft.site)]
        owner = self._cast("driss") if draft.is_protected else self.chance.choice(near or list(people.values()))
        self._agree(owner)
        if draft.kind == "secret":
            request = create_secret(owner=owner, name=draft.name, purpose=draft.purpose, is_protected=draft.is_protected)
            community = answer_creation(decider=hr, request=request, is_approved=True)
            if community is None:
                return
        else:
            kind = CommunityKind.OPEN if draft.kind == "open" else CommunityKind.CLOSED
            community = create_community(owner=owner, name=draft.name, purpose=draft.purpose, kind=kind, is_protected=draft.is_protected)
        group = Group(community, draft.themes)
        self.groups.append(group)
        size = min(len(near), MOST_MEMBERS if draft.kind == "open" else self.chance.randint(8, 24))
        named = [person for person in near if set(self.known_for.get(person.employee_number, ())) & set(draft.themes)]
        coming = [person for person in dict.fromkeys([*named, *self.chance.sample(near, size)]) if person.pk != owner.pk]
        self._enter(group, owner, coming, draft.kind)

    def _enter(self, group, owner, coming, kind):
        """Admit most, who were asked when the community was made; some come by themselves, or ask to."""
        by_themselves = [] if kind == "secret" else coming[:5]
        admit_members(community=group.community, person_ids=[person.pk for person in coming[len(by_themselves) :]])
        for person in by_themselves:
            if kind == "open":
                join(person=person, community=group.community)
            else:
                answer_request(host=owner, request=ask_to_join(person=person, community=group.community), is_accepted=True)

    def _come_in(self, people):
        """Let those who arrived join what they are curious about, and read the members of each group again."""
        members = defaultdict(list)
        for audience, person in AudienceMember.objects.order_by("pk").values_list("audience", "person"):
            members[audience].append(person)
        everywhere = {person for one in members.values() for person in one}
        open_groups = [group for group in self.groups if group.community.kind == CommunityKind.OPEN]
        for person in people.values():
            if person.pk not in everywhere and open_groups:
                for group in self.chance.sample(open_groups, min(3, len(open_groups))):
                    join(person=person, community=group.community)
                    members[group.community.audience_id].append(person.pk)
        for group in self.groups:
            group.members = [person for person in members[group.community.audience_id] if person in people]

    def _take_over(self, people):
        """Let a member own each community whose owner has left: somebody there longest."""
        for group in self.groups:
            here = AudienceMember.objects.filter(audience=group.community.audience_id, person__in=people).order_by("joined_at", "pk")
            if not here.filter(role__in=HOSTING).exists() and (first := here.first()):
                self._agree(people[first.person_id])
                take_over(person=people[first.person_id], community=group.community)

    def _moment(self, month):
        """Draw a working day and hour of the month, in UTC; now and then an evening, because some work then."""
        day = month + datetime.timedelta(days=self.chance.randrange(28))
        while day.weekday() > 4:
            day += datetime.timedelta(days=1)
        hour = self.chance.randint(*WORKING_HOURS) if self.chance.random() < 0.93 else self.chance.randint(20, 23)
        return datetime.datetime.combine(day, datetime.time(hour, self.chance.randrange(60)), tzinfo=datetime.UTC)

    def _post(self, moment, people):
        groups = [group for group in self.groups if group.themes and len(group.members) > 3]
        group = self.chance.choice(groups)
        author = people[self.chance.choice(group.members)]
        theme = self.chance.choice(group.themes)
        about = {"on": moment.date(), "site": author.site.name if author.site else ""}
        kind = self.chance.choices(["question", "message", "thanks", "idea"], weights=[50, 32, 10, 8])[0]
        if kind == "thanks":
            helped = people[self.chance.choice([one for one in group.members if one != author.pk])]
            draft = self.texts.thanks(theme, to=f"@{helped.handle}", **about)
        else:
            draft = getattr(self.texts, kind)(theme, **about)
        with clock.moved_to(moment):
            self._agree(author)
            body = draft.body
            title = getattr(draft, "title", "")
            post = publish_post(
                author=author,
                audience=group.community.audience,
                kind=PostKind.QUESTION if kind == "question" else PostKind.MESSAGE,
                title=title,
                body=body,
                language=draft.language,
            )
        self._answer(post, draft, group, author, people, moment)

    def _answer(self, post, draft, group, author, people, moment):
        others = [one for one in group.members if one != author.pk]
        asked = [one for one in others if draft.theme in self.known_for.get(people[one].employee_number, ())]
        knows = self.chance.choice(asked) if asked and self.chance.random() < 0.5 else self.chance.choice(others)
        best = None
        for place, comment in enumerate(getattr(draft, "comments", ())):
            moment += datetime.timedelta(minutes=self.chance.randint(8, 400))
            if moment >= self._until():
                return
            speaker = {"asker": author.pk, "answer": knows}.get(comment.speaker) or self.chance.choice(others)
            with clock.moved_to(moment):
                self._agree(people[speaker])
                said = publish_comment(author=people[speaker], post=post, body=comment.text)
            if post.kind == PostKind.QUESTION and place == draft.accepted:
                best = said
        if best is None or self.chance.random() < 0.12:  # some questions stay open: that is life
            return
        with clock.moved_to(min(moment + datetime.timedelta(minutes=self.chance.randint(20, 900)), self._until())):
            accept_answer(actor=author, comment=best)
            self._thank(best, draft, others, people)
            self._note_skills(best, draft, people)

    def _thank(self, best, draft, others, people):
        readers = [one for one in others if one != best.author_id]
        for reason in draft.reasons[: self.chance.randint(0, 2)]:
            if readers:
                reader = readers.pop(self.chance.randrange(len(readers)))
                self._agree(people[reader])
                mark_useful(person=people[reader], thing=best, reason=reason)
        for reader in self.chance.sample(readers, min(len(readers), self.chance.randint(0, 4))):
            self._agree(people[reader])
            mark_useful(person=people[reader], thing=best)

    def _note_skills(self, best, draft, people):
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
