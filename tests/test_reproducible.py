"""The same source and lock give the same bytes, whatever stands around them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import NOW, ROOT

from deckbuilder.schema import HANDOUTS

HOSTILE = """\
from reportlab import rl_config
rl_config.pageCompression = 0
pageCompression = invariant = 0
"""


def build_in(folder: Path, lock: Path | None = None, **environment: str) -> dict[str, bytes]:
    """Build relations in a folder by the command line and return every file it made."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "source" / "relations.toml", folder)
    shutil.copy(lock or ROOT / "source" / "relations.lock", folder / "relations.lock")
    inherited = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "PYTHONSAFEPATH": "1"}
    subprocess.run(
        [sys.executable, "-m", "deckbuilder", "build", "relations.toml", "-o", "out"],
        cwd=folder,
        env={**inherited, "SOURCE_DATE_EPOCH": str(NOW), **environment},
        check=True,
        capture_output=True,
    )
    return {
        file.name: file.read_bytes() for file in [*folder.glob("out/*"), folder / "relations.lock"]
    }


def test_surroundings_change_no_byte(tmp_path: Path) -> None:
    """Folder, home, time zone, locale, hash seed and ReportLab's private doors change nothing."""
    home = tmp_path / "a home with settings"
    home.mkdir()
    for name in (".reportlab_settings", ".reportlab_mods", "reportlab_mods.py"):
        (home / name).write_text(HOSTILE, encoding="utf-8")
    plain = build_in(tmp_path / "one", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1", HOME=str(tmp_path))
    other = build_in(
        tmp_path / "zwei" / "tiefer",
        TZ="Asia/Tokyo",
        LC_ALL="tr_TR.UTF-8",
        PYTHONHASHSEED="4242",
        HOME=str(home),
        RL_pageCompression="0",
        RL_invariant="0",
        RL_useA85="1",
        PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(home)]),
    )
    assert set(plain) == {
        "relations.apkg",
        "relations.lock",
        "relations.manifest.json",
        "relations.pdf",
        "relations.tsv",
        *(f"relations-{name}.pdf" for name in HANDOUTS),
    }
    assert plain == other


def test_the_accelerator_changes_no_byte(tmp_path: Path) -> None:
    """ReportLab's C writes what its Python does."""
    quick = build_in(tmp_path / "quick")
    (tmp_path / "_rl_accel.py").write_text("raise ImportError", encoding="utf-8")
    plain = build_in(
        tmp_path / "plain", PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(tmp_path)])
    )
    assert quick == plain


def test_the_clock_changes_no_byte_once_locked(tmp_path: Path) -> None:
    """With a lock that fits, the outputs do not depend on when they are built."""
    first = build_in(tmp_path / "first")
    later = build_in(
        tmp_path / "later",
        tmp_path / "first" / "relations.lock",
        SOURCE_DATE_EPOCH=str(NOW + 10**8),
    )
    assert first == later


def test_nothing_of_the_machine_is_in_the_outputs(tmp_path: Path) -> None:
    """No output holds the folder it was built in."""
    folder = tmp_path / "a-very-special-folder"
    for name, data in build_in(folder).items():
        assert b"a-very-special-folder" not in data, name
