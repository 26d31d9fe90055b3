"""The name of a new project -> its files: a source with a fact of each kind, ready to build."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files

from deckbuilder.values.names import slug

TEMPLATE = {  # where a file of the template goes
    "source.toml": "source/@id@.toml",
    "README.md": "README.md",
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
}


def project(name: str) -> Mapping[str, bytes]:
    """Return the files of a new project by their paths, the source first; none without an id.

    The deck's id and title are made of the name: `French_revolution` is the deck
    `french-revolution`, "French revolution".
    """
    deck = slug(name)
    if not deck:
        return {}
    letters = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", name)).strip()
    title = letters[:1].upper() + letters[1:]
    folder = files(__package__).joinpath("template")

    def filled(text: str) -> str:
        return text.replace("@id@", deck).replace("@title@", title)

    return {
        filled(path): filled(folder.joinpath(file).read_text(encoding="utf-8")).encode()
        for file, path in TEMPLATE.items()
    }
