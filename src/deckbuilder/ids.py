"""A source -> the same with an id, the suggested one, in each fact that had none."""

from __future__ import annotations

from collections.abc import Mapping

from deckbuilder.facts import new_ids
from deckbuilder.kinds import KINDS
from deckbuilder.toml import Path, Source
from deckbuilder.toml.scan import BLANK, after


def with_ids(source: Source) -> tuple[Source, Mapping[Path, str]]:
    """Return a source in which every fact that shows its kind has an id, and the new ids by path.

    The source may be any TOML.
    """
    ids = dict(new_ids(source.values, KINDS))
    if not ids:
        return source, ids
    text, spans = source.text, source.scan.spans
    pieces, done = list[str](), 0
    for (start, end), new in ((spans[path].value, new) for path, new in ids.items()):
        if text[start] == "{":
            at, given = after(BLANK, text, start + 1), f'id = "{new}", '
        else:  # below the header, and what stands beside it
            at, given = text.find("\n", end), f'\nid = "{new}"'
        pieces += (text[done:at], given)
        done = at
    return Source(source.name, "".join((*pieces, text[done:])).encode()), ids
