"""`build` and `check`: sources -> outputs, or what is wrong with the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckbuilder.briefly import count, size, some
from deckbuilder.cli.jobs import results
from deckbuilder.cli.output import KEPT, KEPT_STRICTLY, Run, telling
from deckbuilder.cli.sources import SOURCES, build_time, distinct, present
from deckbuilder.clock import day, is_ahead
from deckbuilder.schema import EVERY_HANDOUT, FARTHEST, HANDOUTS, PRINT, Type, is_near

if TYPE_CHECKING:
    from deckbuilder.lock import Changes
    from deckbuilder.record import Built
    from deckbuilder.request import Request

OUT = Path("build")  # where outputs are, unless other is said
HANDOUTS_OFFERED = (*HANDOUTS, EVERY_HANDOUT)


def printing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each key of a source's `[print]` table; it outranks the source."""
    for key in (key for key in reversed(PRINT) if key.type is Type.CHOICE):
        choice = click.Choice(key.choices)
        command = click.option(f"--{key.name}", type=choice, help=key.doc)(command)
    return command


def _listed(value: str | None) -> list[str]:
    """Return the words between commas."""
    return [*filter(None, (value or "").replace(" ", "").split(","))]


def _handouts(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Read the names of handouts, each once."""
    from deckbuilder.problems import did_you_mean

    names = dict.fromkeys(_listed(value))
    for name in names:
        if name not in HANDOUTS_OFFERED:
            raise click.BadParameter(f"{name!r}: {did_you_mean(name, HANDOUTS_OFFERED)}")
    return tuple(names)


def _versions(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Read the names of versions, all of them different."""
    from deckbuilder.choice import LETTERS

    names = _listed(value)
    if len({*names}) < len(names):
        raise click.BadParameter("give each version a name of its own, as in A,B")
    for name in names:
        if not LETTERS.fullmatch(name):
            raise click.BadParameter(f"{name!r}: use letters and digits, as in A,B")
    return tuple(names)


def _offset(_: click.Context, __: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """Read two numbers of millimetres between a comma."""
    if value is None:
        return None
    try:
        right, up = map(float, value.split(","))
    except ValueError:
        raise click.BadParameter("write two numbers, as in 0.5,-0.3") from None
    if not is_near((right, up)):
        raise click.BadParameter(f"no printer is off by more than {FARTHEST} mm")
    return right, up


@click.command("build")
@SOURCES
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=OUT,
    show_default=True,
    help="Folder for the outputs.",
)
@click.option("--frozen", is_flag=True, help="Refuse if a lock would change.")
@click.option(
    "--break-schema",
    is_flag=True,
    help="Let pass what learners can only import with other options than Anki's.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Work on so many sources at the same time.",
)
@printing_options
@click.option(
    "--handouts",
    callback=_handouts,
    help=f"What to print besides the sheet, by commas: {', '.join(HANDOUTS_OFFERED)}.",
)
@click.option(
    "--back-offset",
    callback=_offset,
    metavar="X,Y",
    help="Move the backs of cards by so many millimetres to the right and up.",
)
@click.option(
    "--topic", multiple=True, help="Handouts of this topic's facts alone; may be given again."
)
@click.option(
    "--tag", multiple=True, help="Handouts of the facts with this tag alone; may be given again."
)
@click.option("--count", "count_", type=click.IntRange(min=1), help="Draw so many facts.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="Shuffle; a seed gives one order for ever.",
)
@click.option(
    "--versions",
    callback=_versions,
    help="A handout each, in an order of its own, as in A,B.",
)
@telling(KEPT, KEPT_STRICTLY)
def build_command(run: Run, sources: Sequence[Path], out: Path, jobs: int, **asked: Any) -> None:
    """Build STEM.apkg, STEM.pdf and the handouts of each source (default: every source/*.toml)."""
    from deckbuilder.processes import processors
    from deckbuilder.record import unchanged

    chosen = distinct(sources) or present()
    now, request = build_time(), _request(run.strict, **asked)
    before = ((source, unchanged(source, out, request)) for source in chosen)
    ready = {source: built for source, built in before if built}
    ids = {source: built.deck for source, built in ready.items()}
    if len(set(ids.values())) < len(chosen):
        from deckbuilder.examine import examine_together

        run.found += examine_together(chosen, ids)
        run.stop_if_failed()
    at_once = max(1, processors() // max(1, min(jobs, len(chosen) - len(ready))))
    work = partial(_built, out=out, now=now, request=request, processes=at_once)
    refused, removed = {}, False
    for source, finish in results(work, chosen, jobs, ready):
        if built := run.tried(source, finish):
            removed |= bool(built.removed)
            if any(problem.code == "name-taken" for problem in built.problems):
                refused[source] = built  # another deck of this run may give the name up
                continue
            _tell(run, source, built)
    final = {} if removed else refused
    for source, finish in results(work, [*refused], jobs, final):
        if built := run.tried(source, finish):
            _tell(run, source, built)


def _request(
    strict: bool,
    frozen: bool,
    break_schema: bool,
    handouts: tuple[str, ...],
    back_offset: tuple[float, float] | None,
    topic: tuple[str, ...],
    tag: tuple[str, ...],
    count_: int | None,
    seed: int | None,
    versions: tuple[str, ...],
    **printing: str | None,
) -> Request:
    """Return what the options ask for; what is not asked for is as the source has it."""
    from deckbuilder.choice import Choice
    from deckbuilder.request import Request

    asked: dict[str, object] = {key: value for key, value in printing.items() if value}
    asked |= {"handouts": handouts} if handouts else {}
    asked |= {"back_offset": back_offset} if back_offset else {}
    choice = Choice(topic, tag, count_, seed, versions)
    return Request(frozen, strict, break_schema, asked, choice)


def _built(source: Path, **options: Any) -> Built:
    from deckbuilder.build import build  # only what changed needs all that builds

    return build(source, **options)


def _tell(run: Run, source: Path, built: Built) -> None:
    """Say what there is of a source now; of one that has an error, only what is wrong."""
    run.found += built.problems
    if not built.files:
        return
    done = "" if built.changes else "; up to date"
    run.say(f"{source}: {count(built.facts, 'fact')}, {count(built.cards, 'card')}{done}")
    for file, octets in built.files:
        if file.suffix == ".pdf":
            pages = count(built.pages[file.name], "page")
            run.say(f"  {file}  {size(octets)}, {pages}")
        elif file.suffix == ".apkg":  # the package, and the one that takes out what is retired
            run.say(f"  {file}  {size(octets)}")
    changes = _changes(built.changes, source.stem) if built.changes else []
    to_do = [f"what learners have to do: {line}" for line in built.to_do]
    said = (*_missing(built), *changes, *_decided(built.decided), *_let_pass(built.let_pass))
    for line in (*said, *to_do, *_ahead(built.dated)):
        run.say(f"  {line}")


def _ahead(dated: int) -> list[str]:
    """Return that a lock has dates of a clock that is, or was, ahead, in a line, if it is so."""
    said = f"the lock has dates after now, up to {day(dated)}: is the clock right?"
    return [f"{said} (while it is not out, deckbuilder release says what to do)"] * is_ahead(dated)


def _missing(built: Built) -> list[str]:
    """Return which files somebody may look for in vain, and why, a line each."""
    said = [f"no {name}: {why}" for name, why in built.left_out.items()]
    gone = ", ".join(map(str, built.removed))
    return said + [f"removed, for this build does not make it: {gone}"] * bool(gone)


@click.command("check")
@SOURCES
@telling()
def check_command(run: Run, sources: Sequence[Path]) -> None:
    """Tell what is wrong with each source (default: every source/*.toml); write nothing.

    What a lock beside the source remembers is kept to, as by build.
    """
    from deckbuilder.brought import dated
    from deckbuilder.examine import examine_as_kept, examine_together
    from deckbuilder.problems import errors

    chosen = sources or present()
    run.found += examine_together(chosen)
    for source in chosen:
        deck, problems = run.tried(source, partial(examine_as_kept, source, OUT)) or (None, ())
        run.found += problems
        if deck and not (errors(problems) or (run.strict and problems)):
            run.say(f"{source}: fine, {count(len(deck.facts), 'fact')}")
            for line in _ahead(dated(source)):
                run.say(f"  {line}")


def _decided(decided: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return how gaps were numbered where that was not plain, a line each."""
    return [f"{fact}: {sentence}" for fact, said in decided.items() for sentence in said]


def _let_pass(codes: Sequence[str]) -> list[str]:
    """Return what was not refused, in a line, if there is any of it."""
    said = f"let pass, as the deck was never released: {', '.join(codes)}"
    cost = "who has it loses by that (deckbuilder release protects them)"
    return [f"{said}; {cost}"] if codes else []


def _changes(changes: Changes, stem: str) -> list[str]:
    """Return what learners will notice, a line each."""
    remade = set(changes.new) & set(changes.dropped)
    said = [f"renamed: {old} is {new} now; its cards go on" for old, new in changes.renamed]
    for facts, what in (
        ([fact for fact in changes.new if fact not in remade], "new"),
        (changes.changed, "changed"),
        (sorted(remade), "made anew, for its kind of note changed: its cards start again"),
        ([f for f in changes.dropped if f not in remade], "gone; who has imported it keeps it"),
        (changes.retired, f"retired; {stem}-upgrade.apkg takes it from those who have it"),
        (changes.revived, "back"),
    ):
        if facts:
            said.append(f"{count(len(facts), 'note')} {what}: {some(facts)}")
    return said + ["the cards' look changed"] * (changes.look and not changes.new)
