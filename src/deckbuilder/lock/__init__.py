"""The lock: what learners have of a deck, and what they get next."""

from deckbuilder.lock.damaged import Rows, read_rows
from deckbuilder.lock.file import format_lock, lock_lines, of_another_deck, parse_lock
from deckbuilder.lock.gaps import Known, Numbered, Numbers, Unclear, Wish, allocate, neighbours
from deckbuilder.lock.lines import Key, Line, Lock, stable_id
from deckbuilder.lock.merge import Merge, Saying, merge, restamped
from deckbuilder.lock.settle import Changes, Wanted, line_of, mark_released, settle

__all__ = [
    "Changes",
    "Key",
    "Known",
    "Line",
    "Lock",
    "Merge",
    "Numbered",
    "Numbers",
    "Rows",
    "Saying",
    "Unclear",
    "Wanted",
    "Wish",
    "allocate",
    "format_lock",
    "line_of",
    "lock_lines",
    "mark_released",
    "merge",
    "neighbours",
    "of_another_deck",
    "parse_lock",
    "read_rows",
    "restamped",
    "settle",
    "stable_id",
]
