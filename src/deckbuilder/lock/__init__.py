"""The lock: what learners have of a deck, and what they get next."""

from deckbuilder.lock.file import format_lock, parse_lock
from deckbuilder.lock.gaps import Known, Numbered, Numbers, Unclear, Wish, allocate
from deckbuilder.lock.lines import Key, Line, Lock, stable_id
from deckbuilder.lock.settle import Changes, Wanted, line_of, settle

__all__ = [
    "Changes",
    "Key",
    "Known",
    "Line",
    "Lock",
    "Numbered",
    "Numbers",
    "Unclear",
    "Wanted",
    "Wish",
    "allocate",
    "format_lock",
    "line_of",
    "parse_lock",
    "settle",
    "stable_id",
]
