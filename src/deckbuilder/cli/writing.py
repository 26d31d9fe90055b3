"""What helps to write sources: `fmt`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from deckbuilder.cli.building import SOURCES, distinct
from deckbuilder.cli.output import PROBLEMS, Run, count


@click.command("fmt")
@SOURCES
@click.option("--check", is_flag=True, help="Write nothing; fail if a source would change.")
def fmt_command(sources: Sequence[Path], check: bool) -> None:
    """Lay out sources in canonical form.

    Without SOURCES every source/*.toml. Keys get their order and stand in line, facts without an
    id get one; values and comments stay.
    """
    with Run("text", strict=False, afterword="what has an error stays as it is") as run:
        changed = [_format(source, check, run) for source in sources or distinct(())]
    if check and any(changed):
        raise click.exceptions.Exit(PROBLEMS)


def _format(named: Path, check: bool, run: Run) -> bool:
    """Format a source unless this is a check; tell whether its bytes change."""
    from deckbuilder.files import alone, publish
    from deckbuilder.fmt import canonical, difference
    from deckbuilder.toml import parse

    file = named.resolve()  # a link stays one
    with alone(file, lambda: None):
        source, problems = parse(file.read_bytes(), named.as_posix())
        run.found += problems
        if source is None:
            return False
        made = canonical(source)
        data = made.text.encode()
        if data == source.data:
            run.say(f"{named}: fine")
            return False
        ids = f", {count(len(made.ids), 'new id')}" if made.ids else ""
        if not check:
            publish(file.parent, {file.name: data}, file.stem)
        run.say(f"{named}: {'would change' if check else 'formatted'}{ids}")
        for line in difference(source.text, made.text) if check else ():
            run.say(f"  {line}")
    return True
