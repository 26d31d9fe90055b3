"""`lock`, `release` and `pack`: the lock mended, a release prepared, its files made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from deckbuilder.briefly import size, some
from deckbuilder.cli.given import FILE, Unusable, bytes_of
from deckbuilder.cli.output import PROBLEMS, Run, say, telling_strictly
from deckbuilder.cli.sources import SOURCE, SOURCES, build_time, in_source, present
from deckbuilder.problems import Obstacle, in_the_way, shown

if TYPE_CHECKING:
    from deckbuilder.model import Deck
    from deckbuilder.publishing.shipped import Shipped


@click.command("lock")
@SOURCES
@click.option("--repair", is_flag=True, help="Mend a lock that is in conflict, old or lost.")
@click.option(
    "--from", "package", type=FILE, help="The package released last, to mend the lock from."
)
@click.option(
    "--restamp",
    "newer",
    is_flag=True,
    help="Make all notes newer, so that every learner gets the deck's text.",
)
def lock_command(sources: Sequence[Path], repair: bool, package: Path | None, newer: bool) -> None:
    """Mend the lock of each source, or make all its notes newer."""
    if repair == newer:
        raise click.UsageError("say --repair or --restamp")
    chosen = sources or present()
    if package and (newer or len(chosen) > 1):
        raise click.UsageError("--from goes with --repair, and with one source")
    from deckbuilder.publishing.mend import Mended, mend, restamp

    last = bytes_of(package) if package else None
    with Run(afterword="its lock stays as it is") as run:
        refused = False
        for source in chosen:
            work = partial(mend, source, last) if repair else partial(restamp, source, build_time())
            made = run.tried(source, work) or Mended()
            run.found += made.problems
            for line in made.said:
                run.say(line)
            tell(made.obstacles)
            if made.obstacles:  # the others have locks of their own
                refused = True
                if len(chosen) > 1:
                    say(f"{source}: {run.afterword}", err=True)
        run.stop_if_failed()
        if refused:
            raise click.exceptions.Exit(PROBLEMS)


@click.command("release")
@click.argument("source", required=False, type=SOURCE)
@click.option("--version", "wanted", metavar="X.Y.Z", help="A greater version than is needed.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and change nothing.")
@click.option(
    "--last", "package", type=FILE, help="The package that learners have, to be held against."
)
@telling_strictly
def release_command(
    run: Run, source: Path | None, wanted: str | None, dry_run: bool, package: Path | None
) -> None:
    """Prepare a release: version, notes, one commit, one tag.

    Without SOURCE the one in source/. The version is the smallest that tells learners what
    changed. A source with a problem, be it a warning, is not released. To find what `pack` would,
    it is built once, in a folder of its own, verified, and, where Anki's library is there, the
    update is tried. Nothing is pushed.
    """
    from deckbuilder.versions import numbers

    if wanted and not numbers(wanted):
        raise click.UsageError("--version should be three numbers joined by dots")
    chosen = source or _only(run, present())
    run.tried(chosen, partial(_release, run, chosen, wanted or "", dry_run, package))


def _release(run: Run, chosen: Path, wanted: str, dry_run: bool, package: Path | None) -> None:
    from deckbuilder.examine import examine_as_kept
    from deckbuilder.publishing.prepare import Plan, carry_out, plan
    from deckbuilder.publishing.rehearsal import can_rehearse, rehearsed

    deck, problems = examine_as_kept(chosen)
    run.found += problems
    if deck is None or problems:
        return
    own, shipped = chosen.resolve(), _shipped(run, chosen, package, deck) if package else None
    made = plan(own, deck, wanted, build_time(), shipped)
    if not isinstance(made, Plan):
        refuse(run, chosen, *made)
    before = made.stands.before
    _tell_unlike(made.stands.root, own, deck, run)
    found, flaws = rehearsed(made.stands, made.files, shown(chosen))
    run.found += found
    run.stop_if_failed()  # what has no room in print is known only once that is made
    if flaws:
        refuse(run, chosen, *flaws)
    if (before or shipped) and not can_rehearse():
        run.say("the update is not tried, as Anki's library is not installed: make release does")
    after = before.release.tag if before else "nothing"
    run.say(f"{chosen}: {deck.id} {made.version}, after {after}")
    if made.dated_back:
        run.say(f"  as they were released, so with that date again: {some(made.dated_back)}")
    for line in made.notes:
        run.say(f"  {line}")
    if dry_run:
        run.say(f"would commit “{made.message}” and tag {made.tag}")
        return
    done = f"committed “{made.message}”, tagged {made.tag}; to publish it:"
    push = f"  git push --atomic origin HEAD {made.tag}"
    if flaw := carry_out(made, lambda: [*map(run.say, (done, push))]):
        refuse(run, chosen, flaw)


@click.command("pack")
@click.argument("source", required=False, type=SOURCE)
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/release"),
    show_default=True,
    help="Folder for the files of the release.",
)
@click.option(
    "--last", "package", type=FILE, help="The package that learners have, to be held against."
)
@telling_strictly
def pack_command(run: Run, source: Path | None, out: Path, package: Path | None) -> None:
    """Check a release, build it twice, try the update, verify it, put its files together.

    Without SOURCE the one whose release is the commit that is checked out. As a release, it
    takes no warnings.
    """
    chosen = source or _tagged(run)
    run.tried(chosen, partial(_pack, run, chosen, out, package))


def _pack(run: Run, chosen: Path, out: Path, package: Path | None) -> None:
    from deckbuilder.examine import examine_as_kept
    from deckbuilder.publishing.pack import Ready, pack, ready

    deck, problems = examine_as_kept(chosen)
    run.found += problems
    if deck is None or problems:
        return
    shipped = _shipped(run, chosen, package, deck) if package else None
    own = chosen.resolve()
    found = ready(own, deck, shipped)
    if not isinstance(found, Ready):
        refuse(run, chosen, *found)
    _tell_unlike(found.stands.root, own, deck, run)
    made = pack(found, out)
    if isinstance(made, tuple):
        refuse(run, chosen, *made)
    run.say(f"{chosen}: {deck.id} {deck.version}, built twice with the same bytes")
    for name, data in made.items():
        run.say(f"  {out / name}  {size(len(data))}")


def _tell_unlike(root: Path, source: Path, deck: Deck, run: Run) -> None:
    """Tell which files a release takes otherwise than they are here."""
    from deckbuilder.publishing.present import unlike

    for name, by_git in unlike(root, source, deck):
        first = "write `* text=auto eol=lf` into .gitattributes, " if by_git else ""
        way = f"{first}delete it, git checkout it, and build; then commit what changes"
        run.say(f"{name}: taken as it is committed, with other line ends than here")
        run.say(f"  to have it so: {way}")


def _only(run: Run, sources: Sequence[Path]) -> Path:
    """Return the one source; of several, a program is told by the first."""
    if len(sources) > 1:
        several, way = "there are several sources", "name the one to be released"
        if run.form != "text":
            run.found.append(in_the_way(sources[0], Obstacle(several, way)))
        raise click.UsageError(f"{several}: {way}")
    return sources[0]


def _tagged(run: Run) -> Path:
    """Return the source whose release is checked out: that in source/, else wherever it is."""
    flaws: list[Obstacle] = []
    for there in (in_source, _elsewhere):
        told = {source: run.tried(source, partial(_is_tagged, source)) for source in there()}
        run.stop_if_failed()
        if found := [source for source, here in told.items() if here is True]:
            return _only(run, found)
        flaws += [flaw for flaw in told.values() if isinstance(flaw, Obstacle)]
    none = Obstacle("no release is checked out", "deckbuilder release prepares one")
    return refuse(run, present()[0], *dict.fromkeys(flaws) or (none,))


def _elsewhere() -> list[Path]:
    """Return the sources out of source/ that a tag of the commit that is checked out may mean."""
    from deckbuilder.publishing.present import repository, tagged_here

    root, known = repository(Path.cwd() / "source"), {file.resolve() for file in in_source()}
    files = () if isinstance(root, Obstacle) else tagged_here(root)
    return [Path(os.path.relpath(file)) for file in files if file not in known]


def _is_tagged(source: Path) -> bool | Obstacle:
    """Tell whether the release of a source is checked out, or why that is not known."""
    from deckbuilder.publishing.pack import is_here
    from deckbuilder.publishing.present import repository
    from deckbuilder.publishing.promises import without_tag
    from deckbuilder.read import read

    root, (deck, _) = repository(source.resolve()), read(source)
    if deck is None or isinstance(root, Obstacle):
        return root if isinstance(root, Obstacle) else False
    return is_here(root, deck) or without_tag(root, deck) or False


def _shipped(run: Run, source: Path, package: Path, deck: Deck) -> Shipped:
    """Return what a package tells; the run ends here if that is nothing."""
    from deckbuilder.publishing.shipped import read_shipped

    try:
        told = read_shipped(bytes_of(package), deck.ids)
    except Unusable as flaw:
        refuse(run, source, Obstacle(flaw.message))
    return refuse(run, source, told) if isinstance(told, Obstacle) else told


def refuse(run: Run, source: Path, *obstacles: Obstacle) -> NoReturn:
    """Tell what stands in the way, a program among the problems of the source; end the run."""
    if run.form == "text":
        tell(obstacles)
    else:
        run.found += (in_the_way(source, obstacle) for obstacle in obstacles)
    raise click.exceptions.Exit(PROBLEMS)


def tell(obstacles: Iterable[Obstacle]) -> None:
    """Tell what stands in the way."""
    for obstacle in obstacles:
        say(f"error: {obstacle.sentence}", err=True)
        for line in obstacle.hint.strip().splitlines():
            say(f"  = help: {line}", err=True)
