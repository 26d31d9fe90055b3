"""Any text -> what may be shown on a terminal; needs nothing that takes time to load."""

from __future__ import annotations


def harmless(line: str) -> str:
    """Return a line that cannot drive a terminal or pass for two, whatever source it quotes."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
