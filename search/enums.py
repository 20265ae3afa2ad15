from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

LONGEST_QUERY = 200  # characters somebody may type
SHORTEST_QUERY = 2  # letters and digits from which something is looked for
MOST_WORDS = 8  # of a query; the further ones are left out
LONGEST_WORD = 40  # letters of one word that are kept
WINDOW = 2_000  # the newest matches of a kind that are counted and ranked
PAGE_SIZE = 20
PEOPLE_FIRST = 6  # people shown above the rest when everything is searched
MOST_SUGGESTED = 8
SUGGESTED_OF_A_KIND = 3
SUGGESTION_WINDOW = 200


class Sort(TextChoices):
    BEST = "best", pgettext_lazy("order of results", "Best first")
    NEWEST = "newest", pgettext_lazy("order of results", "Newest first")
