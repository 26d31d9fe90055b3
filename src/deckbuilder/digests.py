"""Files -> their digests; a large file is read again only once it has changed.

Measured: 100,000 facts have outputs of 180 MB, which take 0.4 s to read and no time to ask about.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

from deckbuilder.manifests import parsed
from deckbuilder.opened import whole

LARGE = 1 << 21  # bytes; a smaller file is read as fast as it is remembered
SETTLED = 2_000_000_000  # nanoseconds; no disk's clock stands still for longer
PAUSES = (0.0, 0.002, 0.004, 0.008)  # seconds; most disks' clocks go on every 1 to 10 ms
KNOWS_CHANGES = os.name == "posix"  # elsewhere `st_ctime` is when a file was made


def digest(data: bytes) -> str:
    """Return the digest of some bytes."""
    return hashlib.sha256(data).hexdigest()


class Digests:
    """The digests of files, those of large ones from `memory`, a file of this machine alone.

    A file counts as it was while the kernel says so: it is the same one, of the same size, and
    nothing of it has changed since, its times neither (`st_ctime`, which no program sets). A digest
    is remembered if another change would show: if the file changed long ago, or if the clock of its
    disk, by which that dates the memory, had gone on before the file was read.
    """

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.known = _remembered(memory)
        self.seen: dict[str, str] = {}

    def of(self, file: Path) -> str:
        """Return the digest of a file, "" if there is none; it is read a piece at a time."""
        if not file.is_file():
            return ""
        state = file.stat()
        if not _is_large(state):
            return _read(file)
        key = _key(state)
        lasts = key in self.known or self._has_settled(state)
        taken = self.known.get(key) or _read(file)
        if lasts:
            self.seen[key] = taken
        return taken

    def remember(self, files: Iterable[Path] = ()) -> None:
        """Keep the digests of large files, asked for or named here; it does no harm if it fails."""
        with contextlib.suppress(OSError):
            for file in files:
                if _is_large(file.stat()):
                    self.of(file)
            if not self.seen.items() <= self.known.items():
                if self.memory.is_symlink() or not self.memory.is_file():  # no memory of ours
                    self.memory.unlink(missing_ok=True)
                self.memory.write_text(json.dumps(self.seen, indent=1), "utf-8")

    def _has_settled(self, state: os.stat_result) -> bool:
        """Tell whether a file that changes from now on gets another time; wait for it a moment."""
        if time.time_ns() - state.st_ctime_ns > SETTLED:
            return True
        if self.memory.is_symlink():
            return False
        with contextlib.suppress(OSError):
            for pause in PAUSES:
                time.sleep(pause)
                self.memory.touch()
                now = self.memory.stat()
                if now.st_dev != state.st_dev:
                    return False
                if now.st_mtime_ns > state.st_ctime_ns:
                    return True
        return False


def _is_large(state: os.stat_result) -> bool:
    return KNOWS_CHANGES and state.st_size >= LARGE


def _key(state: os.stat_result) -> str:
    """Return what no other file has, nor this one once it has changed."""
    times = (state.st_mtime_ns, state.st_ctime_ns)
    return " ".join(map(str, (state.st_dev, state.st_ino, state.st_size, *times)))


def _remembered(memory: Path) -> dict[str, str]:
    try:
        return parsed(whole(memory), {str: str}) or {}
    except OSError:
        return {}


def _read(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
