"""Packages and manifests changed behind their maker's back."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from typing import Any


def members(package: bytes) -> dict[str, bytes]:
    """Return the files of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return {name: files.read(name) for name in files.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def tampered(package: bytes, change: Callable[[sqlite3.Connection], object]) -> bytes:
    """Return the package, its collection changed."""
    files = members(package)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["collection.anki2"])
        change(connection)
        connection.commit()
        files["collection.anki2"] = connection.serialize()
    return zipped(files)


def run(package: bytes, *statements: str) -> bytes:
    """Return the package after some SQL."""
    return tampered(package, lambda c: [c.execute(statement) for statement in statements])


def remodelled(package: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the package, `change` made to each note type's JSON."""

    def rewrite(connection: sqlite3.Connection) -> None:
        ((text,),) = connection.execute("SELECT models FROM col").fetchall()
        models = json.loads(text)
        for model in models.values():
            change(model)
        made = json.dumps({str(model["id"]): model for model in models.values()})
        connection.execute("UPDATE col SET models = ?", (made,))

    return tampered(package, rewrite)
