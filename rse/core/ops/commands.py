"""Commands of ``manage.py`` that speak to whoever administers an installation: in the language of the settings, their help included."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation


class Spoken:
    """For commands: what they print, refuse and explain is in the language of the settings, whatever was spoken before."""

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        with translation.override(settings.LANGUAGE_CODE):
            parser: CommandParser = super().create_parser(prog_name, subcommand, **options)  # type: ignore[misc]
            parser.description = str(parser.description or "")
            return parser

    def execute(self, *arguments: Any, **options: Any) -> Any:
        with translation.override(settings.LANGUAGE_CODE):
            return super().execute(*arguments, **options)  # type: ignore[misc]


class SpokenCommand(Spoken, BaseCommand):
    """A command of ours. ``help`` is lazy; what ``add_arguments`` and ``handle`` say is translated where it is said."""

    help: Any = ""
