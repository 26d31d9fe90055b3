"""The tables of a source -> what stands in it outside all of them, and which header it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder import schema
from deckbuilder.kinds import Kind
from deckbuilder.problems import did_you_mean
from deckbuilder.rows import EMPTY, Report, Table


def tell_strays(tables: Table, report: Report, kinds: Sequence[Kind]) -> None:
    """Report what is no table of a source, and a deck that has none."""
    headless = _headless(tables, kinds)
    if headless:
        header, first = headless
        message = f"there is no header above `{first}`"
        report.add("unknown-key", (first,), message, f"write {header} above this line", key=True)
        report.unread.update(schema.TABLES)
    lacking = "deck" not in tables and not (headless and headless[0] == "[deck]")
    for name, value in tables.items():
        if name in schema.TABLES or (headless and not _is_table(value)):
            continue
        hint = did_you_mean(name, schema.TABLES)
        lacking = lacking and hint != "did you mean `deck`?"
        if name in ("fact", "facts"):  # near to no table, and yet it is clear what was meant
            hint = "write [[topic.fact]], below the [[topic]] that it belongs to"
        elif name in {kind.name for kind in kinds}:
            hint = f'write [[topic.fact]], and `{name} = "…"` below it'
        message = f"`{name or EMPTY}` is no table of a source"
        report.add("unknown-key", (name,), message, hint, key=True)
        report.unread.update(schema.TABLES)  # it was to be one of them
    if lacking:
        hint = "begin with [deck] and its id, title, anki, version and language"
        report.add("missing-table", ("deck",), "the source has no `[deck]` table", hint)


def _headless(tables: Table, kinds: Sequence[Kind]) -> tuple[str, str] | None:
    """Return the header that the keys above the first one lack, and the first of the keys."""
    bare = [name for name in tables if not (name in schema.TABLES or _is_table(tables[name]))]
    if {kind.name for kind in kinds}.intersection(bare):
        return "[[topic.fact]]", bare[0]
    if "deck" not in tables and {key.name for key in schema.DECK}.intersection(bare):
        return "[deck]", bare[0]
    return None


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and all(isinstance(row, dict) for row in value)
    )
