"""`python -m deckbuilder`, and the program itself."""

import os


def run() -> None:
    """Be the program; Ctrl-C ends it without a traceback from its first import on."""
    try:
        from deckbuilder.cli import run as run_commands

        run_commands()
    except KeyboardInterrupt:
        os._exit(130)


if __name__ == "__main__":
    run()
