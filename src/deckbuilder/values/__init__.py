"""One value of a source, as TOML gives it -> what its key's type makes of it, or what is wrong."""

from __future__ import annotations

from typing import Any

from deckbuilder.schema import Key, Type
from deckbuilder.values import names, texts
from deckbuilder.values.bad import BadValue, Reader

__all__ = ["READERS", "BadValue", "Reader", "empty"]


def empty(key: Key) -> Any:
    """Return what stands for a key that was left out, or whose table has an error.

    For a flag it is None: neither true nor false was written.
    """
    return key.default or EMPTY.get(key.type)


EMPTY: dict[Type, Any] = {
    Type.TEXT: (),
    Type.GAPPED: (),
    Type.TEXTS: (),
    Type.ITEMS: (),
    Type.ROWS: (),
    Type.NAMES: (),
    Type.TAGS: (),
    Type.FILES: (),
    Type.CHOICES: (),
    Type.OFFSET: (0.0, 0.0),
    Type.ALLOWED: (),
    Type.PLAIN: "",
    Type.NAME: "",
    Type.LANGUAGE: "",
    Type.VERSION: "",
    Type.FILE: "",
}

READERS: dict[Type, Reader] = {
    Type.TEXT: texts.read_text,
    Type.GAPPED: texts.read_gapped,
    Type.TEXTS: texts.read_texts,
    Type.ITEMS: texts.read_items,
    Type.ROWS: texts.read_rows,
    Type.PLAIN: texts.read_characters,
    Type.NAME: names.read_name,
    Type.NAMES: names.read_names,
    Type.TAGS: names.read_tags,
    Type.FLAG: names.read_flag,
    Type.WHEN: names.read_time,
    Type.CHOICE: names.read_choice,
    Type.CHOICES: names.read_choices,
    Type.OFFSET: names.read_offset,
    Type.FILE: names.read_file,
    Type.FILES: names.read_files,
    Type.LANGUAGE: names.read_language,
    Type.VERSION: names.read_version,
    Type.ALLOWED: names.read_allowed,
}
