"""The kinds of fact. A new one is a new file here and its name in `KINDS`."""

from deckbuilder.kinds.cloze import CLOZE
from deckbuilder.kinds.compare import COMPARE
from deckbuilder.kinds.event import EVENT
from deckbuilder.kinds.kind import Flaw, Kind, near_kind
from deckbuilder.kinds.list import LIST
from deckbuilder.kinds.order import ORDER
from deckbuilder.kinds.person import PERSON
from deckbuilder.kinds.question import QUESTION
from deckbuilder.kinds.quote import QUOTE
from deckbuilder.kinds.term import TERM

KINDS: tuple[Kind, ...] = (QUESTION, CLOZE, LIST, COMPARE, ORDER, EVENT, TERM, PERSON, QUOTE)

__all__ = ["KINDS", "Flaw", "Kind", "near_kind"]
