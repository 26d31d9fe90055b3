"""The command line: the only package that prints, and decides how a run ends.

Exit codes: 0 fine, 1 problems in a source, 2 wrong use, 3 something around us (disk, rights).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import NoReturn

from deckbuilder.later import cleandoc, postpone

# what click and others import for little or nothing that we ask of them: a quarter of `--help`
postpone({
    "inspect": {"cleandoc": cleandoc},  # all that click asks of it
    "platform": {"system": lambda: os.uname().sysname},  # for `uuid`, which click imports
    "ipaddress": {},  # for addresses in brackets, by `urllib.parse`
    "bz2": {},  # for archives, by `shutil`
    "lzma": {},
})  # fmt: skip

import click  # noqa: E402

from deckbuilder import __version__  # noqa: E402
from deckbuilder.cli.output import ENVIRONMENT, collect_seldom, say  # noqa: E402

# each command: the module that has it as `NAME_command`, and what the list of commands says of it
COMMANDS = {
    "build": ("building", "Build the deck, the sheet and the handouts of each source."),
    "check": ("building", "Tell what is wrong with each source; write nothing."),
    "diff": ("releasing", "Tell what changed, fact by fact, from OLD to NEW."),
    "explain": ("explaining", "Explain a problem by its CODE."),
    "fmt": ("writing", "Lay out sources in canonical form."),
    "lock": ("publishing", "Mend the lock of each source, or make its notes newer."),
    "new": ("writing", "Begin a project in the folder NAME."),
    "pack": ("publishing", "Check a release, build it twice, put its files together."),
    "release": ("publishing", "Prepare a release: version, notes, one commit, one tag."),
    "schema": ("explaining", "Print the JSON Schema that editors complete sources by."),
    "show": ("writing", "Show a fact with its cards and its print."),
    "simulate": ("releasing", "Try an update in a real Anki; would a learner lose?"),
    "stats": ("writing", "Count facts, cards, kinds, pages, answers."),
    "verify": ("releasing", "Prove that built files come from one source, all of it."),
}


class Commands(Mapping[str, click.Command]):
    """The commands by their names, each made when it is asked for: a run needs one of them."""

    def __init__(self) -> None:
        self.made: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self.made:
            module = import_module(f"deckbuilder.cli.{COMMANDS[name][0]}")
            self.made[name] = getattr(module, f"{name}_command")
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Program(click.Group):
    """The program: lists its commands without making them."""

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(
    cls=Program,
    commands=Commands(),  # click never adds to it
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="deckbuilder %(version)s")
def cli() -> None:
    """Turn one TOML source of facts into an Anki deck and a revision sheet."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; no input ends in a traceback."""
    collect_seldom()
    try:
        status = cli.main(
            list(arguments) if arguments is not None else None, "deckbuilder", standalone_mode=False
        )
        sys.exit(status or 0)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        from deckbuilder.problems import fault_words

        say(f"deckbuilder: {fault_words(error)}", err=True)
        sys.exit(ENVIRONMENT)
    except Exception as error:  # the last resort: a fault of ours, told shortly
        if os.environ.get("DECKBUILDER_DEBUG"):
            raise
        click.echo(
            f"deckbuilder {__version__}: an error of the program, not of your source"
            f" ({type(error).__name__}: {error}).\n"
            "Please report it with the source; DECKBUILDER_DEBUG=1 shows where it happened.",
            err=True,
        )
        sys.exit(ENVIRONMENT)


def run() -> NoReturn:
    """Be the program: run the command line, and leave as soon as all is said and done.

    Python would first take apart each module and object, which is a tenth of a small build.
    """
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        status = end.code
    atexit._run_exitfuncs()  # noqa: SLF001 (libraries may have work left, and nothing else does it)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)
