"""Many windows of one author that opened a text as it is save at once: the first wins, and the others are told what it said."""

import pytest

from rse.feed import services
from rse.feed.models import Comment, EditedVersion, Post
from tests.factories.feed import CommentFactory, PostFactory, joined
from tests.races import answers_of

pytestmark = pytest.mark.django_db(transaction=True)
WINDOWS = 8


def test_of_many_windows_that_edit_a_post_one_wins():
    post = PostFactory()

    def save(number):
        return services.edit_post(editor=post.author, post=post, version=1, body=f"Version {number}").body

    given, raised = answers_of(WINDOWS, save)

    assert raised == ["EditedMeanwhile"] * (WINDOWS - 1)
    assert list(Post.objects.values_list("body", "text_version")) == [(*given, 2)]
    assert list(EditedVersion.objects.values_list("body", flat=True)) == [post.body]


def test_of_many_windows_that_edit_a_comment_one_wins():
    comment = CommentFactory()
    joined(comment.audience, comment.author)

    def save(number):
        return services.edit_comment(editor=comment.author, comment=comment, version=1, body=f"Version {number}").body

    given, raised = answers_of(WINDOWS, save)

    assert raised == ["EditedMeanwhile"] * (WINDOWS - 1)
    assert list(Comment.objects.values_list("body", "version")) == [(*given, 2)]
    assert list(EditedVersion.objects.values_list("body", flat=True)) == [comment.body]
