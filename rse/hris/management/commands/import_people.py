import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.elision import of
from rse.core.ops.commands import SpokenCommand
from rse.hris.files import report, storage
from rse.hris.files.columns import COLUMNS
from rse.hris.files.formats import open_table
from rse.hris.files.problems import FileRefused
from rse.hris.models import ImportBatch
from rse.hris.services import imports
from rse.hris.services.application import BadRows, RightsEnd, TooManyDepartures, preview

BAR = 30


class Command(SpokenCommand):
    help = gettext_lazy(
        "Import the people of a file of HR (CSV, XLSX, XLS, ODS, or a ZIP with one). "
        "One row with an error and nothing is written; the same file changes nothing."
    )

    def add_arguments(self, parser):
        parser.epilog = _("Columns: %(columns)s.") % {"columns": ", ".join(COLUMNS)}
        parser.add_argument("file", type=Path)
        kind = parser.add_mutually_exclusive_group(required=True)
        kind.add_argument("--full", action="store_true", help=_("the file holds everybody: HR is asked about who is not in it"))
        kind.add_argument("--delta", action="store_true", help=_("the file holds changes only: nobody is asked about for not being in it"))
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=HEADER",
            help=_("which header of the file a column is read from, such as --map unit=Service; no header: the file does not say it"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("show what would change, and write nothing"))
        parser.add_argument("--skip-bad-rows", action="store_true", help=_("leave out the rows that have errors, and write the others"))
        parser.add_argument("--allow-departures", action="store_true", help=_("more than one person in ten may leave by this file"))
        parser.add_argument(
            "--allow-holder",
            action="append",
            default=[],
            metavar="HANDLE",
            help=_("the handle of an administrator, head of HR or data protection officer who leaves by this file"),
        )
        parser.add_argument("--older", action="store_true", help=_("write a file that is older than the last one"))
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args, **options):
        with translation.override(options["language"]):
            try:
                self._import(options)
            except FileRefused as refused:
                if not options["dry_run"]:
                    kind = ImportBatch.Kind.FULL if options["full"] else ImportBatch.Kind.DELTA
                    imports.record_refusal(refused=refused, file_name=options["file"].name, kind=kind)
                raise CommandError(refused.sentence()) from refused
            except OSError as error:
                raise CommandError(_("%(file)s cannot be read.") % {"file": options["file"]}) from error

    def _import(self, options):
        table = open_table(options["file"])
        mapping = self._mapping(table, options["map"])
        self._say(report.column_lines(table, mapping))
        with Bar(_("Reading %(file)s") % {"file": options["file"].name}) as bar:
            try:
                if options["dry_run"]:
                    outcome = preview(table, mapping, is_full=options["full"], progress=bar.move)
                else:
                    outcome = self._apply(table, mapping, options, bar)
            except (BadRows, RightsEnd, TooManyDepartures) as refused:
                bar.end()
                self._say(report.problem_lines(refused.problems, mapping))
                raise
        self._say(fact.sentence() for fact in outcome.understood)
        self._say(report.problem_lines(outcome.problems, mapping))
        self._say(report.figures(outcome))
        self._say(report.sending_lines(outcome.counts_as_json()["sending"]))
        if options["dry_run"]:
            self._say(report.change_lines(outcome))
            self._say(self._refusals(outcome, options))
            self._say([_("Nothing was written.")])
        elif outcome.is_empty:
            self._say([_("Nothing was written: the file says what is known already.")])

    def _mapping(self, table, said):
        """The columns as they were remembered for these headers, or as they are guessed, with what was said on the command line."""
        chosen = {}
        for one in said:
            column, equals, header = one.partition("=")
            if not equals or column.strip() not in COLUMNS:
                told = {"said": one, "columns": ", ".join(COLUMNS)}
                raise CommandError(_("--map %(said)s: write COLUMN=HEADER, with one of %(columns)s.") % told)
            chosen[column.strip()] = header.strip()
        return storage.mapping_of(table).with_(**chosen)

    def _apply(self, table, mapping, options, bar):
        return imports.import_from_server(
            table=table,
            mapping=mapping,
            file_name=options["file"].name,
            is_full=options["full"],
            skips_bad_rows=options["skip_bad_rows"],
            allows_departures=options["allow_departures"],
            allowed_holders=options["allow_holder"],
            allows_older=options["older"],
            is_remembered=bool(options["map"]),
            progress=bar.move,
        )

    def _refusals(self, outcome, options):
        """What would keep this file from being written as it is."""
        bad, found = len(outcome.problems.bad_lines), outcome.departures
        if bad and not options["skip_bad_rows"]:
            yield ngettext(
                "%(count)s row has errors: nothing would be written without --skip-bad-rows.",
                "%(count)s rows have errors: nothing would be written without --skip-bad-rows.",
                bad,
            ) % {"count": bad}
        if found.are_many and not options["allow_departures"]:
            yield ngettext(
                "%(leaving)s of %(active)s people would leave: nothing would be written without --allow-departures.",
                "%(leaving)s of %(active)s people would leave: nothing would be written without --allow-departures.",
                found.leaving,
            ) % {"leaving": found.leaving, "active": found.active}

        try:
            imports.refuse_older(imports.described(open_table(options["file"]), options["file"].name, allows_older=options["older"]))
        except FileRefused as refused:
            yield refused.sentence() + " " + _("Nothing would be written without --older.")
        for one in outcome.holders:
            if one["handle"] not in options["allow_holder"]:
                yield _("The rights %(of_name)s take two people: nothing would be written without --allow-holder %(handle)s.") % {
                    "of_name": of(one["name"]),
                    "handle": one["handle"],
                }

    def _say(self, lines):
        for line in lines:
            self.stdout.write(line)


class Bar:
    """A bar on the error stream, drawn on a terminal only; ``move`` takes percents."""

    def __init__(self, title):
        self.title, self.shown, self.started = title, -1, time.monotonic()
        self.is_drawn = sys.stderr.isatty()

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.end()

    def move(self, percent):
        if self.is_drawn and percent > self.shown:
            self.shown = percent
            filled = BAR * min(percent, 100) // 100
            line = f"{self.title} ▕{'━' * filled}{' ' * (BAR - filled)}▏ {percent} %, {time.monotonic() - self.started:.0f} s"
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)  # noqa: T201 - a bar is not a line of the report

    def end(self):
        if self.is_drawn and self.shown >= 0:
            self.shown = -1
            print("\r\033[K", end="", file=sys.stderr, flush=True)  # noqa: T201 - the bar goes
