from django.db import models
from django.db.models import Q

from rse.core.models.keys import link


class Mention(models.Model):
    """Whom ``handle``, as it stands in a text, meant when it was written: whatever becomes of their name, it is them.

    Kept for as long as the text, also when an edit takes the name out: its earlier versions hold it.
    """

    post = link("feed.Post", null=True, blank=True, related_name="mentions")
    comment = link("feed.Comment", null=True, blank=True, related_name="mentions")
    useful_mark = link("feed.UsefulMark", null=True, blank=True, related_name="mentions")
    handle = models.CharField(max_length=80)
    person = link("core.Person")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, comment=None, useful_mark=None)
                | Q(post=None, comment__isnull=False, useful_mark=None)
                | Q(post=None, comment=None, useful_mark__isnull=False),
                name="mention_in_one_thing",
            ),
            models.UniqueConstraint(fields=["post", "handle"], name="mention_once_in_post"),
            models.UniqueConstraint(fields=["comment", "handle"], name="mention_once_in_comment"),
            models.UniqueConstraint(fields=["useful_mark", "handle"], name="mention_once_in_useful_mark"),
        ]

    def __str__(self):
        return f"{self.person_id} in {self.post_id or self.comment_id or self.useful_mark_id}"
