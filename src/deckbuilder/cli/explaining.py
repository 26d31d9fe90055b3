"""`explain` and `schema`: what the program knows of sources, for an author or an editor."""

from __future__ import annotations

import click

from deckbuilder.cli.output import say


@click.command("explain")
@click.argument("code", required=False)
def explain_command(code: str | None) -> None:
    """Explain a problem by its CODE: what it is, why, and an example; alone, list all codes."""
    from deckbuilder.explain import explanations, told
    from deckbuilder.problems import did_you_mean

    known = explanations()
    if code is None:
        widest = max(map(len, known))
        lines = [f"{name:<{widest}}  {known[name].what}" for name in sorted(known)]
    elif code in known:
        lines = told(known[code]).split("\n")
    else:
        raise click.UsageError(f"no problem has the code {code!r}: {did_you_mean(code, known)}")
    for line in lines:
        say(line)


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of a source: with it, editors complete and check its keys."""
    from deckbuilder.editor import json_schema

    say(json_schema(), safe=True)
