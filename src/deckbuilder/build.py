"""A source file -> its lock, its package, its sheet and a manifest, on the disk together.

What is of use only once the process of the sheet has begun is imported then: it takes the longest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckbuilder import __version__
from deckbuilder.brought import brought
from deckbuilder.choice import unknown
from deckbuilder.claims import outdated, taken
from deckbuilder.digests import digest
from deckbuilder.drawable import remember_drawn
from deckbuilder.examine import checked, hints, read_whole
from deckbuilder.files import Stage, refuse_read_only
from deckbuilder.kinds import KINDS, Kind
from deckbuilder.manifests import listed, manifest_name, written
from deckbuilder.model import Deck, in_deck, on_sheet
from deckbuilder.opened import alone
from deckbuilder.outputs import Made, Progress, last_changed, outputs, print_sheet
from deckbuilder.problems import Problem, errors, in_order
from deckbuilder.processes import Beside, together
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
        found, problems = read_whole(source, name, kinds, processes)
        if found is None:
            return Built(problems)
        if errors(problems):
            return Built(checked(found, problems))
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
        problems = checked(found, problems)
        if errors(problems):
            return Built(problems)
        new, kept_lock, flaws = brought(task.source, deck, task.now, request)
        problems = (*problems, *flaws, *unknown(deck, request.choice), *idle(deck, request))
        if new is None or errors(problems):
            return Built(in_order((*problems, *hints(deck))))
        sheet.tell(last_changed(new.lock))
        pieces = [*outputs(new, stage, request.choice, progress)]
        beside = 0 if deck.printing.handouts else 1  # the sheet: handouts outlast it
        package, *others = together(pieces, task.processes - beside)
        lock_name = task.source.with_suffix(".lock").name
        lock, built = _locked(new.lock, stage, lock_name), _built(new)
        # a third of all that is held, and nothing that the rest of the work needs
        del new, pieces
        problems, by = (*problems, *hints(deck)), makers()
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
