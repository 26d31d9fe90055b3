"""ReportLab behind a fence: what the writer uses of it, with nothing of this machine in it.

ReportLab runs `reportlab_mods`, `~/.reportlab_settings` and the like, and obeys `RL_*` variables;
each can change the bytes of a page. All doors are closed before its first import.
"""

from __future__ import annotations

import os
import sys
import types

for _name in ("reportlab_mods", "reportlab_settings", "reportlab.local_rl_settings"):
    sys.modules.setdefault(_name, types.ModuleType(_name))
for _name in [name for name in os.environ if name.startswith("RL_")]:
    del os.environ[_name]

from reportlab import rl_config  # noqa: E402  (after the fence)

rl_config.invariant = 1
rl_config.useA85 = 0
rl_config.pageCompression = 1

from reportlab.lib.colors import Color, HexColor  # noqa: E402
from reportlab.lib.utils import TimeStamp  # noqa: E402
from reportlab.pdfbase import pdfdoc, pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

__all__ = ["Canvas", "Color", "HexColor", "TTFont", "TimeStamp", "pdfdoc", "pdfmetrics"]
