"""What a program is told -> JSON, which also a terminal may show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def as_json(document: Mapping[str, Any]) -> str:
    """Return JSON of plain ASCII: on a terminal, too, nothing in it is a command."""
    return json.dumps(document, indent=1).replace("\x7f", "\\u007f")
