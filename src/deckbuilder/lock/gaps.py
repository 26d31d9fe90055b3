"""The numbers that a note's gaps had, and its gaps now -> the numbers they get.

A card of Anki belongs to the number of its gap, so a gap that keeps its content has to keep its
number, a new one takes a number that was never used, and what was taken out leaves its own unused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

from deckbuilder.lock.cells import Headings, Place, headings
from deckbuilder.lock.numbers import Known, Numbered, Numbers, Unclear, Wish
from deckbuilder.lock.same import Doubt, back, in_doubt, of_like_words, of_one_order, of_one_place
from deckbuilder.lock.stands import Beside, Stand, neighbours, stands

Change = tuple[tuple[str, str], ...]  # of each heading that is another: what it was, what it is


def allocate(known: Numbers, wishes: Sequence[Wish], *, strict: bool) -> Numbered | Unclear:
    """Return a number for each wish, in their order.

    The author's own number comes first, then the same words (of a table's cell: the same place,
    also where a heading of it changed), then nearly the same where nothing moved, then what stands
    between the same neighbours: one gap that went and one that came there are one, reworded. Cells
    have their places for that: those of a row or a column that was added, or taken out, are new, or
    gone. If more went and came than that, or some say the same and their order does not tell which
    is which, a `strict` allocation is unclear; else they are paired in their order.
    """
    if _same(known, wishes):
        return Numbered(known)
    known = _unambiguous(known)
    numbers = [wish.given for wish in wishes]
    used = {slot.number for slot in (*known.live, *known.gone)} | set(numbers)
    fresh = count(max(used, default=0) + 1)
    left = [slot for slot in known.live if slot.number not in numbers]
    gone = [slot for slot in known.gone if slot.number not in numbers]
    table = headings([slot.cell for slot in known.live], [wish.cell for wish in wishes])
    doubt = _go_on(known, left, gone, wishes, numbers, table)
    if strict and doubt.went:
        likely = tuple((at, doubt.likely[at]) for at in sorted(doubt.likely))
        return Unclear(doubt.went, likely, next(fresh), alike=True)
    _give({at: slot for at, slot in doubt.likely.items() if slot}, left, numbers)
    _give(of_like_words(known.live, wishes, numbers), left, numbers)
    came = [at for at, number in enumerate(numbers) if not number]
    pairs = _reworded(known, left, wishes, numbers)
    if not strict:
        pairs |= dict(
            zip([at for at in came if at not in pairs], _without(left, pairs), strict=False)
        )
    for at, slot in pairs.items():
        numbers[at] = slot.number
    went = _without(left, pairs)
    came = [at for at in came if at not in pairs]
    doubtful = [slot for slot in went if not table.is_removed(slot.place)]
    asked = [at for at in came if not table.is_added(wishes[at].place)]
    if strict and doubtful and asked:
        likely, at_one = _likely(known, doubtful, wishes, numbers, asked, table)
        return Unclear(tuple(doubtful), likely, next(fresh), at_one)
    for at in came:
        numbers[at] = next(fresh)
    live = tuple(Known(n, w.words, w.place) for n, w in zip(numbers, wishes, strict=True))
    still_gone = (*(slot for slot in known.gone if slot.number not in numbers), *went)
    there = tuple(slot._replace(place=table.now(slot.place)) for slot in still_gone)
    return Numbered(Numbers(live, there), tuple(_decided(known, live, went)))


def _unambiguous(known: Numbers) -> Numbers:
    """Return the gaps without their places where two have the same, as tables once could.

    Its author has to tell the two headings apart now, and which is which only the words know.
    """
    places = [slot.place for slot in known.live if slot.place]
    if len(places) == len(set(places)):
        return known
    return known._replace(live=tuple(slot._replace(place=()) for slot in known.live))


def _go_on(
    known: Numbers,
    left: list[Known],
    gone: list[Known],
    wishes: Sequence[Wish],
    numbers: list[int],
    table: Headings,
) -> Doubt:
    """Give each wish without a number that of the gap that it surely is; return what is in doubt.

    They are taken from those that are left, or are gone.
    """
    for slots in (left, gone):
        _give(of_one_place(slots, wishes, numbers, table), slots, numbers)
    _give(of_one_order(known.live, left, wishes, numbers), left, numbers)
    _give(back(gone, left, wishes, numbers), gone, numbers)
    return in_doubt(known.live, left, gone, wishes, numbers)


def _give(pairs: Mapping[int, Known], slots: list[Known], numbers: list[int]) -> None:
    """Give each its number, and take it from the slots."""
    for at, slot in pairs.items():
        numbers[at] = slot.number
    slots[:] = _without(slots, pairs)


def _same(known: Numbers, wishes: Sequence[Wish]) -> bool:
    """Tell whether nothing has to be decided, as of nearly every note in nearly every build."""
    return len(known.live) == len(wishes) and all(
        slot.words == wish.words and slot.place == wish.place and wish.given in (0, slot.number)
        for slot, wish in zip(known.live, wishes, strict=True)
    )


def _without(left: Sequence[Known], pairs: Mapping[int, Known]) -> list[Known]:
    """Return the slots that are in no pair."""
    taken = set(map(id, pairs.values()))  # two gaps may have one number, and one text
    return [slot for slot in left if id(slot) not in taken]


def _reworded(
    known: Numbers, left: Sequence[Known], wishes: Sequence[Wish], numbers: Sequence[int]
) -> dict[int, Known]:
    """Return, by its position, each gap that came where alone one went, between the same two.

    A gap that is back stands beside others, too; where it stood before nobody knows. Of a cell that
    has no place in the lock nobody knows either: it has to be the only one, and where it was.
    """
    kept = {slot.number for slot in known.live} & set(numbers)
    beside = kept | {slot.number for slot in known.gone}
    before, went = [slot.number for slot in known.live], set(map(id, left))
    places: dict[Beside, tuple[list[int], list[int]]] = {}
    for at, there in enumerate(neighbours(numbers, beside)):
        if not numbers[at]:
            places.setdefault(there, ([], []))[0].append(at)
    for at, there in enumerate(neighbours(before, kept)):
        if id(known.live[at]) in went:
            places.setdefault(there, ([], []))[1].append(at)
    alone = [(new[0], old[0]) for new, old in places.values() if len(new) == len(old) == 1]
    is_one = numbers.count(0) == len(left) == 1 and not left[0].place
    return {
        new: known.live[old]
        for new, old in alone
        if not wishes[new].place or (is_one and new == old)
    }


def _likely(
    known: Numbers,
    went: Sequence[Known],
    wishes: Sequence[Wish],
    numbers: Sequence[int],
    came: Sequence[int],
    table: Headings,
) -> tuple[tuple[tuple[int, Known | None], ...], bool]:
    """Return with which gap that went each that came may go on, so that learners' cards agree.

    That is one of the same words, or one that stands where it stood among those that say what they
    said, as `simulate` will have it. All others are to be new, cells among them, unless another
    cell below the same headings as before and now is one of the same words. Return as well whether
    any other pairs of these would do.
    """
    left, found = [*went], dict[int, Known]()
    like: set[Change] = set()  # how headings of those that were found changed

    def find(fits: Callable[[Known, int], bool]) -> None:
        for at in came:
            slot = next((slot for slot in left if fits(slot, at)), None)
            if slot and at not in found:
                found[at] = slot
                like.add(_changed(slot.place, wishes[at].place))
                left.remove(slot)

    find(lambda slot, at: slot.words == wishes[at].words)
    # these say what they said, too, once they have their numbers: the others stand among them
    numbers = [found[at].number if at in found else n for at, n in enumerate(numbers)]
    says = {(number, wish.words) for number, wish in zip(numbers, wishes, strict=True)}
    kept = {slot.number for slot in known.live if (slot.number, slot.words) in says}
    before = [slot.number for slot in known.live]
    stood = dict([*zip(before, stands(before, kept), strict=True)][::-1])  # a number's first
    now_at = stands(numbers, kept | {slot.number for slot in known.gone})
    today = {slot.place: table.now(slot.place) for slot in went}

    def is_there(slot: Known, at: int) -> bool:
        then, now = slot.place, wishes[at].place
        if not now_at[at].is_at(stood[slot.number]):
            return False
        if not then or not now or now == today[then]:
            return True
        return bool(like) and _changed(then, now) in like

    find(is_there)
    taken = [*found.values()]
    at_one = not any(slot.place for slot in taken) and _is_one(
        [*(stood[slot.number] for slot in taken), *(now_at[at] for at in came)]
    )
    return tuple((at, found.get(at)) for at in came), at_one


def _is_one(places: Sequence[Stand]) -> bool:
    """Tell whether all these are at one place."""
    return len({one.beside for one in places}) == 1 or len({one.sides for one in places}) == 1


def _changed(then: Place, now: Place) -> Change:
    """Return the headings of a cell that are others now, with what they were."""
    return tuple([(old, new) for old, new in zip(then, now, strict=False) if old != new])


def _decided(known: Numbers, live: Sequence[Known], went: Sequence[Known]) -> list[str]:
    old = {slot.number: slot.words for slot in known.live}
    back = {slot.number for slot in known.gone}
    now = {slot.number: slot.words for slot in live}
    moved = {  # by the author's own numbers, as no release takes it
        slot.words: f", which was gap {slot.number}"
        for slot in known.live
        if not slot.place and now.get(slot.number) != slot.words
    }
    said = []
    for slot in live:
        here = f"`{slot.words}`{moved.get(slot.words, '')}"
        if slot.number in back:
            said.append(f"gap {slot.number} is back: {here}")
        elif old and slot.number not in old:
            said.append(f"gap {slot.number} is new: {here}")
        elif old.get(slot.number, slot.words) != slot.words:
            said.append(f"gap {slot.number} is reworded: `{old[slot.number]}` → {here}")
    said += [f"gap {slot.number} is gone: `{slot.words}`" for slot in went]
    return said
