"""A source -> the same with an id, the suggested one, in each fact that had none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deckbuilder.facts import Found, ids_in, new_ids
from deckbuilder.kinds import Kind
from deckbuilder.toml import Path, Source
from deckbuilder.toml.scan import BLANK, after

Row = tuple[Path, Mapping[str, Any]]


def with_ids(source: Source, kinds: Sequence[Kind]) -> tuple[Source, Mapping[Path, str]]:
    """Return a source in which every fact that shows its kind has an id, and the new ids by path.

    Args:
        source: any TOML.
        kinds: the kinds of fact.
    """
    ids = dict(_new_ids(source, kinds))
    if not ids:
        return source, ids
    text = source.text
    starts = ((source.scan.spans[path].value, new) for path, new in ids.items())
    for (start, end), new in sorted(starts, reverse=True):
        if text[start] == "{":
            at, given = after(BLANK, text, start + 1), f'id = "{new}", '
        else:  # below the header, and what stands beside it
            at, given = text.find("\n", end), f'\nid = "{new}"'
        text = f"{text[:at]}{given}{text[at:]}"
    return Source(source.name, text.encode()), ids


def _new_ids(source: Source, kinds: Sequence[Kind]) -> Iterator[tuple[Path, str]]:
    """Yield an id, unique in the file, for each fact that shows its kind but has none."""
    rows, found = list[Mapping[str, Any]](), list[Found]()
    for at, topic in _tables((), source.values, "topic"):
        name = topic.get("id")
        for path, fact in _tables(at, topic, "fact"):
            rows.append(fact)
            shown = [kind for kind in kinds if kind.name in fact]
            if len(shown) == 1:
                found.append(Found(shown[0], fact, path, name if isinstance(name, str) else ""))
    retired = [row for _, row in _tables((), source.values, "retired")]
    for each, new in new_ids(found, {*ids_in((*rows, *retired))}):
        yield each.at, new


def _tables(at: Path, table: Mapping[str, Any], name: str) -> Iterator[Row]:
    """Yield the path and the values of each table in a list of tables."""
    rows = table.get(name)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield (*at, name, index), row
