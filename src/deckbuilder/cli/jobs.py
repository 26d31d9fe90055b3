"""Work on several sources, one by one or in several processes -> its results, in their order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.cli.output import Progress, collect_seldom

if TYPE_CHECKING:
    from deckbuilder.record import Built

Work = Callable[..., "Built"]  # of a source, and perhaps of what shows its progress


def results(
    work: Work, sources: Sequence[Path], jobs: int, ready: Mapping[Path, Built]
) -> Iterator[tuple[Path, Callable[[], Built]]]:
    """Yield each source with what waits for its result; those that are `ready` need no work."""
    done = {source: partial(ready.__getitem__, source) for source in ready}
    to_do = [source for source in sources if source not in ready]
    if jobs == 1 or len(to_do) <= 1:
        for source in sources:
            yield source, done.get(source) or partial(_shown, work, source)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    # begun anew, not copied: a copy of a process with threads may hang, and Windows knows none
    fresh = get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(to_do)), fresh, _ready) as pool:
        try:
            waiting = {source: pool.submit(_ended, work, source) for source in to_do}
            for source in sources:
                yield source, done.get(source) or waiting[source].result
        except BaseException:  # whoever ends this process ends all work, and its end is waited for
            for process in active_children():
                process.terminate()
            raise


def _ready() -> None:
    """Make a process of the pool ready for work.

    Ctrl-C reaches it, too, but it is the first process that ends it: twice would be amid its way
    out.
    """
    import signal

    from deckbuilder.endings import leave_when_asked

    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_when_asked()


def _ended(work: Work, source: Path) -> Built:
    """Work in a process of the pool; it ends with the work if that is ended: no other follows."""
    try:
        return work(source)
    except SystemExit:
        os._exit(1)


def _shown(work: Work, source: Path) -> Built:
    with Progress(source) as progress:
        return work(source, progress=progress)
