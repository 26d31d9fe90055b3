"""`simulate`, `diff` and `verify`: what has been built -> whether it may be given away."""

from __future__ import annotations

from pathlib import Path

import click

from deckbuilder.cli.output import ENVIRONMENT, PROBLEMS, say

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Unusable(click.ClickException):
    """A file cannot be used."""

    exit_code = PROBLEMS


class Missing(click.ClickException):
    """What the command needs is not installed."""

    exit_code = ENVIRONMENT


@click.command("simulate")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is told."
)
def simulate_command(old: Path, new: Path, form: str) -> None:
    """Try the update from OLD.apkg to NEW.apkg in a real Anki; exit 1 if a learner would lose."""
    from deckbuilder.releases.learner import NoAnkiError
    from deckbuilder.releases.simulate import simulate
    from deckbuilder.releases.told import simulation_json, simulation_text
    from deckbuilder.releases.unreadable import UnreadableError

    try:
        result = simulate(old.read_bytes(), new.read_bytes())
    except NoAnkiError:
        raise Missing(
            "simulate needs Anki's own library, which is not installed:"
            " pip install 'deckbuilder[anki]'"
        ) from None
    except UnreadableError as flaw:
        raise Unusable(str(flaw)) from None
    if form == "json":
        say(simulation_json(result), safe=True)
    else:
        for line in simulation_text(result):
            say(line)
    if result.failures:
        raise click.exceptions.Exit(PROBLEMS)
