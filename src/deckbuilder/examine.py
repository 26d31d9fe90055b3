"""A source file -> what it says, what is wrong with it, and how its cards could be better.

What only some of it needs is imported there: a build has begun the process of its sheet by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from deckbuilder import style
from deckbuilder.assets import load
from deckbuilder.brought import remembered
from deckbuilder.drawable import drawn_before
from deckbuilder.kinds import KINDS, Kind
from deckbuilder.model import Deck
from deckbuilder.problems import Problem, errors, in_order
from deckbuilder.processes import processors, together
from deckbuilder.read import read, read_partly

FEW = 1_000  # facts that are examined by one process: with them, another brings no gain


def examine(source: Path, out: Path | None = None) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read a source and check it for every output; the deck is None if there is an error.

    How its cards could be better is told once there is no error. What a build into `out` drew, if
    there was one, is not drawn again.
    """
    deck, problems = _examined(source, out)
    return (deck, in_order((*problems, *hints(deck)))) if deck else (None, problems)


def examine_as_kept(
    source: Path, out: Path | None = None
) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Examine a source, also against what its lock, if there is one, remembers of it.

    Both at once, where there is much to do: 10,000 facts take a seventh less time.
    """
    deck, problems = _examined(source, out)
    if not deck:
        return None, problems
    work = partial(hints, deck), partial(remembered, source, deck)
    found = together(work, processors() if len(deck.facts) > FEW else 1)
    return deck, in_order(chain(problems, *found))


def _examined(source: Path, out: Path | None) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Return a deck with its problems, None with its errors."""
    drawn = drawn_before(source, out) if out else ()
    deck, problems = read_whole(source, None, KINDS, processors(), drawn)
    if deck is None:
        return None, problems
    problems = checked(deck, problems)
    return (None if errors(problems) else deck), problems


def read_whole(
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


def checked(deck: Deck, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
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
    known = (decks.get(source) for source in sources)
    return tuple(decks_differ(deck for deck in known if deck))


def _readable(source: Path) -> Deck | None:
    """Return what a source says, None if nothing; why is told where it is examined alone."""
    try:
        return read(source)[0]
    except OSError:
        return None


def hints(deck: Deck) -> tuple[Problem, ...]:
    """Return how the cards of a deck could be better."""
    from deckbuilder.lint import lint  # its process may be another

    return tuple(lint(deck))
