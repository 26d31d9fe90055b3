"""A source -> its text in canonical form: the same values and comments, laid out one way."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import unified_diff
from itertools import chain, count, takewhile
from typing import Any

from deckbuilder import schema
from deckbuilder.ids import with_ids
from deckbuilder.kinds import KINDS
from deckbuilder.slots import dataclass
from deckbuilder.toml import Path, Source, parse
from deckbuilder.toml.blocks import Block, Comments, blocks, comments
from deckbuilder.toml.scan import BARE, COMMA, TRIVIA, Stretch, after, header_at, names_at

WIDEST = 100  # characters of a line; a list that needs more gets a line for each element
ASIDE = 60  # characters of code; beside more than these a comment is in line with no other
INDENT = "  "
DEEPEST = 20  # characters of indentation
WINDOW, SHOWN = 40, 8  # lines of each text compared, and shown, where they first differ
INLINE = ("text", "n", *(key.name for key in schema.ALLOW))  # the keys of tables in braces
QUOTES = ('"""', "'''", '"', "'")

Row = tuple[str, str]  # a line of code, or several, and the comment beside the last


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text in canonical form, and the ids it gives to the facts (by path) that had none."""

    text: str
    ids: Mapping[Path, str]


def canonical(source: Source) -> Formatted:
    """Return a source in canonical form; each fact without an id gets the suggested one.

    Args:
        source: any TOML; what is no table or key of ours follows ours, in its own order.

    Raises:
        RuntimeError: the new text would not keep every value and comment (an error of ours).
    """
    whole, ids = with_ids(source)
    found = blocks(whole)
    tables = sorted(found.tables, key=lambda block: _ranked(block.path[:1], schema.TABLES))
    parts = [_comments(found.head)]
    parts += [_block(block, whole) for block in tables]
    parts.append(_comments(found.foot))
    text = _apart("\n\n".join(filter(None, parts)))
    text += "\n" if text else ""
    if not _keeps(text, source, ids):
        raise RuntimeError(f"{source.name} in canonical form would lose a value or a comment")
    return Formatted(text, ids)


def _comments(lines: Comments) -> str:
    return "\n".join(lines).rstrip("\n")


def _apart(text: str) -> str:
    """Set apart what programs read, such as `#:schema …`, where a table came up with it."""
    lines = text.split("\n")
    opening = [*takewhile(lambda line: not line or line[0] == "#", lines)]
    cut = max((n for n, line in enumerate(opening, 1) if line.startswith("#:")), default=0)
    if cut and cut < len(lines) and all(opening[cut:]):
        lines.insert(cut, "")
    return "\n".join(lines)


def _keeps(text: str, source: Source, ids: Mapping[Path, str]) -> bool:
    """Tell whether a text has the values of the source, the new ids and all the comments."""
    again, _ = parse(text.encode(), source.name)
    return (
        again is not None
        and all(again.value(path).pop("id", None) == new for path, new in ids.items())
        and _same(again.values, source.values)
        and sorted(comments(text)) == sorted(comments(source.text))
    )


def _same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other or one != one)  # noqa: PLR0124 - NaN differs from itself


def difference(before: str, after: str) -> list[str]:
    """Return where two texts first differ, as a few lines of a unified diff."""
    old, new = before.split("\n"), after.split("\n")
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if before == after:
        return ["only the ends of its lines, or the mark before the first"]
    start = max(0, same - 1)
    window = slice(start, start + WINDOW)  # to compare all lines would take too long
    _, _, _, *lines = unified_diff(old[window], new[window], n=1, lineterm="")
    first = list(takewhile(lambda line: not line.startswith("@@"), lines))
    few = [[n for n, line in enumerate(first) if line[0] == sign][:SHOWN] for sign in " -+"]
    return [f"first at line {same + 1}:", *(first[n] for n in sorted(chain(*few)))]


# ---------------------------------------------------------------------------- tables


def _block(block: Block, source: Source) -> str:
    """Return a table: its header, its keys in order and in line, the comments at its end."""
    text = source.text
    rows: list[Row] = []
    if block.header:
        brackets, names, _ = header_at(text, block.header.stretch[0])
        header = "[" * brackets + _dotted(text, names) + "]" * brackets
        rows += [(line, "") for line in block.header.above]
        rows.append((header, block.header.beside))
    keys = {pair: _dotted(text, names_at(text, pair.stretch[0])[0]) for pair in block.pairs}
    width = max(map(len, keys.values()), default=0)
    order, depth = _keys(block.path, source), len(block.path)
    for pair in sorted(block.pairs, key=lambda pair: _ranked(pair.path[depth:], order)):
        rows += [(line, "") for line in pair.above]
        value = _value(source, pair.path, "", width + 3)
        rows.append((f"{keys[pair]:<{width}} = {value}", pair.beside))
    rows += [(line, "") for line in block.below]
    return _in_line(rows)


def _keys(table: Path, source: Source) -> Sequence[str]:
    """Return the names of a table's keys in canonical order."""
    names = [part for part in table if isinstance(part, str)]
    if names == ["topic", "fact"]:
        fact = source.value(table)
        own = next((kind.keys for kind in KINDS if kind.name in fact), ())
        return "id", "was", *(key.name for key in (*own, *schema.FACT))
    if len(names) == 1:
        known = schema.TABLES.get(names[0])
        return [key.name for key in known.keys] if known else []
    return () if names else tuple(schema.TABLES)


def _ranked(path: Path, order: Collection[Any]) -> int:
    """Return where the first name of a path comes in an order; what is not in it comes last."""
    names = list(order)
    if not path:
        return -1
    return names.index(path[0]) if path[0] in names else len(names)


def _dotted(text: str, names: Sequence[tuple[str, Stretch]]) -> str:
    """Return the names of a key of the text, without blanks and needless quotation marks."""
    return ".".join(
        name if re.fullmatch(BARE, name) else text[start:end] for name, (start, end) in names
    )


def _in_line(rows: Sequence[Row]) -> str:
    """Return rows as lines; the comments beside short ones stand one below the other."""
    widths = [len(code.rpartition("\n")[2]) if beside else 0 for code, beside in rows]
    column = max((width for width in widths if width <= ASIDE), default=0)
    return "\n".join(
        f"{code}{' ' * (max(0, column - width) + 2)}{beside}" if beside else code
        for width, (code, beside) in zip(widths, rows, strict=True)
    )


# ---------------------------------------------------------------------------- values


def _value(source: Source, path: Path, indent: str, before: int) -> str:
    """Return a value as it is to be written; `before`: how many characters stand left of it.

    Numbers, times, what has several lines, but for lists, and what is nested deeper than anybody
    would nest it stay as the author wrote them.
    """
    start, end = source.scan.spans[path].value
    raw = source.text[start:end]
    if raw[0] == "[" and len(indent) < DEEPEST:
        return _array(source, path, indent, before)
    if raw[0] == "{" and len(indent) < DEEPEST and "\n" not in raw:
        return _inline(source, path, indent)
    return _string(raw) if raw[0] in "\"'" else raw


def _string(raw: str) -> str:
    """Return a string in double quotes, unless that takes backslashes or it has several lines."""
    quotes = next(quotes for quotes in QUOTES if raw.startswith(quotes))
    inside = raw[len(quotes) : -len(quotes)]
    unsafe = r'[\n"\\]' if quotes[0] == "'" else r'[\n"]'
    return raw if re.search(unsafe, inside) else f'"{inside}"'


def _inline(source: Source, path: Path, indent: str) -> str:
    """Return a table in braces, its keys in order; as it is where a list in it needs more lines."""
    text, (start, end) = source.text, source.scan.spans[path].value
    pairs: list[tuple[Path, str]] = []
    at = after(TRIVIA, text, start + 1)
    while text[at] != "}":
        names, _ = names_at(text, at)
        own = tuple(name for name, _ in names)
        value = _value(source, (*path, *own), indent + INDENT, 0)
        pairs.append((own, f"{_dotted(text, names)} = {value}"))
        at = after(COMMA, text, source.scan.spans[*path, *own].value[1])
    made = ", ".join(pair for _, pair in sorted(pairs, key=lambda pair: _ranked(pair[0], INLINE)))
    if "\n" in made:
        return text[start:end]
    return f"{{ {made} }}" if made else "{}"


def _array(source: Source, path: Path, indent: str, before: int) -> str:
    """Return a list, a line an element if it is long or has comments or lists, else on one line."""
    spans = source.scan.spans
    elements = list(takewhile(spans.__contains__, ((*path, n) for n in count())))
    start, end = spans[path].value
    marks = [start + 1, *(mark for element in elements for mark in spans[element].value), end - 1]
    between = [source.text[a:b] for a, b in zip(marks[::2], marks[1::2], strict=True)]
    deeper = indent + INDENT
    values = [_value(source, element, deeper, len(deeper) + 1) for element in elements]
    line = f"[{', '.join(values)}]"
    flat = not any(source.text[spans[element].value[0]] == "[" for element in elements)
    bare = "\n" not in line and not any("#" in gap for gap in between)
    if bare and flat and (before + len(line) <= WIDEST or not values):
        return line
    rows: list[Row] = [(deeper + comment, "") for comment in comments(between[0])]
    for value, gap in zip(values, between[1:], strict=True):
        beside, _, below = gap.partition("\n")
        rows.append((f"{deeper}{value},", "".join(comments(beside))))
        rows += [(deeper + comment, "") for comment in comments(below)]
    return f"[\n{_in_line(rows)}\n{indent}]"
