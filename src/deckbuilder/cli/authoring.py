"""`schema`: what helps an editor help an author."""

from __future__ import annotations

import click

from deckbuilder.cli.output import say


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a source: with it, editors complete and check its keys."""
    from deckbuilder.editor import json_schema

    say(json_schema(), safe=True)
