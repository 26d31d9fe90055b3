"""What runs at GitHub is what runs here: make's targets. `make lint` sees to the rest.

So it is with the workflows that a new project gets.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

TEMPLATE = ROOT / "src" / "deckbuilder" / "template"
HOMES = {"": ROOT / ".github" / "workflows", "new ": TEMPLATE}  # where workflows are
MAKEFILES = {"": ROOT / "Makefile", "new ": TEMPLATE / "Makefile"}
TARGETS = {
    home: {*re.findall(r"^([a-z]+):", file.read_text("utf-8"), re.MULTILINE)}
    for home, file in MAKEFILES.items()
}


def jobs(workflow: Path) -> dict[str, str]:
    """Return the text of each job by its name."""
    text = workflow.read_text("utf-8").partition("\njobs:\n")[2]
    parts = re.split(r"^  ([\w-]+):.*\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


JOBS = {
    f"{home}{file.stem} {name}": text
    for home, folder in HOMES.items()
    for file in sorted(folder.glob("*.yml"))
    for name, text in jobs(file).items()
}


@pytest.mark.parametrize("job", JOBS)
def test_jobs_that_have_the_code_write_nothing(job: str) -> None:
    """Where the code is checked out, only make's targets run, with no right to write."""
    text = JOBS[job]
    runs = re.findall(r"run: (.*)", text)
    targets = TARGETS["new " if job.startswith("new ") else ""]
    if "actions/checkout@" in text:
        assert runs
        assert all(run.split()[0] == "make" and {*run.split()[1:]} <= targets for run in runs)
        assert "write" not in re.findall(r"permissions:\n((?: {6}.*\n)+)", text)[0]
    else:
        assert not any("make" in run or "python" in run for run in runs)


@pytest.mark.parametrize(
    ("workflow", "target"), [("release", "release"), ("tool", "dist"), ("new release", "release")]
)
def test_a_release_is_made_by_two_jobs(workflow: str, target: str) -> None:
    """One job builds, another publishes what it built."""
    build, publish = JOBS[f"{workflow} build"], JOBS[f"{workflow} publish"]
    assert f"run: make {target}\n" in build
    assert "gh release create" in publish
    assert "needs: build\n" in publish


RELEASING = [
    pytest.param(file, id=f"{home}{file.stem}")
    for home, folder in HOMES.items()
    for file in sorted(folder.glob("*.yml"))
    if re.search(r"^    tags: ", file.read_text("utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("workflow", RELEASING)
def test_no_tag_costs_another_its_release(workflow: Path) -> None:
    """Of what waits in one group GitHub keeps the last alone: each tag has a group of its own.

    So no tag is built twice at once, and a run that has begun is not cut off.
    """
    assert len(RELEASING) >= 3
    text = workflow.read_text("utf-8")
    group, cut = re.findall(
        r"^concurrency:.*\n  group: (.+)\n  cancel-in-progress: (.+)$", text, re.MULTILINE
    )[0]
    assert group == f"{workflow.stem}-${{{{ github.ref }}}}"
    assert cut == "false"


@pytest.mark.parametrize("makefile", [ROOT / "Makefile", TEMPLATE / "Makefile"], ids=["own", "new"])
@pytest.mark.parametrize(("flag", "jobs"), [("-j3", " --jobs 3"), ("-kj 4", " --jobs 4"), ("", "")])
def test_make_builds_as_many_sources_at_once_as_it_is_told(
    makefile: Path, flag: str, jobs: str, tmp_path: Path
) -> None:
    """`make -j3` is `deckbuilder build --jobs 3`."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.toml").touch()
    command = ["make", "-n", *flag.split(), "-f", str(makefile), "build", "READY="]
    surroundings = {
        k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS", "ARGS"))
    }
    shown = subprocess.run(
        command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True
    ).stdout
    assert re.search(rf"deckbuilder build{jobs}\b(?! --)", re.sub(" +", " ", shown)), shown
