"""The text of an SVG on standard input -> a PNG on standard output. Run as a process of its own.

How long a drawing takes, and how much memory, cannot be told from its text, and the library that
draws it cannot be stopped: a process can.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

MOST_MEMORY = 2**31  # bytes


def main() -> None:
    """Draw with the options that are the first argument, as JSON; end with 1 if that fails."""
    import resvg_py

    with suppress(ImportError, OSError, ValueError):  # not every system lets itself be limited
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    text = sys.stdin.buffer.read().decode("utf-8-sig")
    try:
        png = resvg_py.svg_to_bytes(svg_string=text, **json.loads(sys.argv[1]))
    except ValueError:
        sys.exit(1)
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
