"""Named bytes -> files, all of them or none, whatever happens on the way."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two builds of one source at once are then up to their author
    fcntl = None  # type: ignore[assignment]

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextlib.contextmanager
def alone(file: Path, wait: Callable[[], object]) -> Iterator[None]:
    """Let no other build of this source run meanwhile; `wait` is called if one does.

    The kernel drops the lock with the process, even if that is killed.
    """
    with file.open("rb") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def publish(folder: Path, files: Mapping[str, bytes], stem: str) -> None:
    """Put files into a folder, the last of the mapping last.

    All bytes are safe on the disk before the first name shows them. If a name cannot be taken, the
    files that were there come back. `stem` names the source: one build of it runs at a time.

    A file that was there keeps its mode.

    Raises:
        OSError: nothing has changed; one of the files is read-only, or the disk is at fault.
    """
    import shutil  # all is made by now, and may have been by other processes meanwhile
    import tempfile

    refuse_read_only(folder / name for name in files)
    folder.mkdir(parents=True, exist_ok=True)
    prefix = stage_prefix(stem)
    for stale in folder.glob(f"{prefix}*"):  # of a build that was killed
        shutil.rmtree(stale, ignore_errors=True)
    stage = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))  # the same disk: renaming is atomic
    try:
        for name, data in files.items():
            _write(stage / name, data)
            _take_mode(stage / name, folder / name)
        _swap(stage, folder, files)
        _sync(folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def refuse_read_only(files: Iterable[Path]) -> None:
    """Refuse to replace what somebody has protected: renaming over a file asks nobody.

    Raises:
        PermissionError: one of the files is read-only.
    """
    for file in files:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            mode = file.lstat().st_mode
            if stat.S_ISREG(mode) and not mode & WRITABLE:
                raise PermissionError(errno.EACCES, "read-only, so it stays as it is", str(file))


def stage_prefix(stem: str) -> str:
    """Return how the names of a source's stages begin, and no other source's do."""
    return f".deckbuilder-{hashlib.sha256(os.fsencode(stem)).hexdigest()[:12]}-"


def _swap(stage: Path, folder: Path, names: Mapping[str, bytes]) -> None:
    """Rename each staged file over its name; on a fault, put back what was there."""
    replaced: list[str] = []
    try:
        for name in names:
            target = folder / name
            if target.is_file():
                _keep(target, stage / f"{name}.before")
            replaced.append(name)
            (stage / name).replace(target)
    except OSError:
        for name in replaced:
            before = stage / f"{name}.before"
            if before.is_file():
                before.replace(folder / name)
            elif (stage / name).is_file():  # its own renaming is what failed
                continue
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def _keep(file: Path, copy: Path) -> None:
    """Give a file a second name, or where a disk knows no such thing, a copy."""
    try:
        os.link(file, copy)
    except OSError:
        import shutil

        shutil.copyfile(file, copy)


def _take_mode(file: Path, target: Path) -> None:
    """Give a file the mode of the one that it is to replace, if there is one."""
    with contextlib.suppress(FileNotFoundError):
        mode = target.lstat().st_mode
        if stat.S_ISREG(mode):
            file.chmod(stat.S_IMODE(mode))


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    """Make the renames last: POSIX only promises them with the folder. All is done by then."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
