"""The gaps of a note as they were, and as they are -> which are the same, also of equal words.

Of equal words the neighbours tell. Builds, which know the gaps alone, number them by `certain`; an
update is judged by `by_neighbours` of all words first.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

FARTHEST = 20  # words that are compared on each side
MOST = 2_000  # pairs of gaps of one word that are compared: an editor checks at each key
Places = Mapping[Hashable, Sequence[int]]  # of what a gap says, where it is said
Near = tuple[int, int]  # how many words are the same before, and behind


class Gaps(NamedTuple):
    """What gaps say, in their order; the words among which they stand, and which are theirs."""

    gaps: Sequence[Hashable]
    words: Sequence[Hashable]
    spans: Sequence[tuple[int, int]]


def alone(gaps: Sequence[Hashable]) -> Gaps:
    """Return gaps of which nothing is known but what they say and their order."""
    return Gaps(gaps, gaps, [(at, at + 1) for at in range(len(gaps))])


def certain(then: Sequence[Hashable], now: Sequence[Hashable]) -> dict[int, int]:
    """Return which gaps are surely the same, by their positions, as far as their order tells.

    Those which a diff of the two orders has to pair, but for what nearer neighbours gainsay; and
    of words that are left but once on each side, these.
    """
    old, new = _places(then), _places(now)
    pairs: dict[int, int] = {}
    if any(len(old[said]) + len(new[said]) > 2 for said in old.keys() & new.keys()):
        pairs = _agreed(_aligned(then, now), by_neighbours(alone(then), alone(now)))
    paired = {*pairs.values()}
    for said in old.keys() & new.keys():
        left = [at for at in old[said] if at not in pairs]
        come = [at for at in new[said] if at not in paired]
        if len(left) == len(come) == 1:
            pairs[left[0]] = come[0]
    return pairs


def by_neighbours(then: Gaps, now: Gaps) -> dict[int, int]:
    """Return which gaps stand nearer to each other's neighbours than all others of their words.

    Nearer is who has more of them in common on one side, and not less on the other. Of very many of
    one word none is.
    """
    old, new = _places(then.gaps), _places(now.gaps)
    pairs: dict[int, int] = {}
    for said in old.keys() & new.keys():
        if len(old[said]) * len(new[said]) > MOST:
            continue
        near = {(i, j): _near(then, i, now, j) for i in old[said] for j in new[said]}
        first = {i: _first({j: near[i, j] for j in new[said]}) for i in old[said]}
        for j in new[said]:
            i = _first({i: near[i, j] for i in old[said]})
            if i is not None and first[i] == j:
                pairs[i] = j
    return pairs


def nearer(then: Gaps, i: int, now: Gaps, one: int, other: int) -> bool:
    """Tell whether one gap has more neighbours of `i` than another has, on one side at least."""
    sides = zip(_near(then, i, now, one), _near(then, i, now, other), strict=True)
    return any(some > more for some, more in sides)


def _places(gaps: Sequence[Hashable]) -> Places:
    places: dict[Hashable, list[int]] = {}
    for at, said in enumerate(gaps):
        places.setdefault(said, []).append(at)
    return places


def _near(then: Gaps, i: int, now: Gaps, j: int) -> Near:
    """Return how many words around two gaps are the same; where both begin, or end, is one more."""
    (start, end), (begin, stop) = then.spans[i], now.spans[j]
    return (
        _common(then.words, start - 1, now.words, begin - 1, -1),
        _common(then.words, end, now.words, stop, 1),
    )


def _common(one: Sequence[Hashable], i: int, other: Sequence[Hashable], j: int, step: int) -> int:
    many = 0
    while 0 <= i < len(one) and 0 <= j < len(other) and one[i] == other[j] and many < FARTHEST:
        many, i, j = many + 1, i + step, j + step
    return many + (not 0 <= i < len(one) and not 0 <= j < len(other))


def _first(near: Mapping[int, Near]) -> int | None:
    """Return who is nearer than all others, if one is."""
    best = max(near, key=lambda at: sum(near[at]))
    before, behind = near[best]
    for at, (some, more) in near.items():
        if at != best and (some > before or more > behind or (some, more) == near[best]):
            return None
    return best


def _agreed(aligned: Mapping[int, int], near: Mapping[int, int]) -> dict[int, int]:
    """Return the pairs that no nearer neighbours gainsay."""
    of = {j: i for i, j in near.items()}
    return {i: j for i, j in aligned.items() if near.get(i, j) == j and of.get(j, i) == i}


def _aligned(then: Sequence[Hashable], now: Sequence[Hashable]) -> dict[int, int]:
    """Return the pairs that are in each of the longest orders which the two have in common."""
    before = _lengths(then, now)
    behind = [row[::-1] for row in _lengths(then[::-1], now[::-1])[::-1]]
    longest, many = before[-1][-1], len(now)
    pairs: dict[int, int] = {}
    for i, said in enumerate(then):
        if any(before[i][j] + behind[i + 1][j] == longest for j in range(many + 1)):
            continue  # there is one without it
        at = [
            j
            for j in range(many)
            if said == now[j] and before[i][j] + 1 + behind[i + 1][j + 1] == longest
        ]
        if len(at) == 1:
            pairs[i] = at[0]
    return pairs


def _lengths(then: Sequence[Hashable], now: Sequence[Hashable]) -> list[list[int]]:
    """Return how long the longest order is that the beginnings of two have in common."""
    lengths = [[0] * (len(now) + 1)]
    for said in then:
        last, row = lengths[-1], [0]
        for j, other in enumerate(now):
            row.append(last[j] + 1 if said == other else max(last[j + 1], row[j]))
        lengths.append(row)
    return lengths
