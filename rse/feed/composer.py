"""The composer: where one may write, who will read it, what was typed."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from rse.core.models import Audience, Person

from .enums import PostKind
from .forms import PostForm
from .models import Picture
from .queries import audiences_to_ask_in, reader_count, writable_audiences
from .queries.people import usual_audience

ICONS = {PostKind.MESSAGE: "message-square", PostKind.QUESTION: "circle-question-mark"}


@dataclass
class Composer:
    """``audiences`` to choose from, the one that is chosen (None when there is nowhere to write) and how many people read it."""

    form: PostForm
    audiences: list[Audience]
    audience: Audience | None
    within: Audience | None = None  # the only place to write in, where it is not chosen
    asked: Person | None = None  # whom the question names, where it was begun from their profile
    pictures: list[Picture] = field(default_factory=list)
    count: int = 0
    preview: tuple[SafeString, SafeString] | None = None  # the title and the text as they will stand

    @property
    def is_fixed(self):
        return self.within is not None

    @property
    def kinds(self):
        chosen = self.form["kind"].value()
        return [
            {"value": value, "label": label, "icon": ICONS[PostKind(value)], "is_chosen": value == chosen}
            for value, label in PostKind.choices
        ]


def composer_for(person, *, audience=None, asked=None, data=None, files=None, pictures=()):
    """Return the composer of ``person``: for one audience, or with a choice of all those they may write to.

    With ``asked`` it begins a question that names this person, in an audience where both read.
    """
    audiences = audiences_to_ask_in(person, asked) if asked else writable_audiences(person)
    if audience is not None:
        audiences = [one for one in audiences if one.pk == audience.pk]
    form = PostForm(data, files, audiences=audiences)
    if asked:
        form.initial.update(kind=PostKind.QUESTION, body=f"@{asked.handle} ")
    chosen = _chosen(form, audiences) or (audiences[0] if audience is not None and audiences else usual_audience(person, audiences))
    if chosen:
        form.initial["audience"] = chosen.public_id
    return Composer(form, audiences, chosen, audience, asked, list(pictures), reader_count(chosen) if chosen else 0)


def _chosen(form, audiences):
    said = form.data.get("audience", "") if form.is_bound else ""
    return next((audience for audience in audiences if audience.public_id == said), None)
