"""SVGs, a list as JSON on standard input -> their PNGs on standard output. A process of its own.

How long a drawing takes, and how much memory, cannot be told from its text, and the library that
draws it cannot be stopped: a process can.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

MOST_MEMORY = 2**31  # bytes
# seconds of a processor: its end where who began it is no more, and stops it no more
MOST_WORK = 60
LENGTH = 8  # bytes before each PNG, that say how long it is


def main() -> None:
    """Draw with the options that are the first argument, as JSON; end with 1 if that fails.

    Each drawing adds its own to them. Its PNG goes out before the next is begun: whoever stops the
    process has those that were done.
    """
    import resvg_py

    with suppress(ImportError, OSError, ValueError):  # not every system lets itself be limited
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK))
    options = json.loads(sys.argv[1])
    for drawing in json.load(sys.stdin.buffer):
        try:
            png = resvg_py.svg_to_bytes(**drawing, **options)
        except ValueError:
            sys.exit(1)
        sys.stdout.buffer.write(len(png).to_bytes(LENGTH, "big") + png)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
