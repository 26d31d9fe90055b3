"""A note before and after an update -> the cards that ask for what was learned on another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from deckbuilder.briefly import quoted, some
from deckbuilder.lock import Cell, Gaps, Stand, by_neighbours, certain, headings, nearer, stands
from deckbuilder.releases.history import NoteState
from deckbuilder.releases.html import GAP, TABLE, answer, cell, words
from deckbuilder.slots import dataclass

LISTED = re.compile("<(?:table|li)", re.IGNORECASE)  # whose gaps are numbered beside their words
PIECE = re.compile(r"\w+|[^\w\s]")  # a word, or a stop


@dataclass(frozen=True, slots=True)
class Passed:
    """A card, by its ordinal, whose history is of something else than it asks for now.

    `asked`: what its history is of; `there`: the card that asks for that now, if one does.
    """

    ordinal: int
    expected: str
    found: str
    asked: str
    there: int | None


def moved(old: NoteState, now: NoteState) -> Iterator[Passed]:
    """Yield each card whose answer has moved to another card of its note, the history left behind.

    So has one that is gone, if what is asked now stands elsewhere: by the rule by which builds
    advise on gaps that is no rewording. So has one of several that say the same, if its neighbours
    stand around another now. In a table a card is known by its row and column: there an answer may
    well be corrected to one that stood elsewhere, but not become that of a cell in another row and
    another column.
    """
    asked, asks = answers(old), answers(now)
    same = {ordinal for ordinal in asked if asks.get(ordinal) == asked[ordinal]}
    passed = {o: p for o, p in _passed(old, now).items() if asks.get(p) == asked.get(o)}
    kept = same - passed.keys()
    if len(kept) == len(asked):
        return
    then, today = _cells(old, asked), _cells(now, asks)
    table = headings(then.values(), today.values())
    in_table = all(place for _, place in (*then.values(), *today.values()))
    before, after = _stands(old, kept), _stands(now, kept)
    where: dict[str, list[int]] = {}
    for ordinal, words_now in asks.items():
        where.setdefault(words_now, []).append(ordinal)
    for ordinal, words_then in asked.items():
        if ordinal in kept:
            continue
        there = [o for o in where.get(words_then, ()) if o not in same]
        elsewhere = ordinal in asks and _has_moved(before.get(ordinal), after.get(ordinal))
        if ordinal in passed:
            there = [passed[ordinal]]
        elif in_table:
            here = today.get(ordinal, ("", ()))
            if table.is_same(then[ordinal], here):
                continue
            there = [o for o in there if table.is_same(then[ordinal], today[o])]
            elsewhere |= ordinal in asks and not table.is_beside(then[ordinal][1], here[1])
        if not (there or elsewhere):
            continue
        found = f"it asks for {quoted(asks[ordinal])}" if ordinal in asks else "it is blank"
        if ordinal in same:
            found += " at another place"
        if there:
            found += f"; card {there[0] + 1} asks for {quoted(words_then)} now, without its history"
        else:
            found += ", which stands at another place"
        expected = f"it still asks for {quoted(words_then)}"
        yield Passed(ordinal, expected, found, words_then, there[0] if there else None)


def given_back(passed: Sequence[Passed], now: NoteState) -> str:
    """Return how an author gives the gaps of a note the numbers that they had, "" if not by that.

    It is enough where each of them is there, alone with its words and its number, and none of the
    others has the number that it had.
    """
    asks, text = answers(now), now.fields.get("Text", "")
    alike, gaps = Counter(asks.values()), Counter(int(gap[1]) for gap in GAP.finditer(text))
    given = {card.there for card in passed}
    for card in passed:
        is_free = card.ordinal in given or card.ordinal not in asks
        is_alone = alike[card.asked] == 1 and card.there is not None and gaps[card.there + 1] == 1
        if not (is_free and is_alone):
            return ""
    form = '`{{ text = "…", n = {} }}` for {}' if LISTED.search(text) else "`{{{{c{}::…}}}}` for {}"
    asked = sorted((card.ordinal + 1, quoted(card.asked)) for card in passed)
    ways = [form.format(*each) for each in asked]
    return f"write {some(ways)}: each card then asks for what it asked" if ways else ""


def answers(note: NoteState) -> dict[int, str]:
    """Return what each card of a note asks for."""
    return {ordinal: answer(card.back) for ordinal, card in note.cards.items() if not card.blank}


def _passed(old: NoteState, now: NoteState) -> dict[int, int]:
    """Return which cards ask now for what others asked of the same words, by who asked for it.

    What stands around a gap tells first, for a build knows no more than the order of all gaps. The
    order tells nothing where the gap that has the number is nearer on one side: there the author
    may be right.
    """
    text, other = old.fields.get("Text", ""), now.fields.get("Text", "")
    if text == other or TABLE.search(text + other):
        return {}
    (then, numbers), (today, numbers_now) = _gaps(text), _gaps(other)
    if len({*then.gaps}) == len(then.gaps) and len({*today.gaps}) == len(today.gaps):
        return {}
    pairs = by_neighbours(then, today)
    paired = {*pairs.values()}
    for i, j in certain(then.gaps, today.gaps).items():
        here = (numbers[i], then.gaps[i])
        own = [
            k for k, each in enumerate(zip(numbers_now, today.gaps, strict=True)) if each == here
        ]
        if i in pairs or j in paired or any(nearer(then, i, today, k, j) for k in own):
            continue
        pairs[i] = j
    cards: dict[int, set[int]] = {}
    for i, j in pairs.items():
        cards.setdefault(numbers[i] - 1, set()).add(numbers_now[j] - 1)
    return {ordinal: min(asked) for ordinal, asked in cards.items() if ordinal not in asked}


def _gaps(text: str) -> tuple[Gaps, list[int]]:
    """Return the gaps of a text among its words, and the number of each."""
    before, *gaps = GAP.split(text)
    pieces, spans, said = _pieces(before), [], []
    for inside, behind in zip(gaps[1::3], gaps[2::3], strict=True):
        start, told = len(pieces), words(inside.partition("::")[0])
        said.append(told)
        pieces += _pieces(told)
        spans.append((start, len(pieces)))
        pieces += _pieces(behind)
    return Gaps(said, pieces, spans), [*map(int, gaps[::3])]


def _pieces(html: str) -> list[str]:
    return PIECE.findall(words(html).casefold())


def _has_moved(before: Stand | None, after: Stand | None) -> bool:
    """Tell whether a gap stands elsewhere; None is of a card that is none of a gap."""
    return not (after.is_at(before) if before and after else before is after)


def _stands(note: NoteState, kept: Set[int]) -> dict[int, Stand]:
    """Return where the gap of each card stands among those of the cards that are kept."""
    order = [int(gap[1]) for gap in GAP.finditer(note.fields.get("Text", ""))]
    each = zip(order, stands(order, {number + 1 for number in kept}), strict=True)
    return {number - 1: stand for number, stand in reversed([*each])}  # the first one counts


def _cells(note: NoteState, answers: Mapping[int, str]) -> dict[int, Cell]:
    """Return what each card asks for, and below which headings of a table."""
    return {o: (said, cell(note.cards[o].front) or ()) for o, said in answers.items()}
