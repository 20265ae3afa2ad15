from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PostKind(TextChoices):
    MESSAGE = "message", pgettext_lazy("kind of post", "Message")
    QUESTION = "question", pgettext_lazy("kind of post", "Question")


LONGEST_TITLE = 160
LONGEST_POST = 20_000
LONGEST_REASON = 280
LONGEST_ALT = 400
MOST_LINKS = 50
MOST_PICTURES = 10
MOST_TOLD = 20  # people told because a text names them
