"""What of a page depends on who reads it: in one query for the whole page."""

from dataclasses import dataclass, field

from django.db.models import CharField, F, Value

from rse.core.models import AudienceMember, Person

from .. import rules
from ..models import UsefulMark


@dataclass(frozen=True)
class Overlay:
    """One reader on one page: their roles in its audiences, their marks with the reasons, and the people named whom they may open."""

    person: Person
    roles: dict[int, str] = field(default_factory=dict)
    marks: dict[tuple[str, int], str] = field(default_factory=dict)

    def standing(self, audience):
        return rules.standing_from(self.person, audience, self.roles.get(audience.pk, ""))

    def reason(self, kind, thing):
        """Return the reason of this reader's mark, empty for a mark without one, None for no mark."""
        return self.marks.get((kind, thing.pk))


def overlay_for(person, posts, comments=()):
    """Return the overlay of ``person`` on these posts and comments, in one query."""
    audiences = {post.audience_id for post in posts}
    roles = (
        AudienceMember.objects.filter(person=person.pk, audience__in=audiences)
        .order_by()
        .values_list(Value("role", output_field=CharField()), F("audience"), F("role"))
    )
    marks = UsefulMark.objects.filter(person=person.pk).order_by()
    marks_of_posts = marks.filter(post__in=[post.pk for post in posts])
    on_posts = marks_of_posts.values_list(Value("post", output_field=CharField()), F("post"), F("reason"))
    rows = roles.union(on_posts, all=True)
    if comments:
        ids = [comment.pk for comment in comments]
        on_comments = marks.filter(comment__in=ids).values_list(Value("comment", output_field=CharField()), F("comment"), F("reason"))
        rows = rows.union(on_comments, all=True)
    found = list(rows)
    return Overlay(
        person,
        {row_id: words for what, row_id, words in found if what == "role"},
        {(what, row_id): words for what, row_id, words in found if what != "role"},
    )
