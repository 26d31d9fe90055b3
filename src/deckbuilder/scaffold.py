"""The name of a new project -> its files: a repository that builds, tests and releases itself.

Its source has a fact of each kind; `tool/` holds the program that began it, so that the project
can be built wherever there is Python, today and in ten years.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files

from deckbuilder.editor import json_schema
from deckbuilder.values.names import slug
from deckbuilder.wheel import NAME, wheel

TEMPLATE = {  # where a file of the template goes
    "source.toml": "source/@id@.toml",
    "README.md": "README.md",
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "ci.yml": ".github/workflows/ci.yml",
    "release.yml": ".github/workflows/release.yml",
    "requirements.txt": "requirements.txt",
    "requirements-anki.txt": "requirements-anki.txt",
}
SCHEMA = "source/deckbuilder.schema.json"  # the first line of the source names it


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

    made = {
        filled(path): filled(folder.joinpath(file).read_text(encoding="utf-8")).encode()
        for file, path in TEMPLATE.items()
    }
    made[SCHEMA] = f"{json_schema()}\n".encode()
    tool = wheel()
    own = f"./tool/{NAME} --hash=sha256:{hashlib.sha256(tool).hexdigest()}\n"
    made["requirements.txt"] = own.encode() + made["requirements.txt"]
    return {**made, f"tool/{NAME}": tool}
