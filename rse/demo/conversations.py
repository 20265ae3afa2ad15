"""What people of the demonstration write to one another in communities: posts, comments, accepted answers, useful marks, thanks."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from rse.core import clock
from rse.core.models import Person
from rse.demo.drawings import draw
from rse.demo.moments import is_office_hour, later
from rse.demo.speakers import NEW, SETTLED, Speakers, days_here, language_of, speaks, works_at_night
from rse.demo.texts.drafts import ANSWER, Theme
from rse.feed.enums import PostKind
from rse.feed.services.answers import accept_answer
from rse.feed.services.comments import publish_comment
from rse.feed.services.marks import mark_useful
from rse.feed.services.pictures import upload_picture
from rse.feed.services.posts import publish_post

TRIES = 120  # groups and kinds drawn for one moment before it stays empty
KINDS, WEIGHTS = ("question", "message", "thanks", "idea"), (42, 34, 15, 9)
THANKED_AFTER, THANKED_WITHIN = datetime.timedelta(days=1), datetime.timedelta(days=35)
STAY_OPEN = 0.12  # of the questions that were answered


@dataclass(frozen=True)
class Owed:
    """Thanks that ``asker`` may owe to ``answerer`` in an audience, for an answer on these skills accepted at ``since``."""

    asker: int
    answerer: int
    theme: str
    skills: frozenset[str]
    audience: int
    since: datetime.datetime


@dataclass(frozen=True)
class Scene:
    """Where and when ``author`` writes what: ``members`` are those of the group, ``draft`` is the text once it is drawn."""

    kind: str
    theme: Theme
    audience: Any
    members: tuple[Person, ...]
    author: Person
    moment: datetime.datetime
    speakers: Speakers
    draft: Any = None

    @property
    def on(self):
        return self.moment.date()

    def may_answer(self, person, draft):
        return self.speakers.may_answer(person, self.author, self.theme, draft, self.on)

    def may_comment(self, person, comment):
        return self.speakers.may_comment(person, self.author, self.theme, comment, self.draft.language, self.on)


class Conversations:
    """Plays the conversations of ``life``, with its chance and its texts."""

    def __init__(self, life):
        self.life, self.chance = life, life.chance
        self.owed = []

    def post(self, moment, speakers):
        """Publish what fits a group, its author and ``moment``, with what is answered; nothing where nothing is left to say."""
        groups = [group for group in self.life.groups if len(group.members) > 3]
        kind = self.chance.choices(KINDS, weights=WEIGHTS)[0]
        for tried in range(TRIES):
            group = self.chance.choice(groups)
            members = tuple(speakers.people[one] for one in group.members)
            if not group.themes:
                if self._post_own(group, members, moment, speakers):
                    return
                continue
            theme = speakers.themes[self.chance.choice(group.themes)]
            if kind == "thanks" and tried > TRIES // 2:
                kind = "message"  # nobody owes any today
            owed = self._owed(group.community.audience_id, theme, moment, speakers) if kind == "thanks" else None
            author = speakers.people[owed.asker] if owed else self._author(members, theme, moment)
            if author is None or (kind == "thanks" and not owed):
                continue
            scene = Scene(kind, theme, group.community.audience, members, author, moment, speakers)
            if (draft := self._draft(scene, owed)) is not None:
                self._publish(replace(scene, draft=draft))
                return

    def _post_own(self, group, members, moment, speakers):
        """Publish one of the posts that a community has for itself; return whether there was one."""
        draft = self.life.texts.own_post(group.draft.key, on=moment.date()) if is_office_hour(moment) else None
        if draft is None:
            return False
        able = [one for one in members if language_of(one) == draft.language and days_here(one, moment.date()) > SETTLED]
        author = self.chance.choice(able or members)
        anybody = Theme(key="", label_fr="", label_en="", knows=(), families=())
        self._publish(Scene("message", anybody, group.community.audience, members, author, moment, speakers, draft))
        return True

    def _author(self, members, theme, moment):
        """Draw an author; where newcomers are talked of, one of them each second time, if there is one."""
        pool = members if is_office_hour(moment) else [one for one in members if works_at_night(one)]
        new = [one for one in pool if days_here(one, moment.date()) <= NEW] if theme.key == "welcome" else []
        pool = new if new and self.chance.random() < 0.5 else pool
        return self.chance.choice(pool) if pool else None

    def _owed(self, audience, theme, moment, speakers):
        """Return thanks that somebody present owes there, since yesterday or longer, or None."""
        here = [owed for owed in self.owed if (owed.audience, owed.theme) == (audience, theme.key)]
        due = [owed for owed in here if THANKED_AFTER < moment - owed.since < THANKED_WITHIN]
        return next((owed for owed in due if {owed.asker, owed.answerer} <= speakers.people.keys()), None)

    def _draft(self, scene, owed):
        """Draw what the author may believably write; for a question, what somebody here may answer. None where nothing is left."""
        author, theme = scene.author, scene.theme

        def fits(draft):
            if not scene.speakers.may_write(author, scene.kind, theme, draft, scene.on) or (owed and not owed.skills & set(draft.skills)):
                return False
            return scene.kind != "question" or any(scene.may_answer(one, draft) for one in scene.members)

        to = f"@{scene.speakers.people[owed.answerer].handle}" if owed else ""
        site = author.site.name if author.site else ""
        draft = self.life.texts.post(scene.kind, theme.key, on=scene.on, site=site, to=to, fits=fits)
        if draft is not None and owed:
            self.owed.remove(owed)
        return draft

    def _publish(self, scene):
        with clock.moved_to(scene.moment):
            self.life.agree(scene.author)
            post = publish_post(
                author=scene.author,
                audience=scene.audience,
                kind=PostKind.QUESTION if scene.kind == "question" else PostKind.MESSAGE,
                title=getattr(scene.draft, "title", ""),
                body=scene.draft.body,
                language=scene.draft.language,
                pictures=self._pictures(scene),
            )
        self._answer(post, scene)

    def _pictures(self, scene):
        """Draw and upload what hangs on the post, and return it as pairs of a public id and what it shows."""
        drawn = getattr(scene.draft, "picture", None)
        if drawn is None:
            return []
        file = SimpleUploadedFile("picture.png", draw(drawn.drawing, scene.draft.body), content_type="image/png")
        return [(upload_picture(owner=scene.author, file=file, alt=drawn.alt).public_id, drawn.alt)]

    def _answer(self, post, scene):
        """Publish the comments of the draft; one that nobody here would say is left out, with what the others reply to it."""
        knows = self._who_knows(scene) if post.kind == PostKind.QUESTION else None
        said, best, is_left_out = {scene.author, knows}, None, False
        moment = scene.moment
        for comment in getattr(scene.draft, "comments", ()):
            if comment.speaker == "other":
                speaker = self._other(scene, comment, said)
                is_left_out = speaker is None
            else:
                speaker = scene.author if comment.speaker == "asker" else knows
                is_left_out = is_left_out and comment.speaker != ANSWER
            if is_left_out:
                continue
            moment = later(moment, self.chance.randint(8, 300), self.chance)
            if moment >= self.life.until():
                return
            with clock.moved_to(moment):
                self.life.agree(speaker)
                written = publish_comment(author=speaker, post=post, body=comment.text)
            said.add(speaker)
            best = written if comment.speaker == ANSWER else best
        moment = later(moment, self.chance.randint(20, 900), self.chance)
        if best is not None and self.chance.random() >= STAY_OPEN and moment < self.life.until():
            self._accept(best, replace(scene, moment=moment))

    def _who_knows(self, scene):
        """Draw who gives the good answer: whoever is known for the theme each second time, if there is one."""
        able = [one for one in scene.members if scene.may_answer(one, scene.draft)]
        known = [one for one in able if scene.speakers.is_known_for(one, scene.theme, scene.draft.skills)]
        return self.chance.choice(known if known and self.chance.random() < 0.5 else able)

    def _other(self, scene, comment, said):
        """Draw somebody who has said nothing yet in this thread and may say ``comment``; None when there is nobody."""
        able = [one for one in scene.members if one not in said and scene.may_comment(one, comment)]
        by_day = [one for one in able if not works_at_night(one)]
        return self.chance.choice(by_day or able) if able else None

    def _accept(self, best, scene):
        """Accept the answer as whoever asked, and mark it as useful for others who write about it."""
        with clock.moved_to(scene.moment):
            accept_answer(actor=scene.author, comment=best)
            others = [one for one in scene.members if one.pk not in (best.author_id, scene.author.pk)]
            readers = [one for one in others if scene.speakers.writes_about(one, scene.theme) and speaks(one, scene.draft.language)]
            reasons = scene.draft.reasons[: self.chance.randint(0, 2)]
            marking = self.chance.sample(readers, min(len(readers), len(reasons) + self.chance.randint(0, 4)))
            for place, reader in enumerate(marking):
                self.life.agree(reader)
                mark_useful(person=reader, thing=best, reason=reasons[place] if place < len(reasons) else "")
            self.life.note_skills(best, scene.draft, scene.speakers.people)
        owed = Owed(scene.author.pk, best.author_id, scene.theme.key, frozenset(scene.draft.skills), best.post.audience_id, scene.moment)
        self.owed.append(owed)
