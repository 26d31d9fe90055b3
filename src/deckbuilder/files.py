"""What is made -> files under their names, all of them or none, short of a kill just then."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from deckbuilder.opened import alone

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class Written(NamedTuple):
    """What is in a file: the digest of its bytes, and how many they are."""

    digest: str
    size: int


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Do what must not be left half done: Ctrl-C, a closed terminal and `kill` wait for its end.

    They are for this process alone: what it starts meanwhile ends by them as ever.
    """
    import signal
    import threading

    from deckbuilder.endings import ending

    came: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():  # no other is ever interrupted
        for each in (signal.SIGINT, *ending()):
            before[each] = signal.signal(each, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in came:
            signal.raise_signal(number)


class Stage:
    """A folder for files that are being made: all of them get their names together, or none.

    It lies in the folder that they are for: on the same disk, renaming is atomic. What is not
    published by the end of a `with` is gone, and all is as it was before. Copies of this process
    may write into it, too.
    """

    def __init__(self, folder: Path, stem: str, wait: Callable[[], object] = lambda: None) -> None:
        self.folder, self.stem, self.wait = folder, stem, wait
        self.path = folder / stage_name(stem)

    def __enter__(self) -> Stage:
        """Make it, and the folder if need be; first wait for the end of another of its name.

        Raises:
            OSError: it cannot be made.
        """
        self.new = [each for each in (self.folder, *self.folder.parents) if not each.exists()]
        self.lock = contextlib.ExitStack()
        try:
            while not self._is_ours():
                self.lock.close()
            for left in self.path.iterdir():  # by a build that was killed
                _remove(left)
        except BaseException:  # Ctrl-C while it waits, too
            with uninterrupted():
                self.lock.close()
                self._take_away()
                self._let_go()
            raise
        return self

    def _is_ours(self) -> bool:
        """Lock the folder; tell whether it is there still: who had it takes it away."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError as fault:
            told = "no folder, and no link that leads to one"
            raise NotADirectoryError(errno.ENOTDIR, told, str(self.folder)) from fault
        self.path.mkdir(mode=0o700, exist_ok=True)
        if self.path.is_symlink():  # what is there is somebody else's, and all of it would go
            raise FileExistsError(
                errno.EEXIST, "a link where a folder of ours should be", str(self.path)
            )
        with contextlib.suppress(FileNotFoundError):
            return self.lock.enter_context(alone(self.path, self.wait))
        return False

    def __exit__(self, *_: object) -> None:
        with uninterrupted():
            _remove(self.path)
            self._let_go()

    def _take_away(self) -> None:
        """Take the folder away, if nobody else works in it and no killed build left anything."""

        def somebody_does() -> None:
            raise BlockingIOError

        with contextlib.suppress(OSError), alone(self.path, somebody_does):
            self.path.rmdir()

    def _let_go(self) -> None:
        with contextlib.suppress(OSError):  # it is not empty, but where nothing was published
            for folder in self.new:
                folder.rmdir()
        self.lock.close()

    def open(self, name: str) -> BinaryIO:
        """Return a file to write into, an empty one whatever was written there before."""
        return (self.path / name).open("wb")

    def put(self, name: str, data: bytes) -> None:
        """Write a file."""
        with self.open(name) as file:
            file.write(data)

    def look(self, name: str) -> Written:
        """Return what was written into a file."""
        with (self.path / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
            return Written(found, file.tell())

    def publish(self, names: Sequence[str], gone: Iterable[str] = ()) -> None:
        """Give files their names, the last of them last; then take away those that are to be gone.

        All bytes are safe on the disk before the first name shows them. If a name cannot be taken,
        or a file cannot be taken away, the files that were there come back. A file that was there
        keeps its mode.

        Raises:
            OSError: nothing has changed; one of the files is read-only, or the disk is at fault.
        """
        refuse_read_only(self.folder / name for name in names)
        for name in names:
            _sync_file(self.path / name)
            _take_mode(self.path / name, self.folder / name)
        with uninterrupted():
            _swap(self.path, self.folder, names, gone)
        _sync(self.folder)

    def publish_copy(self, name: str, folder: Path) -> None:
        """Put a copy of a file into another folder, or into the same, as `publish` does.

        Raises:
            OSError: nothing has changed.
        """
        import shutil

        with Stage(folder, f"{self.stem}/{name}") as beside:  # no other stem has a slash
            shutil.copyfile(self.path / name, beside.path / name)
            beside.publish([name])


def publish(folder: Path, files: Mapping[str, bytes], stem: str, gone: Iterable[str] = ()) -> None:
    """Put files into a folder, as `Stage.publish` does; `stem`: one work of it runs at a time.

    Raises:
        OSError: nothing has changed.
    """
    with Stage(folder, stem) as stage:
        for name, data in files.items():
            stage.put(name, data)
        stage.publish([*files], gone)


def publish_file(file: Path, data: bytes) -> None:
    """Put one file into its folder, as `publish` does."""
    publish(file.parent, {file.name: data}, file.stem)


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


def stage_name(stem: str) -> str:
    """Return the name of a source's stage, which no other source's has."""
    return f".deckbuilder-{hashlib.sha256(os.fsencode(stem)).hexdigest()[:12]}"


def _remove(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    import shutil  # all is made by now, and may have been by other processes meanwhile

    shutil.rmtree(path, ignore_errors=True)


def _swap(stage: Path, folder: Path, names: Sequence[str], gone: Iterable[str]) -> None:
    """Rename each staged file over its name, and take others in; on a fault, put all back."""
    replaced: list[str] = []
    taken: list[str] = []
    try:
        for name in names:
            target = folder / name
            if target.is_file():
                _keep(target, stage / f"{name}.before")
            replaced.append(name)
            (stage / name).replace(target)
        for name in gone:
            with contextlib.suppress(FileNotFoundError):
                (folder / name).replace(stage / f"{name}.before")
                taken.append(name)
    except OSError:
        for name in taken:
            (stage / f"{name}.before").replace(folder / name)
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


def _sync_file(file: Path) -> None:
    with file.open("r+b") as handle:
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    """Make the renames last: POSIX only promises them with the folder. All is done by then."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
