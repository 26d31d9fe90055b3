"""ReportLab behind a fence: what the writer uses of it, with nothing of this machine in it.

ReportLab runs `reportlab_mods`, `~/.reportlab_settings` and the like, and obeys `RL_*` variables;
each can change the bytes of a page. All doors are closed before its first import.

It also imports Pillow, which it needs for pictures, and others for what we never ask of it: they
took a quarter of the time that print takes to load.
"""

from __future__ import annotations

import os
import re
import sys
import types
from functools import cache

from deckbuilder.later import loaded_later

for _name in ("reportlab_mods", "reportlab_settings", "reportlab.local_rl_settings"):
    sys.modules.setdefault(_name, types.ModuleType(_name))
for _name in [name for name in os.environ if name.startswith("RL_")]:
    del os.environ[_name]

with loaded_later("PIL.Image", "tempfile", "textwrap"):
    from reportlab import rl_config

rl_config.invariant = 1
rl_config.useA85 = 0
rl_config.pageCompression = 1

from reportlab.lib.colors import Color, HexColor  # noqa: E402
from reportlab.lib.rl_accel import escapePDF, fp_str  # noqa: E402
from reportlab.lib.utils import ImageReader, TimeStamp  # noqa: E402
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

__all__ = [
    "Canvas",
    "Color",
    "HexColor",
    "ImageReader",
    "TTFont",
    "TimeStamp",
    "escapePDF",
    "fp_str",
    "pdfdoc",
    "pdfmetrics",
    "ttfonts",
]

_to_unicode = ttfonts.makeToUnicodeCMap


def _in_utf16(font: str, subset: list[int]) -> str:
    """Return the table by which readers get a font's characters back, those beyond U+FFFF, too.

    ReportLab 5.1 writes their numbers; ISO 32000-1, 9.10.3, wants UTF-16.
    """
    wide = re.compile("<([0-9A-F]{5,6})>")
    return wide.sub(
        lambda code: f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>",
        _to_unicode(font, subset),
    )


_in_pdfdoc = pdfdoc.pdfdocEnc


def _encoded(text: str | bytes) -> bytes:
    """Return text as a file has it; what is plain, as nearly all is, without ReportLab's codec.

    The widths of six fonts alone are 1,500 numbers: each took 5 times as long.
    """
    if isinstance(text, str) and text.isascii() and text.isprintable():
        return text.encode("ascii")
    encoded: bytes = _in_pdfdoc(text)
    return encoded


ttfonts.makeToUnicodeCMap = _in_utf16
pdfdoc.pdfdocEnc = _encoded
# which looks at each letter of a name: a page has 30, and a document few that differ
pdfdoc.PDFName = cache(pdfdoc.PDFName)
