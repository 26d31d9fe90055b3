"""What a run says, and how it ends: results, problems in the format asked for, the exit code."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from deckbuilder.reports.harmless import harmless

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from deckbuilder.problems import Problem

    Afterword = Callable[[Collection[Problem]], str]  # of warnings

Result = TypeVar("Result")

# `deckbuilder … | head`, a terminal that is closed: nobody reads on, the work goes on
UNHEARD = (errno.EPIPE, errno.EIO)
PROBLEMS, ENVIRONMENT = 1, 3  # click itself ends wrong use with 2

KEPT = "what has an error keeps its earlier outputs"
KEPT_STRICTLY = "with --strict, what has an error or a warning keeps its earlier outputs"
NO_ERRORS = "a release takes no errors: mend them"  # none can be allowed
NO_WARNINGS = "a release takes no errors and no warnings: mend them"
ON_PURPOSE = ', or let {} do what it does on purpose{}: allow = [{{ rule = "CODE", why = "…" }}]'

FOR_PROGRAMS = ("json", "sarif")  # forms that have standard output for themselves
CLEAR = "\r\x1b[K"  # begins the line of a terminal anew
YOUNG, OFTEN = 100_000, (50, 100)  # objects, and collections of a generation before the next


def collect_seldom() -> None:
    """Let Python look for cycles less often: facts are trees, and to search them all took a fifth.

    Not never: ReportLab makes cycles, and each handout would stay in memory.
    """
    gc.set_threshold(YOUNG, *OFTEN)


class Run:
    """One run of a command: gathers problems, tells them at its end and exits accordingly.

    `form`: text, json, github or sarif.
    `strict`: whether a warning fails it, too; `afterword`: what is said last if it failed;
    `strictly`: what is said instead where warnings failed it (default: `afterword`).
    """

    def __init__(
        self,
        form: str = "text",
        strict: bool = False,
        afterword: str = "",
        strictly: Afterword | None = None,
    ) -> None:
        self.form, self.strict = form, strict
        self.afterword, self.strictly = afterword, strictly
        self.found: list[Problem] = []
        self.faults: list[Problem] = []  # of files; the run ends as one that something around fails

    def tried(self, source: Path, work: Callable[[], Result]) -> Result | None:
        """Return what becomes of a source; a file that cannot be read or written stops it alone."""
        from deckbuilder.problems import file_fault

        try:
            return work()
        except OSError as fault:
            self.faults.append(file_fault(source, fault))
            return None

    def say(self, line: str) -> None:
        """Print a line of results; the name of a file in it cannot drive the terminal either."""
        say(line, err=self.form in FOR_PROGRAMS)

    @property
    def failed(self) -> bool:
        """Whether there is a problem that should end the run with an error."""
        return self.wrong or bool(self.faults)

    @property
    def wrong(self) -> bool:
        """Whether that is something in a source."""
        return any(self.strict or problem.severity == "error" for problem in self.found)

    def stop_if_failed(self) -> None:
        """Go no further if there is an error already."""
        if self.failed:
            raise click.exceptions.Exit(ENVIRONMENT if self.faults else PROBLEMS)

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None or self.found or self.faults:
            self._tell()  # nothing of wrong use: an empty report would say that all is well
        if kind is None:
            self.stop_if_failed()

    def _tell(self) -> None:
        found = [*self.found, *self.faults]
        if not found and self.form not in FOR_PROGRAMS:
            return
        from deckbuilder.reports.formats import to_github, to_json, to_sarif, to_text

        if self.form == "json":
            say(to_json(found), safe=True)
        elif self.form == "sarif":
            from deckbuilder.explain import explanations

            say(to_sarif(found, explanations().values()), safe=True)
        elif self.form == "github":
            say(to_github(found), safe=True)
        else:
            if self.found:
                say(to_text(self.found, color=_colored()), err=True, safe=True)
            warned = [p for p in self.found if self.strict and p.severity == "warning"]
            afterword = self.strictly(warned) if self.strictly and warned else self.afterword
            if self.wrong and afterword:
                say(afterword, err=True)
            for fault in self.faults:
                say(f"deckbuilder: {fault.message}", err=True)


def telling(
    afterword: str = "", strictly: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command `--format` and `--strict`, and a `Run` that ends so as its first argument."""
    strict = click.option("--strict", is_flag=True, help="Let warnings fail the run, too.")
    return lambda command: _with_run(strict(command), afterword, lambda _: strictly or afterword)


def telling_strictly(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--format`, and a `Run` that any problem fails as its first argument."""
    return _with_run(command, NO_ERRORS, _no_warnings, always_strict=True)


def _no_warnings(warned: Collection[Problem]) -> str:
    """Return what is to be done about warnings; some may be allowed, each by what it is about."""
    by, codes = {p.owner for p in warned}, {p.code for p in warned if p.owner}
    if not codes:
        return NO_WARNINGS
    *others, last = (f"the {each}" for each in ("fact", "topic", "deck") if each in by)
    who = f"{', '.join(others)} or {last}" if others else last
    strict = dict.fromkeys(
        f"{p.code} in line {p.place.line}" if p.code in codes else p.code
        for p in warned
        if not p.owner
    )
    but = f" (but not {', '.join(strict)})" if strict else ""
    return NO_WARNINGS + ON_PURPOSE.format(who, but)


def _with_run(
    command: Callable[..., None],
    afterword: str,
    strictly: Afterword,
    *,
    always_strict: bool = False,
) -> Callable[..., None]:
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github", "sarif"]),
        help="How problems are told (default: text; github where GITHUB_ACTIONS is true).",
    )
    @wraps(command)
    def run(*, form: str | None, strict: bool = always_strict, **options: Any) -> None:
        at_github = os.environ.get("GITHUB_ACTIONS") == "true"
        with Run(form or ("github" if at_github else "text"), strict, afterword, strictly) as told:
            command(told, **options)

    return run


def say(text: str, *, err: bool = False, safe: bool = False, nl: bool = True) -> None:
    """Print, `nl`: a whole line; text that is not `safe` loses what could drive a terminal."""
    try:
        click.echo(text if safe else harmless(text), nl=nl, err=err, color=True)
    except OSError as fault:
        if fault.errno not in UNHEARD:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if err else sys.stdout).fileno())


def _colored() -> bool:
    """Tell whether problems are coloured: https://no-color.org, https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _can_be_driven()


def _can_be_driven() -> bool:
    """Tell whether errors go to a terminal that does more than show text."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


class Progress:
    """Say on a terminal what a build is doing, on one line that goes away."""

    def __init__(self, source: Path) -> None:
        self.source, self.shown = source, _can_be_driven()

    def __enter__(self) -> Callable[[str], object]:
        return self._say

    def _say(self, stage: str) -> None:
        if self.shown:
            words = harmless(f"{self.source}: {stage} …")
            say(f"{CLEAR}{words}", nl=False, err=True, safe=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            say(CLEAR, nl=False, err=True, safe=True)
