"""What writes into a file -> the bytes that it writes."""

from __future__ import annotations

import io
from collections.abc import Callable


def filed(write: Callable[..., object], *arguments: object) -> bytes:
    """Return what is written into a file, which comes behind the other arguments."""
    out = io.BytesIO()
    write(*arguments, out)
    return out.getvalue()
