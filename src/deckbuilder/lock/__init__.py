"""The lock: what learners have of a deck, and what they get next."""

from deckbuilder.lock.alike import Gaps, by_neighbours, certain, nearer
from deckbuilder.lock.cells import Cell, headings
from deckbuilder.lock.damaged import Rows, decks_in, read_rows
from deckbuilder.lock.dates import by_restamp, dated_back, is_forced, restamped
from deckbuilder.lock.file import (
    NEWER,
    format_lock,
    lock_lines,
    of_another_deck,
    parse_lock,
    time_in,
)
from deckbuilder.lock.gaps import allocate
from deckbuilder.lock.lines import Key, Line, Lock, known_by, stable_id
from deckbuilder.lock.merge import Saying, merge
from deckbuilder.lock.numbers import Known, Numbered, Numbers, Unclear, Wish
from deckbuilder.lock.renames import ids_out, taken_back
from deckbuilder.lock.settle import Changes, Wanted, line_of, mark_released, settle
from deckbuilder.lock.stands import Stand, stands

__all__ = [
    "NEWER",
    "Cell",
    "Changes",
    "Gaps",
    "Key",
    "Known",
    "Line",
    "Lock",
    "Numbered",
    "Numbers",
    "Rows",
    "Saying",
    "Stand",
    "Unclear",
    "Wanted",
    "Wish",
    "allocate",
    "by_neighbours",
    "by_restamp",
    "certain",
    "dated_back",
    "decks_in",
    "format_lock",
    "headings",
    "ids_out",
    "is_forced",
    "known_by",
    "line_of",
    "lock_lines",
    "mark_released",
    "merge",
    "nearer",
    "of_another_deck",
    "parse_lock",
    "read_rows",
    "restamped",
    "settle",
    "stable_id",
    "stands",
    "taken_back",
    "time_in",
]
