"""The bytes of a package that learners have -> what its lock must have said."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from deckbuilder.lock import (
    Key,
    Known,
    Line,
    Lock,
    Numbers,
    format_lock,
    parse_lock,
    stable_id,
)
from deckbuilder.problems import Obstacle
from deckbuilder.releases.html import GAP
from deckbuilder.releases.package import Note as Packed
from deckbuilder.releases.package import NoteType as PackedType
from deckbuilder.releases.package import Package, read_package
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import unbroken
from deckbuilder.writers.apkg.notes import SEPARATOR, Note
from deckbuilder.writers.apkg.notetypes import FACTS, GAPS, NoteType, Template, deck_and_kind

FORMULA = re.compile(r"\\\((.*?)\\\)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
GIVEN = "name the .apkg that was given away, as deckbuilder built it"
DAMAGED = Obstacle("the package is damaged, or no package of a deck", GIVEN)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A package as learners have it: its version, what was remembered of it, and its bytes."""

    version: str
    lock: Lock
    data: bytes


def read_shipped(data: bytes, decks: Sequence[str]) -> Shipped | Obstacle:
    """Return what a package of ours tells, or why it cannot be used.

    Args:
        data: the `.apkg`; of one that has retired facts in it, these are told, too.
        decks: the id of the deck it should be of, and the ids that the deck had before.
    """
    try:
        package = read_package(data)
    except UnreadableError as flaw:
        said = str(flaw)
        return Obstacle(said[0].lower() + said[1:].removesuffix("."), GIVEN)
    try:
        return _told(data, package, decks)
    except (ValueError, LookupError):
        return DAMAGED


def _told(data: bytes, package: Package, decks: Sequence[str]) -> Shipped | Obstacle:
    if len(package.stamps) != 1:
        return Obstacle("the package does not tell its deck and version", GIVEN)
    ((anki, stamp),) = package.stamps.items()
    deck, version = stamp.deck, stamp.version
    if deck not in decks:
        return Obstacle(f"the package holds the deck `{deck}`, the source is `{decks[0]}`")
    types = {own: _notetype(own, made) for own, made in package.notetypes.items()}
    kinds = {own: made.kind for own, made in types.items() if made.kind in (FACTS, GAPS)}
    born = {name for name in decks for own in kinds if own == stable_id("notetype", name, FACTS)}
    if len(kinds) != 2 or len(born) != 1:
        return Obstacle("the package’s note types are not those of this deck", GIVEN)
    lines: dict[Key, Line] = {
        ("", made.kind): Line(
            "", 0, made.digest, package.notetypes[own].mod, version, schema=made.schema
        )
        for own, made in types.items()
    }
    for packed in package.notes:
        key, line = _line(packed, kinds[packed.notetype], version)
        if lines.setdefault(key, line) is not line:
            return DAMAGED  # two notes for one fact
    origin = born.pop()
    lock = Lock(deck, lines, "" if origin == decks[0] else origin, anki)
    sound, _ = parse_lock(format_lock(lock), "lock", deck)
    return Shipped(version, lock, data) if sound else DAMAGED


def _notetype(own: int, packed: PackedType) -> NoteType:
    templates = tuple(Template(*each) for each in packed.layout)
    return NoteType(
        own, deck_and_kind(packed.name)[1], packed.name, packed.fields, templates, packed.css
    )


def _line(packed: Packed, kind: str, version: str) -> tuple[Key, Line]:
    """Return what a lock has of a note of a package."""
    fields = [*packed.fields.values()]
    ordinals = () if packed.retired else packed.ordinals  # in the lock, a tombstone has no card
    note = Note("", kind, SEPARATOR.join(fields), packed.tags, ordinals, "")
    numbers = _numbers(fields[0]) if kind == GAPS else Numbers()
    line = Line(
        packed.guid, packed.id, note.digest, packed.mod, version, numbers, retired=packed.retired
    )
    return (html.unescape(packed.fields["Id"]), kind), line


def _numbers(text: str) -> Numbers:
    """Return the gaps of a field, in its order, in the words that the lock has for them."""
    gaps = ((int(gap[1]), gap[2].partition("::")[0]) for gap in GAP.finditer(text))
    return Numbers(tuple(Known(number, _plain(inside)) for number, inside in gaps))


def _plain(markup: str) -> str:
    """Return the characters of a piece of HTML that the writer made (a formula as its TeX)."""
    return unbroken(html.unescape(TAG.sub("", FORMULA.sub(r"\1", markup))))
