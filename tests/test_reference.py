"""The reference pages say what the program knows; `DOCS=new` writes them anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from conftest import ROOT

from deckbuilder import schema
from deckbuilder.cli import cli
from deckbuilder.kinds import KINDS
from deckbuilder.schema import Key, Type
from deckbuilder.wheel import NAME

TYPES = {  # what an author writes for each type
    Type.TEXT: "text",
    Type.GAPPED: "text with `{{gaps}}`",
    Type.TEXTS: "list of texts",
    Type.ITEMS: 'list of texts, or `{ text = "…", n = 3 }`',
    Type.ROWS: "list of rows, each a list of texts",
    Type.PLAIN: "plain text",
    Type.NAME: "id",
    Type.NAMES: "list of ids",
    Type.TAGS: "list of tags",
    Type.FLAG: "`true` or `false`",
    Type.WHEN: "time",
    Type.CHOICE: "one of",
    Type.CHOICES: "some of",
    Type.OFFSET: "two numbers",
    Type.FILE: "file",
    Type.FILES: "list of files",
    Type.LANGUAGE: "language",
    Type.VERSION: "version",
    Type.ALLOWED: "list of `{rule, why}`",
}


def keys_page() -> Iterator[str]:
    """Yield the lines of the page about sources."""
    yield "# What a source may hold"
    yield ""
    yield "Every table and key, as the program reads them; **bold** is required."
    for name, table in schema.TABLES.items():
        brackets = f"[[{name}]]" if table.many else f"[{name}]"
        yield from ("", f"## `{brackets}`", "", table.doc, "")
        yield from rows(table.keys)
        if name == "topic":
            yield from ("", "## `[[topic.fact]]`", "", "A fact; which kind shows in its keys.", "")
            yield from rows(schema.FACT)
            for kind in KINDS:
                yield from ("", f"### {kind.name}", "")
                yield from rows(kind.keys)


def rows(keys: Sequence[Key]) -> Iterator[str]:
    yield from ("| key | value | what it is for |", "|---|---|---|")
    for key in keys:
        name = f"**`{key.name}`**" if key.required else f"`{key.name}`"
        choices = ", ".join(f"`{c}`" for c in key.choices)
        yield f"| {name} | {TYPES[key.type]}{f' {choices}' if choices else ''} | {key.doc} |"


CALLED = (
    "**How it is called**: [README](../README.md#two-commands) tells. A link to",
    "`.venv/bin/deckbuilder` in a folder of the `PATH`, as `~/bin`, lasts for good.",
    "",
    "**Completion**: with such a link, this line in `~/.bashrc` lets bash complete commands and",
    "options; `zsh_source` and `fish_source` do so for zsh and fish. Else type it once activated.",
    "",
    "```sh",
    'eval "$(_DECKBUILDER_COMPLETE=bash_source deckbuilder)"',
    "```",
)


ENDS = (
    "**How a run ends**: with 0 if all is well, 1 for problems in a source (or in a release:",
    "`simulate`, `verify`; or in its way: `release`, `pack`, `lock`), 2 for wrong use, which",
    "leaves no empty report in any `--format`, 3 for something around it (disk, rights), 128 and",
    "the number of the signal that ended it: 130 for Ctrl-C, 143 for `kill` and `timeout`, 129 for",
    "a terminal that is closed. Where nobody reads what is said (`2>&-`, `| head`), the work is",
    "done all the same. Where output is not UTF-8, a character that it lacks is said by its",
    r"number: `\u2013`.",
    "",
    "**What it works on**: without names, on every `source/*.toml` but hidden ones, as editors",
    "leave (`.#lakes.toml`). A file that cannot be read stops no work on other sources.",
    "",
    "**What a build leaves**: outputs appear all together or not at all, whatever fails or ends",
    "it; a source with a problem leaves its earlier ones as they were. Ctrl-C, `kill` and a",
    "closed terminal wait while they get their names; only `kill -9` or a power cut in that",
    "moment leaves some old and some new ones, each of them whole, and the next build mends that.",
    "`build` looks first whether all is as `STEM.manifest.json` has it: the files that were read,",
    "the options, the program and its libraries, the outputs. Then it makes nothing anew, and",
    "tells the same again. `SOURCE_DATE_EPOCH` replaces the clock.",
)


INSTALLED = (
    "**Elsewhere**: a new project keeps the program in `tool/`.",
    "`make dist` makes a wheel that pip installs into any environment of Python 3.11 or",
    "newer. Anki's own library, which `simulate` and `pack` try updates with, is its extra `anki`;",
    "all else works without. (On PyPI the name is another program's: always name the file.)",
    "",
    "```console",
    f"$ pip install dist/{NAME}",
    f"$ pip install 'dist/{NAME}[anki]'",
    "```",
)


def commands_page() -> Iterator[str]:
    """Yield the lines of the page about the command line."""
    yield "# The command line"
    yield ""
    yield "What `deckbuilder COMMAND --help` says, for all commands."
    for part in (CALLED, ENDS, INSTALLED):
        yield from ("", *part)
    group = click.Context(cli, info_name="deckbuilder", **cli.context_settings)
    for name, command in sorted(cli.commands.items()):
        context = click.Context(command, group, name, terminal_width=90)
        told = command.get_help(context).splitlines()
        yield from ("", f"## {name}", "", "```text", *told, "```")


PAGES = {"source.md": keys_page, "commands.md": commands_page}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_program_says(name: str) -> None:
    """No table, key, command or option is missing, and none is told that is not there."""
    page = ROOT / "docs" / name
    wanted = "\n".join(PAGES[name]()) + "\n"
    text = page.read_text("utf-8") if page.exists() else ""
    if os.environ.get("DOCS") == "new":
        page.write_text(wanted, "utf-8")
    assert text == wanted


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str) -> None:
    """Click has a completion for each of the shells that the page names."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made
    completed = made(cli, {}, "deckbuilder", "_DECKBUILDER_COMPLETE").get_completions([], "rel")
    assert [item.value for item in completed] == ["release"]


def test_bash_completes_what_is_typed(tmp_path: Path) -> None:
    """The line of the page, run by the real bash, offers a command, an option and a choice."""
    program = tmp_path / "deckbuilder"
    start = "import sys; sys.argv[0] = 'deckbuilder'; from deckbuilder.cli import main; main()"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n', "utf-8")
    program.chmod(0o755)
    (line,) = re.findall(r"^eval .*$", "\n".join(CALLED), re.MULTILINE)
    for typed, offered in {
        "deckbuilder rel": "release",
        "deckbuilder build --hand": "--handouts",
        "deckbuilder build --paper Let": "Letter",
    }.items():
        words = typed.split()
        script = (
            f"{line}; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1};"
            ' _deckbuilder_completion deckbuilder; echo "${COMPREPLY[@]}"'
        )
        path = f"{tmp_path}:{os.environ['PATH']}"
        made = subprocess.run(
            ["bash", "-c", script],
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout.split() == [offered], made.stderr
