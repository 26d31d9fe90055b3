"""Drawings that were checked -> their pixels, made by processes that can be stopped.

A process draws several, for its start costs time, and some draw side by side. One that is stopped,
or ends at a fault, takes none but its own along: what it had not done is drawn alone, and so each
drawing is refused for its own sake only.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import as_file, files

from deckbuilder.media import draw
from deckbuilder.media.medium import UnusableError
from deckbuilder.processes import together

Drawing = tuple[bytes, tuple[int, int]]  # its text, and how many pixels it gets: wide, tall
MOST_TIME = 20  # seconds that a drawing may take, or all of a process
MOST_PROCESSES = 4  # side by side: each may take much memory
MOST_AT_ONCE = 8  # drawings of a process: its start is a small part of that, and a fault costs few
FONTS = "font_source_sans_pro"
FACES = ("Regular", "Bold", "It", "BoldIt")
FAMILY = "Source Sans Pro"
GENERIC = ("serif", "sans_serif", "monospace", "cursive", "fantasy")

_drawn: dict[Drawing, bytes] = {}


def rasterised(data: bytes, size: tuple[int, int]) -> bytes:
    """Return a checked drawing as a PNG. Its letters are set in the sheet's own font.

    Raises:
        UnusableError: it cannot be drawn.
    """
    drawing = data, size
    if drawing not in _drawn:
        made, fault = _made([drawing])
        if fault:
            raise UnusableError(fault)
        _drawn[drawing] = made[drawing]
    return _drawn[drawing]


def draw_all(drawings: Iterable[Drawing], processes: int) -> None:
    """Draw checked drawings before `rasterised` is asked for each; it tells what cannot be drawn.

    `processes`: how many may draw at the same time.
    """
    processes = min(processes, MOST_PROCESSES)
    new = [drawing for drawing in dict.fromkeys(drawings) if drawing not in _drawn]
    each = min(MOST_AT_ONCE, -(-len(new) // processes))
    batches = (new[at : at + each] for at in range(0, len(new), each or 1))
    for made, _ in together([partial(_made, batch) for batch in batches], processes):
        _drawn.update(made)


def _made(drawings: Sequence[Drawing]) -> tuple[dict[Drawing, bytes], str]:
    """Return the PNGs that a process makes of drawings, and what ended it too early, if any did."""
    given = [
        {"svg_string": data.decode("utf-8-sig"), "width": wide, "height": tall}
        for data, (wide, tall) in drawings
    ]
    with as_file(files(FONTS).joinpath("files")) as folder:
        options = {
            "dpi": 96,  # what centimetres mean
            "skip_system_fonts": True,  # they differ from machine to machine
            "font_files": [str(folder / f"SourceSansPro-{face}.ttf") for face in FACES],
            "font_family": FAMILY,
            **{f"{generic}_family": FAMILY for generic in GENERIC},
        }
        command = [sys.executable, "-P", draw.__file__, json.dumps(options)]
        text = json.dumps(given).encode()
        try:
            ended = subprocess.run(
                command, input=text, capture_output=True, timeout=MOST_TIME, check=False
            )
            out, fault = ended.stdout, "cannot be drawn" if ended.returncode else ""
        except subprocess.TimeoutExpired as error:
            out, fault = error.output or b"", f"takes more than {MOST_TIME} seconds to draw"
    return dict(zip(drawings, _parted(out), strict=False)), fault


def _parted(out: bytes) -> Iterator[bytes]:
    """Yield what a process wrote, each whole PNG; the last may have been cut."""
    at = 0
    while at + draw.LENGTH <= len(out):
        start = at + draw.LENGTH
        at = start + int.from_bytes(out[at:start], "big")
        if at <= len(out):
            yield out[start:at]
