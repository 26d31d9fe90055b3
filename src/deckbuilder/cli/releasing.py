"""`simulate`, `diff` and `verify`: what has been built -> whether it may be given away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckbuilder.briefly import count
from deckbuilder.cli.given import FILE, Unusable, bytes_of
from deckbuilder.cli.output import ENVIRONMENT, PROBLEMS, say

if TYPE_CHECKING:
    from deckbuilder.releases.edition import Edition

ZIP, PACKAGE = b"PK", ".apkg"  # how a package begins, and how its name ends


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
    """Try the update from OLD.apkg to NEW.apkg in a real Anki; exit 1 if a learner may lose."""
    from deckbuilder.releases.doubt import doubted
    from deckbuilder.releases.learner import INSTALL, NoAnkiError
    from deckbuilder.releases.simulate import simulate
    from deckbuilder.releases.told import simulation_text, to_json
    from deckbuilder.releases.unreadable import UnreadableError

    try:
        before, after = bytes_of(old), bytes_of(new)
        result = doubted(simulate(before, after), before, after)
    except NoAnkiError:
        needs = "simulate needs Anki's own library, which is not installed"
        raise Missing(f"{needs}: {INSTALL}") from None
    except UnreadableError as flaw:
        raise Unusable(str(flaw)) from None
    if form == "json":
        say(to_json(result), safe=True)
    else:
        for line in simulation_text(result):
            say(line)
    if result.failures or result.unsure:
        raise click.exceptions.Exit(PROBLEMS)


@click.command("diff")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="How it is told.",
)
def diff_command(old: Path, new: Path, form: str) -> None:
    """Tell what changed, fact by fact, from OLD to NEW: sources or packages."""
    from deckbuilder.releases.diff import diff
    from deckbuilder.releases.told import MARKDOWN, TEXT, diff_text, to_json

    found = diff(_edition(old), _edition(new))
    if form == "json":
        say(to_json(found), safe=True)
        return
    for line in diff_text(found, MARKDOWN if form == "markdown" else TEXT):
        say(line)


def _edition(file: Path) -> Edition:
    """Return what a source, or a package, says; the run ends here if it says nothing.

    A file beside the source that cannot be read is told; a picture counts as another then, and
    without the lock only `was` tells which fact had another id.
    """
    from deckbuilder.assets import load
    from deckbuilder.brought import known_lock
    from deckbuilder.read import read_bytes
    from deckbuilder.releases.edition import edition_of_package, edition_of_source
    from deckbuilder.releases.package import read_package
    from deckbuilder.releases.unreadable import UnreadableError
    from deckbuilder.reports.formats import to_text

    data, name = bytes_of(file), file.as_posix()
    if data.startswith(ZIP) or file.suffix.casefold() == PACKAGE:
        try:
            return edition_of_package(read_package(data), name)
        except UnreadableError as flaw:
            raise Unusable(f"{name}: {flaw}") from None
    deck, problems = read_bytes(data, name)
    if deck is None:
        unread = {"toml-syntax", "not-utf8"}.intersection(problem.code for problem in problems)
        if unread and file.suffix.casefold() != ".toml":
            raise Unusable(f"{name} is no source (.toml) and no package (.apkg)")
        say(to_text(problems), err=True, safe=True)
        raise click.exceptions.Exit(PROBLEMS)
    deck, missing = load(deck, file.parent)  # notes name a picture by what is in it
    lock, torn, _ = known_lock(file, deck)
    if missing or torn:
        flaws = [replace(flaw, severity="warning") for flaw in (*missing, *torn)]
        say(to_text(flaws), err=True, safe=True)
    return edition_of_source(deck, name, lock)


@click.command("verify")
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def verify_command(folder: Path) -> None:
    """Prove that the files of each deck in DIR come from one source and hold all its facts."""
    from deckbuilder.manifests import CONTENTS
    from deckbuilder.releases.verify import stems, verify

    names = [file.name for file in folder.iterdir() if file.is_file()]
    decks, listed = stems(names), [name for name in names if name == CONTENTS]
    if not decks:
        raise Unusable(f"{folder} holds no deck and no sheet")
    failed, sources = 0, dict[str, set[str]]()
    for stem, own in decks.items():
        verdict = verify(stem, {name: bytes_of(folder / name) for name in (*own, *listed)})
        if verdict.stamp:
            sources.setdefault(verdict.stamp.deck, set()).add(verdict.stamp.source)
        say(f"{stem}: {'; '.join(verdict.held[:1]) or 'nothing to hold against each other'}")
        for line in verdict.held[1:]:
            say(f"  {line}")
        for wrong in verdict.mismatches:
            say(f"  WRONG {wrong.told}")
        failed += len(verdict.mismatches)
    if failed:
        say(f"{count(failed, 'flaw')}: do not give these files away")
        raise click.exceptions.Exit(PROBLEMS)
    several = [deck for deck, of in sources.items() if len(of) > 1]
    for deck in several:
        say(f"{deck} is here from {len(sources[deck])} sources: give away what is from one of them")
    if several:
        say("each holds all that its own source says")
        raise click.exceptions.Exit(PROBLEMS)
    say("all come from one source, and hold all that they should")
