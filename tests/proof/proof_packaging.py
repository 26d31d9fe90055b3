"""The wheel and the sdist are the whole program, each in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from conftest import NOW, ROOT

LOCKED = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.txt")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what `make dist` makes."""
    folder = tmp_path_factory.mktemp("dist")
    build = (
        "import sys; from flit_core.buildapi import build_sdist, build_wheel;"
        "build_wheel(sys.argv[1]); build_sdist(sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True)
    return folder


def deckbuilder(program: str, *arguments: str, cwd: Path) -> str:
    """Run a deckbuilder that knows nothing of this checkout."""
    surroundings = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(NOW), "HOME": str(cwd)}
    ended = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What this checkout builds of a new project."""
    folder = tmp_path_factory.mktemp("here")
    return project(str(Path(sys.executable).with_name("deckbuilder")), folder)


def project(program: str, folder: Path) -> dict[str, bytes]:
    """Begin a project, build it and return all its files."""
    deckbuilder(program, "new", "bees", cwd=folder)
    deckbuilder(program, "check", "--strict", cwd=folder / "bees")
    deckbuilder(program, "build", cwd=folder / "bees")
    assert "unknown-key" in deckbuilder(program, "explain", cwd=folder)
    files = (file for file in (folder / "bees").rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("form", ["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
def test_it_runs_from_an_empty_environment(
    form: str, made: Path, tmp_path: Path, expected: dict[str, bytes]
) -> None:
    """Installed with the locked dependencies, it makes the same bytes as this checkout."""
    (file,) = made.glob(form)
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-qq", "--no-input"]
    subprocess.run([*pip, *LOCKED], check=True)
    subprocess.run([*pip, "--no-deps", str(file)], check=True)
    program = home / "bin" / "deckbuilder"
    assert project(str(program), tmp_path) == expected
    where = [str(home / "bin" / "python"), "-c", "import deckbuilder; print(deckbuilder.__file__)"]
    assert str(home) in subprocess.run(where, capture_output=True, text=True, check=True).stdout
