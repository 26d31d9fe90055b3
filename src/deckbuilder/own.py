"""The folder of this program -> its own files: what makes the outputs, and goes into a wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator


def own_files(folder: str) -> Iterator[str]:
    """Yield each of our files; what Python keeps of them, or an editor, is not ours.

    With `os.scandir`, not `pathlib`: every build that does nothing else waits for it.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__pycache__")):
                continue
            if entry.is_dir():
                yield from own_files(entry.path)
            elif not entry.name.endswith((".pyc", "~")):
                yield entry.path
