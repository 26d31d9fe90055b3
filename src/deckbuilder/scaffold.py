"""A new project's name and time -> its files: a repository that builds, tests, releases itself.

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
    "source.toml": "source/@stem@.toml",
    "README.md": "README.md",
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "ci.yml": ".github/workflows/ci.yml",
    "release.yml": ".github/workflows/release.yml",
    "requirements.txt": "requirements.txt",
    "requirements-anki.txt": "requirements-anki.txt",
}
LETTERS, MARK = "bcdfghjkmnpqrstvwxz", 5  # they make no word, and no two look alike
SCHEMA = "source/deckbuilder.schema.json"  # the first line of the source names it


def project(name: str, now: int) -> Mapping[str, bytes]:
    """Return the files of a new project by their paths, the source first; none without an id.

    File, id and title are made of the name: `French_revolution` is `french-revolution.toml`, its
    deck `french-revolution-kdzvw`, "French revolution". The letters at the end are made of the
    moment: others begin a project of the same name, and notes of one id replace each other.

    Args:
        name: of the project's folder.
        now: when it is begun, in nanoseconds: a whole class may begin at once.
    """
    stem = slug(name)
    if not stem:
        return {}
    deck = f"{stem}-{_mark(now)}"
    # all signs but an apostrophe within a word: a title is in quotes
    letters = re.sub(
        r"(?:(?!(?<=\w)['’]\w)[\W_])+", " ", unicodedata.normalize("NFC", name)
    ).strip()
    title = letters[:1].upper() + letters[1:]
    folder = files(__package__).joinpath("template")

    def filled(text: str) -> str:
        return text.replace("@id@", deck).replace("@stem@", stem).replace("@title@", title)

    made = {
        filled(path): filled(folder.joinpath(file).read_text(encoding="utf-8")).encode()
        for file, path in TEMPLATE.items()
    }
    made[SCHEMA] = f"{json_schema()}\n".encode()
    tool = wheel()
    own = f"./tool/{NAME} --hash=sha256:{hashlib.sha256(tool).hexdigest()}\n"
    made["requirements.txt"] = own.encode() + made["requirements.txt"]
    return {**made, f"tool/{NAME}": tool}


def _mark(now: int) -> str:
    """Return letters that hardly another project gets; the time cannot be read off them."""
    number, letters = int.from_bytes(hashlib.sha256(b"%d" % now).digest()), []
    for _ in range(MARK):
        number, at = divmod(number, len(LETTERS))
        letters.append(LETTERS[at])
    return "".join(letters)
