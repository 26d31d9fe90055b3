"""Several lines for one note -> the one that keeps what learners have, whichever side came first.

Every rule is about the lines alone, never about their order: two authors who mend the same
conflict get the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import field

from deckbuilder.lock.cells import Place
from deckbuilder.lock.damaged import Row
from deckbuilder.lock.lines import Key, Line, Lock, known_by
from deckbuilder.lock.numbers import Known, Numbers
from deckbuilder.lock.renames import known_as, without
from deckbuilder.problems import Obstacle
from deckbuilder.slots import dataclass
from deckbuilder.versions import numbers

Words = tuple[str, ...]  # of the gaps that share a number


@dataclass(frozen=True, slots=True)
class Saying:
    """What the source says where lines disagree: the ids of its facts and of what it retires.

    `given`: the numbers that it gives to gaps, by fact; `words`: what its gaps say, by fact.
    """

    facts: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()
    given: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    words: Mapping[str, Set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Merge:
    """The lines that stay, a sentence for each decision, and what is left to the author."""

    lines: dict[Key, Line] = field(default_factory=dict)
    decided: list[str] = field(default_factory=list)
    disputes: list[Obstacle] = field(default_factory=list)


def merge(rows: Iterable[Row], base: Iterable[Row], shipped: Lock | None, saying: Saying) -> Merge:
    """Return one line for each note.

    Args:
        rows: the lines there are; several for a note where sides disagree.
        base: those that all sides began with, as far as known.
        shipped: what a package holds that learners have.
        saying: what the source says.
    """
    made = Merge()
    sold = {known_by(*row): row for row in (shipped.lines.items() if shipped else ())}
    first = {known_by(*row): row for row in base}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(known_by(*row), []).append(row)
    for name in sorted({*groups, *sold}):
        found = _Note(groups.get(name, []), sold.get(name), first.get(name), saying)
        key, line = found.settled(made)
        if key in made.lines:
            line = _same_key(key, made.lines[key], line, sold, made)
        made.lines[key] = line
    made.decided.sort()
    return made


def _rank(line: Line) -> tuple[int, str]:
    return line.mod, line.digest


class _Note:
    """The lines of one note: those of the lock, that of the package, and that before both."""

    def __init__(
        self, lines: Sequence[Row], sold: Row | None, base: Row | None, saying: Saying
    ) -> None:
        self.lock = sorted(lines, key=lambda row: _rank(row[1]), reverse=True)
        self.sold, self.base, self.saying = sold, base, saying
        # the newest first; what learners have with a time is no matter of opinion
        self.all = sorted(
            [*([sold] if sold else []), *self.lock], key=lambda row: row[1].mod, reverse=True
        )

    def settled(self, made: Merge) -> Row:
        """Return the one line, and tell how it was found."""
        key = self._key(made)
        newest, sold = self.all[0][1], self.sold[1] if self.sold else None
        equals = {line.digest for _, line in self.all if line.mod == newest.mod}
        mod = newest.mod + (len(equals) > 1 and newest is not sold)
        released = [line for _, line in self.lock if line.since] or ([sold] if sold else [])
        name = f"`{key[0]}`" if key[0] else f"the note type {key[1]}"
        self._tell(made, name, newest, mod)
        was, before = self._ids(key[0])
        return key, Line(
            guid=newest.guid,
            note=(sold or (released or [newest])[0]).note,
            digest=newest.digest,
            mod=mod,
            since=min((line.since for line in released), key=numbers, default=""),
            numbers=self._numbers(key[0], made, bool(released)),
            was=was,
            retired=newest.retired,
            schema=(sold or newest).schema,
            before=before,
        )

    def _key(self, made: Merge) -> Key:
        """Return the id that the fact has now: the one that remembers the others.

        Where each side gave it another, the source may have taken both back: no release has them.
        """
        keys = sorted({key for key, _ in self.lock} or {key for key, _ in self.all})
        if len(keys) == 1:
            return keys[0]
        was = {key: {n for own, line in self.lock if own == key for n in line.was} for key in keys}
        heirs = [k for k in keys if all(other[0] in was[k] for other in keys if other != k)]
        back = {(line.before or fact, kind) for (fact, kind), line in self.all}
        for ids in (self.saying.facts, self.saying.retired):
            if len(heirs) != 1:
                heirs = [key for key in heirs or keys if key[0] in ids]
            if not heirs and len(back) == 1:
                heirs = [key for key in back if key[0] in ids]
        if len(heirs) == 1:
            others = ", ".join(f"`{key[0]}`" for key in keys if key != heirs[0])
            made.decided.append(f"`{heirs[0][0]}`: goes on for {others}")
            return heirs[0]
        named = " and ".join(f"`{key[0]}`" for key in keys)
        made.disputes.append(
            Obstacle(
                f"{named} are one note for learners",
                "keep one of these ids in the source, the others in its `was`",
            )
        )
        return keys[0]

    def _ids(self, own: str) -> tuple[tuple[str, ...], str]:
        """Return the ids that the fact had, and the one to which it can go back; see `Line`.

        Which is the last that is out tells the side that knows the others for earlier ones.
        """
        names = [name for (fact, _), line in self.all for name in (*line.was, fact)]
        out = [known_as(fact, line) for (fact, _), line in self.all if line.since]
        if not out:
            found = {line.before for (fact, _), line in self.all if fact == own}
            return without(own, names), found.pop() if len(found) == 1 else ""
        ends = [ids[-1] for ids in out]
        ends = [end for end in ends if not any(end in ids[:-1] for ids in out)] or ends
        sold = self.sold[0][0] if self.sold else own
        last = next((name for name in (sold, own) if name in ends), ends[0])
        was = without(last, (name for ids in out for name in ids))
        if last == own:
            return was, ""
        was = (*was, last)
        return (*was, *(name for name in without(own, names) if name not in was)), last

    def _tell(self, made: Merge, name: str, newest: Line, mod: int) -> None:
        if not self.lock:
            made.decided.append(f"{name}: rebuilt from the package")
        elif len(self.lock) > 1:
            last = max(_rank(line) for _, line in self.lock)
            times = "the one that changed last" if mod == newest.mod else "one, and made it newer"
            made.decided.append(f"{name}: two lines, kept {times}" if _rank(newest) == last
                                else f"{name}: two lines, took the package's")  # fmt: skip
        elif _rank(newest) != _rank(self.lock[0][1]):
            made.decided.append(f"{name}: the package is newer than the lock, took the package's")
        if self.sold and self.lock and not any(line.since for _, line in self.lock):
            made.decided.append(f"{name}: was released with {self.sold[1].since}")

    # ------------------------------------------------------------------------ gaps

    def _numbers(self, fact: str, made: Merge, released: bool) -> Numbers:
        """Return the gaps of all lines, each number once.

        What learners have under a number is what it means. If that was only reworded since, the
        next build finds it at its place; if it was not, the other gap gets a number of its own.
        Without a package it is what the source still says, or else what was said last.
        """
        lines = [line.numbers for _, line in self.all]
        if all(each == lines[0] for each in lines):
            return lines[0]
        words: dict[int, list[Words]] = {}
        for each in lines:
            for number, said in _slots((*each.live, *each.gone)).items():
                if said not in words.setdefault(number, []):
                    words[number].append(said)
        known = {slot.number for _, line in self._earlier() for slot in line.numbers.live}
        given, there = self.saying.given.get(fact, {}), self.saying.words.get(fact, set[str]())
        sold = _slots(self.sold[1].numbers.live) if self.sold else {}
        final: dict[int, Words] = {}
        for number, claims in sorted(words.items()):
            wanted = (given.get(number, ""),)
            kept = [claim for claim in claims if all(said in there for said in claim)]
            likely = kept[0] if len(kept) == 1 else claims[0]
            final[number] = sold.get(number, wanted if wanted in claims else likely)
            if len(claims) > 1 and released and number not in known and wanted not in claims:
                dispute = _both(fact, number, claims, max(words) + 1, packed=bool(self.sold))
                made.disputes.append(dispute)
        newest = _slots(lines[0].live)
        live = [n for n, said in newest.items() if n not in sold or said == final[n]]
        for number in [n for n in sold if n in newest and n not in live]:
            _put(live, number, [*sold])
        left = {*live, *_slots(lines[0].gone)}
        for each in [] if self.all[0] is self.sold else lines[1:]:  # a package holds them all
            more = [number for number in _slots(each.live) if number not in left]
            live += more
            left |= set(more)
        gone = [number for number in final if number not in live]
        places = _places(lines)
        return Numbers(_known(live, final, places), _known(gone, final, places))

    def _earlier(self) -> list[Row]:
        """Return the lines that all sides began with: their numbers mean one card for everybody."""
        return [row for row in (self.sold, self.base) if row]


def _slots(slots: Iterable[Known]) -> dict[int, Words]:
    """Return the words of each number, in the order of the numbers' first gaps."""
    found: dict[int, Words] = {}
    for slot in slots:
        found[slot.number] = (*found.get(slot.number, ()), slot.words)
    return found


def _put(live: list[int], number: int, order: Sequence[int]) -> None:
    """Put a number where it stands in the order of others: after the nearest before it."""
    before = [n for n in order[: order.index(number)] if n in live]
    live.insert(live.index(before[-1]) + 1 if before else 0, number)


def _places(lines: Iterable[Numbers]) -> Mapping[int, Place]:
    """Return where in a table each number stands, as the newest line has it that tells.

    By its headings the next build knows a cell that another side reworded, or called otherwise.
    """
    found: dict[int, Place] = {}
    for each in lines:
        for slot in (*each.live, *each.gone):
            if slot.place:
                found.setdefault(slot.number, slot.place)
    return found


def _known(
    order: Iterable[int], words: Mapping[int, Words], places: Mapping[int, Place]
) -> tuple[Known, ...]:
    return tuple(
        Known(number, said, places.get(number, ())) for number in order for said in words[number]
    )


def _both(fact: str, number: int, claims: Sequence[Words], free: int, *, packed: bool) -> Obstacle:
    """Return what is unclear of a number. `packed`: a package is named already, without it."""
    said = [" … ".join(words) for words in claims]
    told = " and ".join(f"`{words}`" for words in said)
    ways = (
        "the package has none of them: number them in the source"
        if packed
        else "name the last released package with --from; if none of them was released, number them"
        " in the source"
    )
    return Obstacle(
        f"`{fact}`: the gap {number} is {told}, each on one side",
        f"{ways}: {{{{c{number}::{said[0]}}}}}, {{{{c{free}::{said[1]}}}}} (in a list"
        f' {{ text = "{said[0]}", n = {number} }})',
    )


def _same_key(key: Key, one: Line, other: Line, sold: Mapping[str, Row], made: Merge) -> Line:
    """Return which of two notes a fact is: the one that learners have."""
    both = sorted((one, other), key=_rank)
    theirs = [line for line in both if known_by(key, line) in sold] or [
        line for line in both if line.since
    ]
    if len(theirs) == 2:
        made.disputes.append(
            Obstacle(
                f"`{key[0]}` is two notes for learners, {one.guid} and {other.guid}",
                "name the last released package with --from; or take the line of one of them out",
            )
        )
    else:
        made.decided.append(f"`{key[0]}`: two notes, kept the one that learners have")
    return (theirs or both)[-1]
