"""An independent judge, veraPDF, on what sheets and handouts claim to be; `make proof` runs it.

Every file is PDF/UA-1 and PDF/A-3a, whatever its source holds; and files that break one rule each
show that the judge would tell.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nasty
import pikepdf
import pytest
import verapdf
from conftest import NOW, ROOT
from PIL import Image

from deckbuilder.build import build
from deckbuilder.schema import HANDOUTS

HERE = Path(__file__).parent
FLAVOURS = {"ua1": 106, "3a": 155}  # and how many rules each has
TORTURE = (HERE / "torture.toml").read_text(encoding="utf-8")


def characters() -> str:
    """Return a source with every character that print takes: plain, bold, slanted, code, serif."""
    rows = [nasty.printable()[n : n + 40] for n in range(0, len(nasty.printable()), 40)]
    source = nasty.Source(
        deck={"id": "x", "title": "X", "anki": "X", "version": "0.0.1", "language": "en"}
        | {"recap": "x", "hook": " ".join(rows)},
        topics={"t": {"title": "T"}},
        facts=[
            nasty.Fact(
                f"f{n}",
                "t",
                {"question": row, "answer": f"**{row}**", "extra": f"*{row}*", "cite": f"`{row}`"},
            )
            for n, row in enumerate(rows)
        ],
    )
    return source.toml().decode()


def endless_link() -> str:
    """Return a source with a link that goes on over several pages of large print."""
    words = " ".join(f"word{n}" for n in range(1100))
    return (
        '[deck]\nid = "x"\ntitle = "X"\nanki = "X"\nversion = "0.0.1"\nlanguage = "de"\n'
        '[[topic]]\nid = "t"\ntitle = "T"\n[[topic.fact]]\nid = "f"\nquestion = "?"\n'
        f'answer = "[{words}](https://example.org/)"\n[print]\nprofile = "large"\n'
    )


PICTURES = {
    "clear.png": "RGBA",
    "half.webp": "RGBA",
    "few.png": "P",
    "black.png": "1",
    "photo.jpg": "RGB",
    "grey.jpg": "L",
    "ink.jpg": "CMYK",
    "old.gif": "P",
}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><defs><linearGradient id="g">'
    '<stop offset="0" stop-color="red" stop-opacity=".2"/></linearGradient></defs>'
    '<rect width="60" height="20" fill="url(#g)"/><text y="28">Å</text></svg>'
)


def pictures() -> str:
    """Return a source with a picture of every kind, some of them twice, over several pages."""
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\ncloze = "A {{{{picture}}}}."\nimage = "{name}"\n'
        f'alt = "What is “to be seen” & heard: \\u0160"\ncredit = "[A. Smith](https://e.org)"\n'
        for n, name in enumerate([*PICTURES, "drawing.svg"] * 2)
    )
    return f'{TORTURE.partition("[[topic")[0]}[[topic]]\nid = "t"\ntitle = "T"\n{facts}'


def paint(folder: Path) -> None:
    """Make the pictures of the source."""
    for name, mode in PICTURES.items():
        seen = Image.radial_gradient("L").resize((900, 700))
        image = Image.merge("RGBA", [seen, seen.rotate(90), seen.rotate(180), seen])
        made = image if mode == "RGBA" else image.convert("RGB").convert(mode)
        made.save(folder / name)
    (folder / "drawing.svg").write_text(DRAWING, encoding="utf-8")


SOURCES: dict[str, Callable[[], str]] = {
    "relations": lambda: (ROOT / "source" / "relations.toml").read_text(encoding="utf-8"),
    "torture": lambda: TORTURE,
    "large": lambda: f'{TORTURE}\n[print]\nprofile = "large"\npaper = "Letter"\nink = "low"\n',
    "clear": lambda: f'{TORTURE}\n[print]\nprofile = "clear"\npaper = "A5"\n',
    "characters": characters,
    "endless-link": endless_link,
    "odd-name": lambda: TORTURE,
    "pictures": pictures,
}
PAPERS = (*SOURCES, *(f"relations-{name}" for name in HANDOUTS))
FILES = {"odd-name": "Źródło (Ж) & \\more"}  # the source's name is printed and attached


@dataclass(frozen=True, slots=True)
class Control:
    """How relations.pdf is broken, byte for byte in place, and the rules that this breaks."""

    flavour: str
    was: bytes
    now: bytes
    rules: str


CONTROLS = {
    "figure-without-words": Control("ua1", b"/Alt ", b"/Alx ", "7.3-1"),
    "heading-left-out": Control("ua1", b"/S /H2", b"/S /H3", "7.4.2-1"),
    "no-claim-to-ua": Control("ua1", b"pdfuaid:part", b"pdfuaid:fart", "5-2"),
    "title-not-shown": Control("ua1", b"/DisplayDocTitle true", b"/DisplayDocTitle null", "7.1-10"),
    "no-claim-to-a": Control("3a", b"<pdfaid:part>3", b"<pdfaid:part>1", "6.6.4-2"),
    "data-without-end": Control("3a", b"\nendstream", b" endstream", "6.1.7.1-1 6.1.7.1-2"),
    "colours-undefined": Control("3a", b"/OutputIntents", b"/OutputIntentz", "6.2.4.3-2"),
    "source-for-what": Control("3a", b"/AFRelationship", b"/AFRelationshiq", "6.8-3"),
    "source-of-what-type": Control("3a", b"/Subtype /application#2Ftoml", b"", "6.8-1"),
    "not-structured": Control("3a", b"/Marked true", b"/Marked null", "6.7.2.2-1"),
}


def unpacked(file: Path) -> bytes:
    """Return a PDF with its structure in the open, each element an object of its own."""
    out = io.BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every PDF: those that have to be right, and those that have to be wrong."""
    folder = tmp_path_factory.mktemp("proof")
    shutil.copy(ROOT / "source" / "relations.lock", folder)
    paint(folder)
    for name, source in SOURCES.items():
        file = folder / f"{FILES.get(name, name)}.toml"
        file.write_text(source(), encoding="utf-8")
        built = build(file, folder, NOW)
        assert built.files, built.problems
        file.with_suffix(".pdf").rename(folder / f"{name}.pdf")  # Java may see ASCII names only
    packed, plain = (folder / "relations.pdf").read_bytes(), unpacked(folder / "relations.pdf")
    for name, control in CONTROLS.items():
        good = packed if control.was in packed else plain
        assert control.was in good, name
        now = control.now.ljust(len(control.was))  # no offset in the file may move
        (folder / f"{name}.pdf").write_bytes(good.replace(control.was, now))
    return folder


@pytest.fixture(scope="module")
def verdicts(folder: Path) -> dict[tuple[str, str], verapdf.Verdict]:
    """What veraPDF says about each file and flavour."""
    files = [folder / f"{name}.pdf" for name in (*PAPERS, *CONTROLS)]
    try:
        judged = verapdf.judge(files, list(FLAVOURS))
    except verapdf.NotReadyError as error:
        pytest.fail(str(error), pytrace=False)
    return {(verdict.file.stem, verdict.flavour): verdict for verdict in judged}


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", PAPERS)
def test_no_rule_is_broken(
    name: str, flavour: str, verdicts: dict[tuple[str, str], verapdf.Verdict]
) -> None:
    """Every sheet and handout breaks no rule of PDF/UA-1 and none of PDF/A-3a."""
    verdict = verdicts[name, flavour]
    assert verdict.broken == {}
    assert verdict.rules == FLAVOURS[flavour]
    assert verdict.checks > verdict.rules


@pytest.mark.parametrize("name", CONTROLS)
def test_a_broken_file_is_told(name: str, verdicts: dict[tuple[str, str], verapdf.Verdict]) -> None:
    """A file with one thing wrong breaks the rules about that thing, and no other."""
    control = CONTROLS[name]
    assert sorted(verdicts[name, control.flavour].broken) == control.rules.split()
