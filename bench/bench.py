"""Times deckbuilder beside the least that its work can cost, and beside peers, in one run.

Every figure is the least of several runs, each in a process of its own, the runs of all figures
taken in turns: what slows the machine down for a while slows all of them. Trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import peers
import sources

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "speed.md"
SIZES, QUICK_SIZES = (100, 1_000, 10_000, 100_000), (100, 1_000)
MOST_BESIDE_PEERS = 10_000  # facts; some would take an hour for more
MOST_HANDOUTS, MOST_HANDOUTS_QUICK = 1_000, 100
HANDOUTS = ("quiz", "grid", "foldover", "cards", "labels", "match")
PATHOLOGICAL = 2_000  # facts, and then twice as many
NONE = "–"


def main() -> None:
    """Take all times, print the table; write it into the docs if asked to."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="small sources alone, once")
    asked.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    asked.add_argument("--most", type=int, default=SIZES[-1], help="no source of more facts")
    chosen = asked.parse_args()
    sizes = [n for n in (QUICK_SIZES if chosen.quick else SIZES) if n <= chosen.most]
    with tempfile.TemporaryDirectory() as folder:
        page = "\n".join(report(Path(folder), sizes, quick=chosen.quick)) + "\n"
    print(page)
    if chosen.write:
        PAGE.write_text(page, "utf-8")


def report(folder: Path, sizes: Sequence[int], *, quick: bool) -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# How fast it is"
    yield ""
    command = f"make bench ARGS='{' '.join(sys.argv[1:])}'"
    yield f"`{command}` wrote this page. Each figure is the least of several runs taken in turns."
    yield "Other work slows a machine down: trust the ratios, not the seconds."
    yield ""
    yield f"{machine()}; {', '.join(versions())}."
    files = {n: written(folder, f"bench-{n}", n) for n in sizes}
    yield from stages_table(files, quick=quick)
    yield from command_table(folder, files, quick=quick)
    yield from peers_table({n: f for n, f in files.items() if n <= MOST_BESIDE_PEERS}, quick=quick)
    if not quick:
        yield from pathological_table(folder)


def machine() -> str:
    """Return what kind of machine this is, and nothing by which it could be told from others."""
    return f"{os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}"


def versions() -> Iterator[str]:
    """Yield the names and versions of what is timed."""
    for name in ("genanki", "reportlab", "tomli", "anki", "typst", "fpdf2", "weasyprint"):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def written(folder: Path, stem: str, facts: int, strange: str = "") -> Path:
    """Write a source, of those of `sources.PATHOLOGICAL` if it is to be `strange`.

    Another process makes it: what this one has in memory would count as memory of those it begins.
    """
    file = folder / f"{stem}.toml"
    with file.open("wb") as out:
        command: list[str | Path] = [sys.executable, HERE / "sources.py", str(facts), strange]
        subprocess.run(command, stdout=out, check=True)
    return file


# ---------------------------------------------------------------------------- taking times


def told(*command: object, cwd: Path | None = None) -> Any:
    """Return what one of the programs here says, None if it cannot run."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    ended = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        check=False,
    )
    return json.loads(ended.stdout) if ended.returncode == 0 and ended.stdout else None


def costs(*command: object, cwd: Path) -> dict[str, float]:
    """Return how long a command takes, from outside, and the most memory one of its processes has.

    As an installed program it finds its modules compiled, whatever is set here.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-P", *map(str, command)],
        cwd=cwd,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    return {"seconds": perf_counter() - start, "megabytes": used.ru_maxrss / 1024}


def least(runs: int, *takes: Callable[[], Any]) -> list[Any]:
    """Take each several times, in turns, and return the least: of a number, or of each in one."""
    return least_of([(runs, take) for take in takes])


def least_of(takes: Sequence[tuple[int, Callable[[], Any]]]) -> list[Any]:
    """Do as `least`, each so many times."""
    found: list[Any] = [None] * len(takes)
    for turn in range(max(runs for runs, _ in takes)):
        for n, (runs, take) in enumerate(takes):
            if turn < runs:
                found[n] = _lesser(found[n], take())
    return found


def _lesser(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, dict):
        return {key: _lesser(value, other[key]) for key, value in one.items()}
    return min(one, other)


def runs_of(facts: int, quick: bool) -> int:
    """Return how often a source of a size is timed."""
    return 2 if quick else {100_000: 2}.get(facts, 5)


# ---------------------------------------------------------------------------- the tables


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table of Markdown under a heading."""
    yield from ("", f"## {title}", "")
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' + '---:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def stages_table(files: dict[int, Path], *, quick: bool) -> Iterator[str]:
    """Yield the time of each stage, for a fact, and what grows faster than its source."""
    most = MOST_HANDOUTS_QUICK if quick else MOST_HANDOUTS
    takes = [  # all sizes in turns, too: else what slows the machine for a while would be growth
        (runs_of(n, quick), partial(told, HERE / "stages.py", file, what))
        for n, file in files.items()
        for what in (",".join(HANDOUTS * (n <= most)), "floors")
    ]
    found = least_of(takes)
    taken = {
        n: {"seconds": own["seconds"] | floor["seconds"]}
        for n, own, floor in zip(files, found[::2], found[1::2], strict=True)
    }
    names = list(dict.fromkeys(name for one in taken.values() for name in one["seconds"]))
    rows = [
        [name]
        + [micros(one["seconds"].get(name), n) for n, one in taken.items()]
        + [growth(taken, name)]
        for name in names
    ]
    head = ["stage", *(f"{n:,} facts" for n in taken), "10 times the facts"]
    yield from table("Stages: microseconds for a fact", head, rows)
    yield ""
    for stage, floor in (("deck", "floor of the deck"), ("sheet", "floor of the sheet")):
        ratios = (f"{one['seconds'][stage] / one['seconds'][floor]:.2f}" for one in taken.values())
        yield f"The {stage} takes {', '.join(ratios)} times its floor."
    checks = (
        (one["seconds"]["check"] + one["seconds"]["lint"]) / one["seconds"]["TOML alone"]
        for one in taken.values()
    )
    shown = ", ".join(f"{check:.1f}" for check in checks)
    yield f"Check and lint take {shown} times the parsing of TOML alone."
    yield "The floor of the deck is bare SQLite and deflate of the same rows, that of the sheet the"
    yield "same words broken into lines and drawn on a bare canvas, without tags or a timeline."


def micros(taken: float | None, facts: int) -> str:
    """Return seconds as microseconds for a fact."""
    return NONE if taken is None else f"{taken / facts * 1e6:,.1f}"


def growth(taken: dict[int, Any], name: str) -> str:
    """Return by how much the time grew from each size to the next, from 1,000 facts on."""
    known = [
        one["seconds"][name] for n, one in taken.items() if n >= 1_000 and name in one["seconds"]
    ]
    grown = (f"× {after / before:.1f}" for before, after in pairwise(known))
    return ", ".join(grown) or NONE


def command_table(folder: Path, files: dict[int, Path], *, quick: bool) -> Iterator[str]:
    """Yield the time of whole commands, from outside."""
    program = ("-m", "deckbuilder")
    rows = []
    bare, listed = least(
        3 if quick else 15,
        partial(costs, "-c", "pass", cwd=folder),
        partial(costs, *program, "--help", cwd=folder),
    )

    def row(words: str, taken: dict[str, float], facts: int = 0) -> list[str]:
        own, held = taken["seconds"], taken["megabytes"]
        more = f"{(held - listed['megabytes']) * 1024 / facts:.1f}" if facts else NONE
        return [words, f"{own:.3f}", f"{own - bare['seconds']:.3f}", f"{held:,.0f}", more]

    rows.append(row("`--help`", listed))
    for n, file in files.items():
        for words, make in (
            (f"build of {n:,} facts", partial(fresh, folder, file)),
            ("the same, unchanged", partial(again, folder, file)),
            ("`check`", partial(costs, *program, "check", file.name, cwd=folder)),
            ("`fmt --check`", partial(costs, *program, "fmt", "--check", file.name, cwd=folder)),
        ):
            rows.append(row(words, least(runs_of(n, quick), make)[0], n))
    head = ["command", "all", "over `python -c pass`", "memory, MB", "KB a fact"]
    yield from table("Whole commands: seconds", head, rows)
    yield ""
    yield f"`python -c pass` takes {bare['seconds']:.3f}. Memory is that of the process that has"
    yield "most; for a fact, what it is above that of `--help`."


def fresh(folder: Path, file: Path) -> dict[str, float]:
    """Return what a first build costs."""
    file.with_suffix(".lock").unlink(missing_ok=True)
    (folder / "out" / f"{file.stem}.manifest.json").unlink(missing_ok=True)
    return again(folder, file)


def again(folder: Path, file: Path) -> dict[str, float]:
    """Return what a build costs."""
    return costs("-m", "deckbuilder", "build", file.name, "-o", "out", cwd=folder)


def peers_table(files: dict[int, Path], *, quick: bool) -> Iterator[str]:
    """Yield the time of each peer over that of our own stage for the same content."""
    rows = []
    names = [name for name in peers.PEERS if not (quick and name == "weasyprint")]
    for n, file in files.items():
        runs = min(2, runs_of(n, quick)) if n >= MOST_BESIDE_PEERS else runs_of(n, quick)
        takes = [partial(told, HERE / "stages.py", file, "")]
        takes += [partial(told, HERE / "peers.py", name, file) for name in names]
        own, *others = least(runs, *takes)
        for name, other in zip(names, others, strict=True):
            stage = "deck" if name in peers.OF_THE_DECK else "sheet"
            mine = own["seconds"][stage]
            beside = (NONE, NONE) if other is None else (f"{other:.3f}", f"× {other / mine:.1f}")
            rows.append([name, stage, f"{n:,}", f"{mine:.3f}", *beside])
    head = ["peer", "beside our", "facts", "we", "the peer", "peer / we"]
    yield from table("Beside peers: seconds", head, rows)
    yield ""
    yield "All set or pack the same words, in the same size; what they import is not timed. Ours alone"
    yield "has tags, a timeline, panels, checks and a lock."


def pathological_table(folder: Path) -> Iterator[str]:
    """Yield by how much each stage grows when a strange source becomes twice as long."""
    rows = []
    for name, (_, _, weight) in sources.PATHOLOGICAL.items():
        count = PATHOLOGICAL // weight
        taken = []
        for n in (count, 2 * count):
            file = written(folder, f"odd-{n}", n, name)
            taken.append(least(2, partial(told, HERE / "stages.py", file, ""))[0])
        one, two = (each["seconds"] for each in taken)
        worst = max((stage for stage in one if one[stage] > 0.02), key=lambda s: two[s] / one[s])
        whole = sum(two.values()) / sum(one.values())
        rows.append(
            [
                name,
                f"{2 * count:,}",
                f"{sum(two.values()):.2f}",
                f"× {whole:.2f}",
                f"{worst}, × {two[worst] / one[worst]:.2f}",
            ]
        )
    head = ["source", "facts", "seconds", "grows, twice as long,", "the stage that grows most"]
    yield from table("Strange sources", head, rows)


if __name__ == "__main__":
    main()
