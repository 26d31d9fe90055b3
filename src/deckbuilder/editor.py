"""The tables, keys and kinds of a source -> a JSON Schema: editors complete and check by it.

It knows shapes: keys, types, choices, patterns. What a value means (a time, a formula, an id that
is used twice), only `read` and `check` know.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from deckbuilder import schema
from deckbuilder.kinds import KINDS, Kind
from deckbuilder.lint import OUTSIDE_FACTS, TO_ALLOW
from deckbuilder.phrases import PHRASES
from deckbuilder.schema import FARTHEST, Key, Type
from deckbuilder.values.names import ANKIS_OWN_TAGS, NAME
from deckbuilder.values.texts import LONGEST_FIELD
from deckbuilder.versions import VERSION
from deckbuilder.when import LAST_YEAR

Shape = dict[str, Any]  # a JSON Schema, or a part of one

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kinds: Sequence[Kind] = KINDS) -> str:
    """Return a JSON Schema (2020-12) of sources whose facts are of these kinds."""
    keys = [*(key for kind in kinds for key in kind.keys), *schema.FACT]
    # an editor offers the keys of what fits, also while one still lacks what it needs
    fact = {"oneOf": [_fact(kind) for kind in kinds], **_needs(keys)}
    shapes = {table.name: _shape_of(table, fact) for table in schema.TABLES.values()}
    document = {
        "$schema": DIALECT,
        "$comment": "Made by `deckbuilder schema`: change the program, then `make schema`.",
        "title": "deckbuilder source",
        "description": "Facts that become an Anki deck and a printed revision sheet.",
        **_object(shapes, [table.name for table in schema.TABLES.values() if table.required]),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


# ---------------------------------------------------------------------------- tables


def _shape_of(table: schema.Table, fact: Shape) -> Shape:
    inside = _keys(table.keys)
    if table.name == "topic":
        inside["fact"] = {"description": "The facts of the topic.", **_list(fact)}
    rows = _object(inside, _required(table.keys))
    return {"description": table.doc, **(_list(rows) if table.many else rows)}


def _fact(kind: Kind) -> Shape:
    """Return the whole table of a fact of one kind, so that no key of another fits in."""
    keys = (*kind.keys, *schema.FACT)
    return {"title": kind.name, **_object(_keys(keys), _required(keys))}


def _needs(keys: Sequence[Key]) -> Shape:
    """Return what some keys ask of others; which keys there are, is said elsewhere."""
    one = {key.name: list(key.needs) for key in keys if len(key.needs) == 1}
    some = {
        key.name: {"anyOf": [{"required": [name]} for name in key.needs]}
        for key in keys
        if len(key.needs) > 1
    }
    # the last is true of any table; without it tombi would have each key named here, too
    return {"dependentRequired": one, "dependentSchemas": some, "unevaluatedProperties": True}


def _keys(keys: Sequence[Key]) -> dict[str, Shape]:
    return {key.name: _described(key) for key in keys}


def _required(keys: Sequence[Key]) -> list[str]:
    return [key.name for key in keys if key.required]


def _described(key: Key) -> Shape:
    """Return the shape of a key's value, with what an editor says and offers."""
    shape = {"description": key.doc, **SHAPES[key.type](key)}
    if key.default:
        shape["default"] = key.default
    if key.examples:
        shape["examples"] = list(key.examples)
    return shape


def _object(properties: dict[str, Shape], required: list[str]) -> Shape:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _list(element: Shape, **limits: int) -> Shape:
    return {"type": "array", "items": element, **limits}


# ---------------------------------------------------------------------------- values


def _any_case(word: str) -> str:
    """Return a pattern of a word in small or capital letters; JSON Schema has no flag for it."""
    return "".join(f"[{letter.upper()}{letter.lower()}]" for letter in word)


def _either(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(_any_case(word) for word in words)})"


TEXT: Shape = {"type": "string", "pattern": r"\S", "maxLength": LONGEST_FIELD}
ITEM: Shape = {
    "anyOf": [
        TEXT,
        _object({"text": TEXT, "n": {"type": "integer", "minimum": 1}}, ["text", "n"]),
    ]
}
ID: Shape = {"type": "string", "pattern": f"^{NAME.pattern}$", "maxLength": LONGEST_FIELD}
TAG: Shape = {
    "type": "string",
    "pattern": r"^[^\s:]+(?:::?[^\s:]+)*$",
    "not": {"pattern": f"^{_either(ANKIS_OWN_TAGS)}$"},
    "maxLength": LONGEST_FIELD,
}
FILE: Shape = {**TEXT, "not": {"pattern": r"^/|[\\:]|(?:^|/)\.\.(?:/|$)"}}
VERSION_NUMBER: Shape = {"type": "string", "pattern": f"^{VERSION.pattern}$"}
LANGUAGE: Shape = {
    "type": "string",
    "pattern": f"^{_either(tuple(PHRASES))}(?:-[A-Za-z0-9]{{2,8}})*$",
    "examples": list(PHRASES),
}
YEAR: Shape = {
    "type": "integer",
    "minimum": -LAST_YEAR,
    "maximum": LAST_YEAR,
    "not": {"const": 0},
}
OFFSET: Shape = {"type": "number", "minimum": -FARTHEST, "maximum": FARTHEST}
DATE: Shape = {"type": "string", "format": "date"}


def _allowed(key: Key) -> Shape:
    """Return the shape of what a fact, a topic or the deck allows: rules that it can break."""
    keys = _keys(schema.ALLOW)
    rules = {**keys["rule"], "enum": sorted(TO_ALLOW if key in schema.FACT else OUTSIDE_FACTS)}
    return _object({**keys, "rule": rules}, _required(schema.ALLOW))


SHAPES: dict[Type, Callable[[Key], Shape]] = {
    Type.TEXT: lambda _: TEXT,
    Type.GAPPED: lambda _: TEXT,
    Type.TEXTS: lambda _: _list(TEXT, minItems=2),
    Type.ITEMS: lambda _: _list(ITEM, minItems=2),
    Type.ROWS: lambda _: _list(_list(ITEM, minItems=2), minItems=1),
    Type.PLAIN: lambda _: TEXT,
    Type.NAME: lambda _: ID,
    Type.NAMES: lambda _: _list(ID),
    Type.TAGS: lambda _: _list(TAG),
    Type.FLAG: lambda _: {"type": "boolean", "default": False},
    Type.WHEN: lambda _: {"anyOf": [YEAR, TEXT, DATE]},
    Type.CHOICE: lambda key: {"type": "string", "enum": list(key.choices)},
    Type.CHOICES: lambda key: _list({"type": "string", "enum": list(key.choices)}),
    Type.OFFSET: lambda _: _list(OFFSET, minItems=2, maxItems=2),
    Type.FILE: lambda _: FILE,
    Type.FILES: lambda _: _list(FILE),
    Type.ALLOWED: lambda key: _list(_allowed(key)),
    Type.LANGUAGE: lambda _: LANGUAGE,
    Type.VERSION: lambda _: VERSION_NUMBER,
}
