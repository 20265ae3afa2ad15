"""What the tests of words under seal share."""

import datetime

ANOTHER = "seven quiet lighthouses hum"
WEEK = datetime.timedelta(days=7, seconds=1)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def main(page):
    return page.text.partition("<main")[2].partition("</main>")[0]
