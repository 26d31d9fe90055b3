"""The command line: the only package that prints, and decides how a run ends.

Exit codes: 0 fine, 1 problems in a source, 2 wrong use, 3 something around us (disk, rights).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from deckbuilder import __version__
from deckbuilder.cli.authoring import schema_command
from deckbuilder.cli.building import build_command, check_command
from deckbuilder.cli.explaining import explain_command
from deckbuilder.cli.output import ENVIRONMENT, say
from deckbuilder.cli.publishing import lock_command, pack_command, release_command
from deckbuilder.cli.releasing import diff_command, simulate_command, verify_command
from deckbuilder.cli.writing import fmt_command, new_command, show_command, stats_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="deckbuilder %(version)s")
def cli() -> None:
    """Turn one TOML source of facts into an Anki deck and a revision sheet."""


for command in (
    build_command,
    check_command,
    explain_command,
    new_command,
    fmt_command,
    show_command,
    stats_command,
    schema_command,
    diff_command,
    simulate_command,
    verify_command,
    lock_command,
    release_command,
    pack_command,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; no input ends in a traceback."""
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
        say(f"deckbuilder: {_fault(error)}", err=True)
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


def _fault(error: OSError) -> str:
    name = error.filename2 or error.filename
    return f"{error.strerror or error}{f': {name}' if name else ''}"
