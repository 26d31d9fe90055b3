"""This program, wherever it runs -> a wheel of it, which a project can keep and install again."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from deckbuilder import __version__
from deckbuilder.own import own_files

NAME = f"deckbuilder-{__version__}-py3-none-any.whl"
INFO = f"deckbuilder-{__version__}.dist-info"
BORN = (2016, 1, 1, 0, 0, 0)  # a zip's time, always the same: so are its bytes
MODE = 0o644 << 16  # as a zip holds it
# without what it needs: requirements.txt has that, with the exact versions
METADATA = f"""\
Metadata-Version: 2.4
Name: deckbuilder
Version: {__version__}
Requires-Python: >=3.11
License-Expression: MIT
"""
WHEEL = """\
Wheel-Version: 1.0
Generator: deckbuilder
Root-Is-Purelib: true
Tag: py3-none-any
"""
ENTRY = "[console_scripts]\ndeckbuilder=deckbuilder.__main__:run\n"


def wheel() -> bytes:
    """Return a wheel of the program that runs; the same bytes for the same code."""
    files = dict(_code(Path(__file__).parent))
    files |= {
        f"{INFO}/METADATA": METADATA.encode(),
        f"{INFO}/WHEEL": WHEEL.encode(),
        f"{INFO}/entry_points.txt": ENTRY.encode(),
    }
    record = [f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items()]
    files[f"{INFO}/RECORD"] = "".join([*record, f"{INFO}/RECORD,,\n"]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            row = zipfile.ZipInfo(name, BORN)
            row.external_attr = MODE
            made.writestr(row, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _code(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the package, by their names in a wheel."""
    for file in sorted(map(Path, own_files(str(folder)))):
        yield file.relative_to(folder.parent).as_posix(), file.read_bytes()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
