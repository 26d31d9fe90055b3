"""`python -m deckbuilder`, and the program itself."""

import io
import os
import sys

from deckbuilder.endings import leave_when_asked


def run() -> None:
    """Be the program; what ends it does so without a traceback from its first import on."""
    try:
        leave_when_asked()
        _open_what_is_closed()
        _escape_what_is_foreign()
        from deckbuilder.cli import run as run_commands

        run_commands()
    except KeyboardInterrupt:
        os._exit(130)


def _open_what_is_closed() -> None:
    """Let what is said into a closed stream go nowhere: no file of ours may take its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _escape_what_is_foreign() -> None:
    """Let a character that the encoding of a stream lacks be said by its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    run()
