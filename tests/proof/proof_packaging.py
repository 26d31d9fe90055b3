"""Wheel and sdist are the whole program on each Python, and a project it begins lives by itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOW, ROOT

LOCKED = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.txt")]
SUPPORTED = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
ASK = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"


def pythons() -> dict[str, str]:
    """Return the Pythons of this machine that deckbuilder supports, this one for its own series."""
    found = {}
    homes = sorted(map(str, Path.home().glob(".pyenv/versions/3.*/bin/python")))
    for program in [*homes, *(f"python{name}" for name in SUPPORTED), sys.executable]:
        if where := shutil.which(program):
            asked = subprocess.run([where, "-c", ASK], capture_output=True, text=True, check=False)
            if asked.returncode == 0:
                series, own = asked.stdout.split(maxsplit=1)
                found[series] = own.strip()
    return {series: found[series] for series in SUPPORTED if series in found}


PYTHONS = pythons()


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


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that knows nothing of this checkout."""
    kept = {name: os.environ[name] for name in os.environ if name.startswith("PIP_")}
    ended = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, "PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(NOW), "HOME": str(cwd)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def project(program: Path, folder: Path) -> dict[str, bytes]:
    """Begin a project, build it and return all its files.

    The manifest comes without its record, which names the Python and the libraries of the build.
    """
    run(program, "new", "bees", cwd=folder)
    run(program, "check", "--strict", cwd=folder / "bees")
    run(program, "build", cwd=folder / "bees")
    assert "unknown-key" in run(program, "explain", cwd=folder)
    files = (file for file in (folder / "bees").rglob("*") if file.is_file())
    made = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    name = "bees/build/bees.manifest.json"
    manifest = json.loads(made[name])
    del manifest["record"]
    return made | {name: json.dumps(manifest).encode()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What this checkout builds of a new project."""
    return project(Path(sys.executable).with_name("deckbuilder"), tmp_path_factory.mktemp("here"))


def installed(python: str, file: Path, home: Path) -> Path:
    """Install a distribution with the locked dependencies; return its folder of programs."""
    subprocess.run([python, "-m", "venv", str(home)], check=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-qq", "--no-input"]
    subprocess.run([*pip, *LOCKED], check=True)
    subprocess.run([*pip, "--no-deps", str(file)], check=True)
    return home / "bin"


def test_every_supported_python_is_tried() -> None:
    """At a desk those that are there will do; in CI, where a skipped test fails, all of them."""
    missing = [series for series in SUPPORTED if series not in PYTHONS]
    if missing:
        pytest.skip(f"not here: Python {', '.join(missing)}")


@pytest.mark.parametrize("form", ["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
@pytest.mark.parametrize("series", PYTHONS)
def test_it_runs_from_an_empty_environment(
    series: str, form: str, made: Path, tmp_path: Path, expected: dict[str, bytes]
) -> None:
    """Installed with the locked dependencies, it makes the same bytes as this checkout."""
    (file,) = made.glob(form)
    programs = installed(PYTHONS[series], file, tmp_path / "venv")
    where = "import deckbuilder, sys; print(sys.version, deckbuilder.__file__)"
    said = run(programs / "python", "-c", where, cwd=tmp_path)
    assert said.startswith(f"{series}.")
    assert str(tmp_path / "venv") in said
    assert project(programs / "deckbuilder", tmp_path) == expected


def test_a_new_project_lives_by_itself(made: Path, tmp_path: Path) -> None:
    """Begun by an installed wheel, it installs, builds, tests and releases itself, twice.

    Nothing of this checkout is used, and the wheel that it keeps begins the same project again.
    """
    (file,) = made.glob("*.whl")
    series, python = next(iter(PYTHONS.items()))
    run(installed(python, file, tmp_path / "venv") / "deckbuilder", "new", "bees", cwd=tmp_path)
    shutil.rmtree(tmp_path / "venv")
    bees = tmp_path / "bees"
    make = ["make", f"PYTHON={python}"]
    assert "build/bees.apkg" in run(*make, cwd=bees)
    assert "source/bees.toml: fine" in run(*make, "test", cwd=bees)
    assert "bees-quiz.pdf" in run(*make, "handouts", cwd=bees)
    own = bees / ".venv" / "bin" / "deckbuilder"
    run("git", "init", "-q", "-b", "main", cwd=bees)
    run("git", "config", "user.name", "A", cwd=bees)
    run("git", "config", "user.email", "a@example.org", cwd=bees)
    for version, fact in (("0.1.0", "glands"), ("0.1.1", "tiny glands")):
        source = bees / "source" / "bees.toml"
        source.write_text(source.read_text("utf-8").replace("glands", fact), "utf-8")
        run(*make, cwd=bees)
        run("git", "add", "--all", cwd=bees)
        run("git", "commit", "-q", "-m", "Work", cwd=bees)
        run(own, "release", cwd=bees)
        run(*make, "FROZEN=yes", cwd=bees)
        run(*make, "release", cwd=bees)
        assert (bees / "build" / "release" / f"bees-hdvxb-{version}.apkg").exists()
        run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=bees / "build" / "release")
    run(own, "new", "again/bees", cwd=tmp_path)
    tools = [f.read_bytes() for f in sorted(tmp_path.glob("**/bees/tool/*.whl"))]
    assert len(tools) == 2
    assert tools[0] == tools[1], series
