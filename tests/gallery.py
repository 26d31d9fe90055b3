"""The first source -> the pictures in README: a fact with its card and sheet, and some handouts.

The card is what the real Anki library renders, sheet and handouts what the build writes; a headless
Chromium takes the first picture. Run by `make gallery`; the result is looked at, and committed.
"""

from __future__ import annotations

import base64
import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from PIL import Image

from deckbuilder.build import build
from deckbuilder.request import Request

ROOT = Path(__file__).parents[1]
FACT, TOPIC = "rapallo-reparations", "rapallo"
OUT = ROOT / ".github" / "overview.png"
HANDOUTS, HANDOUTS_OUT = ("quiz", "cards", "organiser"), ROOT / ".github" / "handouts.png"
WIDE, TALL, APART, EDGE = (
    470,
    560,
    24,
    (207, 214, 219),
)  # pixels: a page's upper part, what is between
SIZE = (1480, 880)
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 26px; display: flex; gap: 34px; background: #fff; }}
h2 {{ font: 600 17px "DejaVu Sans", sans-serif; color: #12425c; margin: 0 0 12px; }}
pre {{ width: 380px; box-sizing: border-box; background: #f4f6f8; border-left: 4px solid #12425c;
  padding: 16px 18px; font: 14px/1.6 "DejaVu Sans Mono", monospace; margin: 0;
  white-space: pre-wrap; }}
iframe {{ border: 1px solid #cfd6db; border-radius: 14px; width: 330px; height: 320px;
  display: block; margin-bottom: 18px; }}
img {{ border: 1px solid #cfd6db; box-shadow: 0 3px 14px #0002; width: 540px; height: 764px;
  object-fit: cover; object-position: top; }}
.arrow {{ font: 30px sans-serif; color: #a23e17; align-self: center; }}
</style>
<div><h2>The source</h2><pre>{source}</pre></div><div class="arrow">→</div>
<div><h2>The card</h2>{cards}</div><div class="arrow">→</div>
<div><h2>The sheet</h2><img src="data:image/png;base64,{sheet}"></div>
"""


def fact() -> str:
    """Return the topic and the fact as the source has them."""
    text = (ROOT / "source" / "relations.toml").read_text(encoding="utf-8")
    tables = re.findall(r"^\[\[topic(?:\.fact)?\]\]\n(?:.+\n)+", text, re.MULTILINE)
    own = re.compile(rf'^id += "({FACT}|{TOPIC})"$', re.MULTILINE)
    chosen = [table for table in tables if own.search(table)]
    return html.escape("\n".join(chosen))


def cards(package: Path, folder: Path) -> str:
    """Return the card's question and answer as frames, as Anki renders them."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        )
        (card,) = collection.find_cards(f"Id:{FACT}")
        shown = collection.get_card(card).render_output()
    finally:
        collection.close()
    sides = [
        f'<style>{shown.css}</style><body class="card">{side}'
        for side in (shown.question_text, shown.answer_text)
    ]
    return "".join(f'<iframe srcdoc="{html.escape(side)}"></iframe>' for side in sides)


def sheet(pdf: Path) -> str:
    """Return the first page as a picture, in base 64."""
    out = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def handouts(folder: Path) -> Image.Image:
    """Return the upper parts of some handouts' first pages, side by side."""
    pages = []
    for name in HANDOUTS:
        page = pypdfium2.PdfDocument(folder / f"relations-{name}.pdf")[0]
        shown = page.render(scale=2 * WIDE / page.get_width()).to_pil()
        pages.append(
            shown.resize((WIDE, shown.height * WIDE // shown.width)).crop((0, 0, WIDE, TALL))
        )
    out = Image.new("RGB", (len(pages) * (WIDE + APART) - APART + 2, TALL + 2), "white")
    for n, page in enumerate(pages):
        left = n * (WIDE + APART)
        out.paste(EDGE, (left, 0, left + WIDE + 2, TALL + 2))
        out.paste(page, (left + 1, 1))
    return out.quantize(64)


def main() -> None:
    """Take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("make gallery needs Chromium. On Debian and Ubuntu: apt install chromium")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "source", folder / "source")
        source = folder / "source" / "relations.toml"
        build(source, folder / "out", 1, Request(frozen=True, printing={"handouts": HANDOUTS}))
        handouts(folder / "out").save(HANDOUTS_OUT, optimize=True)
        page = PAGE.format(
            source=fact(),
            cards=cards(folder / "out" / "relations.apkg", folder),
            sheet=sheet(folder / "out" / "relations.pdf"),
        )
        (folder / "page.html").write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += [f"--user-data-dir={folder / 'profile'}", "--disable-background-networking"]
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        shot = folder / "shot.png"
        command = [chromium, *options, size, f"--screenshot={shot}", f"file://{folder}/page.html"]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(shot) as picture:
            picture.convert("RGB").save(OUT, optimize=True)


if __name__ == "__main__":
    main()
