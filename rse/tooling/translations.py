"""``make translations``: brings the French catalogue up to date with the source, then compiles it."""

import os

import django
from django.core.management import call_command

from rse.tooling.steps import say
from tests.architecture import catalogue
from tests.architecture.tree import Tree


def main() -> None:
    came, went, waiting = catalogue.refresh(catalogue.extracted(Tree()))
    say(f"{catalogue.FRENCH.relative_to(catalogue.HOUSE)}: {came} new, {went} gone, {waiting} without a translation.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    call_command("compile_translations")


if __name__ == "__main__":
    main()
