"""A source file -> its lock, its package, its sheet and a manifest, on the disk together.

What is of use only once the process of the sheet has begun is imported then: it takes the longest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import or_
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from deckbuilder import __version__, style
from deckbuilder.assets import load
from deckbuilder.brought import brought, remembered
from deckbuilder.choice import unknown
from deckbuilder.claims import outdated, taken
from deckbuilder.digests import digest
from deckbuilder.drawable import drawn_before, remember_drawn
from deckbuilder.files import Stage, refuse_read_only
from deckbuilder.kinds import KINDS, Kind
from deckbuilder.manifests import listed, manifest_name, written
from deckbuilder.model import Deck, in_deck, on_sheet
from deckbuilder.opened import alone
from deckbuilder.outputs import Made, Progress, last_changed, outputs, print_sheet
from deckbuilder.problems import Problem, errors, in_order
from deckbuilder.processes import Beside, processors, together
from deckbuilder.read import read, read_partly
from deckbuilder.record import Built, makers, record, remember
from deckbuilder.request import Request, idle
from deckbuilder.slots import dataclass

if TYPE_CHECKING:
    from deckbuilder.lock import Lock
    from deckbuilder.updates import Update

AS_IT_IS = Request()


@dataclass(frozen=True, slots=True)
class _Task:
    """What one build has to do; see `build`."""

    source: Path
    now: int
    request: Request
    progress: Progress
    processes: int


@dataclass(frozen=True, slots=True)
class _Staged:
    """What lies in a stage: the outputs of a deck, what is said of them, and their record.

    `lock_stays`: whether the lock that is there can; else the stage has the next one.
    """

    deck: Deck
    made: Made
    built: Built
    kept: Mapping[str, Any]
    lock_stays: bool


def _quietly(_: str) -> None:
    """Say nothing."""


def examine(source: Path, out: Path | None = None) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read a source and check it for every output; the deck is None if there is an error.

    How its cards could be better is told once there is no error. What a build into `out` drew, if
    there was one, is not drawn again.
    """
    drawn = drawn_before(source, out) if out else ()
    deck, problems = _read(source, None, KINDS, processors(), drawn)
    if deck is None:
        return None, problems
    problems = _checked(deck, problems)
    return (None, problems) if errors(problems) else (deck, in_order((*problems, *_hints(deck))))


def examine_as_kept(
    source: Path, out: Path | None = None
) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Examine a source, also against what its lock, if there is one, remembers of it."""
    deck, problems = examine(source, out)
    return deck, in_order((*problems, *remembered(source, deck))) if deck else problems


def _read(
    source: Path,
    name: str | None,
    kinds: Sequence[Kind],
    processes: int,
    drawn: Collection[str] = (),
) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read what can be read of a source, and the files that it names; see `assets.load`."""
    deck, problems = read_partly(source, name, kinds)
    if deck is None:
        return None, problems
    deck, missing = load(deck, source.parent, processes, drawn)
    return deck, (*problems, *missing)


def _checked(deck: Deck, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return all problems of a deck, of which those of its reading are known."""
    from deckbuilder.check import check
    from deckbuilder.writers.pdf.glyphs import unprintable

    return in_order((*problems, *check(deck), *style.check(deck), *unprintable(deck)))


def examine_together(
    sources: Sequence[Path], ids: Mapping[Path, str] = MappingProxyType({})
) -> tuple[Problem, ...]:
    """Return what is wrong with sources only because they are built together.

    `ids`: of decks that are known; their sources are read only if an id is claimed twice.
    """
    if len(sources) < 2:
        return ()
    from deckbuilder.check_ids import decks_differ

    decks = {source: _readable(source) for source in sources if source not in ids}
    claims = Counter([*ids.values(), *(deck.id for deck in decks.values() if deck)])
    decks |= {source: _readable(source) for source, own in ids.items() if claims[own] > 1}
    together = (decks.get(source) for source in sources)
    return tuple(decks_differ(deck for deck in together if deck))


def _readable(source: Path) -> Deck | None:
    """Return what a source says, None if nothing; why is told where it is examined alone."""
    try:
        return read(source)[0]
    except OSError:
        return None


def build(
    source: Path,
    out: Path,
    now: int,
    request: Request = AS_IT_IS,
    *,
    name: str | None = None,
    kinds: Sequence[Kind] = KINDS,
    progress: Progress = _quietly,
    processes: int = 1,
) -> Built:
    """Build all outputs of one source into `out`, or none; earlier ones stay if there is an error.

    Args:
        source: the TOML file; its lock stands beside it.
        out: the folder for the outputs; made if need be.
        now: the time that notes which changed are given, in seconds since 1970.
        request: what else it is asked for.
        name: what people call the source (default: its path).
        kinds: the kinds of fact that the source may hold.
        progress: told what the build is about to do.
        processes: how many may work on the outputs at the same time.

    Raises:
        OSError: a file cannot be read or written; no output has changed.
    """
    wait = partial(progress, "waiting for another build")
    with alone(source, wait):
        progress("reading")
        found, problems = _read(source, name, kinds, processes)
        if found is None:
            return Built(problems)
        if errors(problems):
            return Built(_checked(found, problems))
        with Stage(out, source.stem, wait) as stage:
            task = _Task(source, now, request, progress, processes)
            staged = _staged(task, found, problems, stage)
            if isinstance(staged, Built):
                return staged
            progress("writing")
            built = _published(source, staged, stage, wait)
        if built.files:
            remember(source, out, staged.kept, staged.made.files)
            remember_drawn(source, out, staged.deck, staged.kept["by"])
    return built


def _staged(
    task: _Task, found: Deck, problems: tuple[Problem, ...], stage: Stage
) -> _Staged | Built:
    """Make all that is to be published; or return what is wrong, if that is to stop the build."""
    request, progress = task.request, task.progress
    deck = replace(found, printing=replace(found.printing, **request.printing))
    begun = partial(print_sheet, deck, stage, progress)
    with Beside(begun, task.processes) as sheet:
        problems = _checked(found, problems)
        if errors(problems):
            return Built(problems)
        new, kept_lock, flaws = brought(task.source, deck, task.now, request)
        problems = (*problems, *flaws, *unknown(deck, request.choice), *idle(deck, request))
        if new is None or errors(problems):
            return Built(in_order((*problems, *_hints(deck))))
        sheet.tell(last_changed(new.lock))
        pieces = [*outputs(new, stage, request.choice, progress)]
        beside = 0 if deck.printing.handouts else 1  # the sheet: handouts outlast it
        package, *others = together(pieces, task.processes - beside)
        lock_name = task.source.with_suffix(".lock").name
        lock, built = _locked(new.lock, stage, lock_name), _built(new)
        # a third of all that is held, and nothing that the rest of the work needs
        del new, pieces
        problems, by = (*problems, *_hints(deck)), makers()
        made = reduce(or_, (package, sheet.made(), *others))
    problems = in_order((*problems, *made.problems))
    if request.strict and problems:
        return Built(problems)
    built = replace(built, problems=problems, pages=made.pages, left_out=made.left_out)
    kept = record(deck, built, {lock_name: kept_lock or lock}, request, by)
    stage.put(manifest_name(stage.stem), _manifest(deck, made, lock, stage.stem, kept))
    return _Staged(deck, made, built, kept, lock_stays=bool(kept_lock))


def _built(new: Update) -> Built:
    """Return what is said of what a build brings."""
    return Built(
        problems=(),
        deck=new.deck.id,
        facts=len(new.deck.facts),
        cards=sum(len(note.ordinals) for note in new.notes),
        changes=new.changes,
        decided=new.decided,
        let_pass=new.let_pass,
        to_do=new.to_do,
        dated=last_changed(new.lock),
    )


def _hints(deck: Deck) -> tuple[Problem, ...]:
    """Return how the cards of a deck could be better."""
    from deckbuilder.lint import lint  # its process may be another

    return tuple(lint(deck))


def _locked(lock: Lock, stage: Stage, name: str) -> str:
    """Write the lock, which is to be published in the folder of its source; return its digest."""
    from deckbuilder.lock import lock_lines

    with stage.open(name) as out:
        out.writelines(lock_lines(lock))
    return stage.look(name).digest


def _published(source: Path, staged: _Staged, stage: Stage, wait: Callable[[], object]) -> Built:
    """Give all files their names, the manifest last, and take away what is not made any more."""
    manifest, out, deck = manifest_name(stage.stem), stage.folder, staged.deck
    files = {**staged.made.files, manifest: stage.look(manifest)}
    with alone(out, wait):
        flaws = tuple(taken(deck, out, stage.stem, staged.made.files))
        if flaws:  # only now is known what is made, and no other build changes the folder
            return Built(in_order((*staged.built.problems, *flaws)))
        gone = outdated(deck, out, stage.stem, files)
        refuse_read_only(out / name for name in files)
        if not staged.lock_stays:
            stage.publish_copy(source.with_suffix(".lock").name, source.parent)
        stage.publish([*files], [file.name for file in gone])
    sizes = tuple((out / name, file.size) for name, file in files.items())
    return replace(staged.built, files=sizes, removed=gone)


def _manifest(deck: Deck, made: Made, lock: str, stem: str, kept: Mapping[str, Any]) -> bytes:
    """Return the manifest: what the outputs are, and the record by which they are known again."""
    manifest = {
        "deckbuilder": __version__,
        "deck": deck.id,
        "version": deck.version,
        "source": {"file": deck.file, "sha256": digest(deck.source.data)},
        "lock": lock,
        "content": made.content,
        "facts": {"deck": len(in_deck(deck)), "sheet": len(on_sheet(deck))},
        "pages": made.pages[f"{stem}.pdf"],
        "files": listed(made.files),
        "record": kept,
    }
    return written(manifest)
