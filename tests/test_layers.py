"""Who may import whom. The order is the road of DESIGN 4; a breach shows here by its two names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "src" / "deckbuilder"
# bottom to top: a module imports from lower lines, and from its own folder
LAYERS = (
    ("endings", "opened", "own", "manifests"),
    ("slots", "files", "digests", "processes", "wheel", "later"),
    ("problems", "phrases", "briefly", "schema", "versions", "clock"),
    ("text", "when", "toml", "lock", "formulas"),
    ("media", "content", "reports"),
    ("values", "model"),
    ("cards",),
    ("rule", "context", "style", "rows", "choice", "stamp"),
    ("check_anki", "check_ids", "check_media", "request"),
    ("kinds", "check", "refusals", "lint", "assets", "writers.apkg", "writers.pdf"),
    ("strays", "facts", "numbering"),
    ("read", "updates", "editor"),
    ("record", "outputs", "ids", "brought"),
    ("claims", "drawable"),
    ("examine",),
    ("build", "fmt", "show", "stats", "scaffold", "releases"),
    ("explain", "publishing"),
    ("cli",),
)
# a library, and the one module, or folder, that knows it
KNOWN_TO = {
    "click": "cli",
    "tomli": "toml.load",
    "wcwidth": "reports.cells",
    "markdown_it": "text.markdown",
    "tinycss2": "style",
    "genanki": "writers.apkg.package",
    "reportlab": "writers.pdf.rl",
    "pymupdf_fonts": "writers.pdf.fonts",
    "anki": "releases.learner",
    "pypdf": "releases.pdf",
    "PIL": "media.raster",
    "defusedxml": "media.vector",
    "resvg_py": "media.draw",
    "deflate": "writers.pdf.assembly",
    "ziamath": "writers.pdf.formulas.library",
}


def named(path: Path) -> str:
    """Return the name of a module of ours, as it stands in the layers."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


MODULES = {
    named(path): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if named(path) not in ("__init__", "__main__")
}


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(module: str) -> tuple[int, str]:
    """Return how high a module of ours stands, and the folder it belongs to."""
    for height, names in enumerate(LAYERS):
        for name in names:
            if module == name or module.startswith(f"{name}."):
                return height, name
    raise AssertionError(f"{module} has no layer: give it one")


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    """A module imports only what stands below it, or in its own folder."""
    if module == "writers":
        return
    own, folder = layer(module)
    for name in imported(MODULES[module]):
        if name.startswith("deckbuilder.") and name.removeprefix("deckbuilder.") in MODULES:
            other = name.removeprefix("deckbuilder.")
            if other == "writers":
                continue
            height, home = layer(other)
            assert height < own or home == folder, f"{module} imports {other}"


@pytest.mark.parametrize("library", KNOWN_TO)
def test_each_library_is_known_to_one_module(library: str) -> None:
    """What a library is good for is decided in one place."""
    users = {
        module
        for module, path in MODULES.items()
        if any(name == library or name.startswith(f"{library}.") for name in imported(path))
    }
    home = KNOWN_TO[library]
    assert users
    assert all(user == home or user.startswith(f"{home}.") for user in users)


def kinds_read(path: Path) -> Iterator[str]:
    """Yield whose kind a module reads: by its name as an attribute, in a pattern or in quotes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=whose, attr="kind", ctx=ast.Load()):
                yield ast.unparse(whose)
            case ast.MatchClass(cls=whose, kwd_attrs=names) if "kind" in names:
                yield ast.unparse(whose)
            case ast.Constant(value="kind"):
                yield "quoted"


def test_kinds_declare_and_writers_render() -> None:
    """No writer asks which kind a fact is of: what it needs to know is a word of the model.

    A note shows it, in a field of its own; the other kinds are those of note types.
    """
    read = [
        (module, whose)
        for module, path in MODULES.items()
        if module.startswith("writers.")
        for whose in kinds_read(path)
    ]
    assert sorted(read) == [
        ("writers.apkg.notes", "fact"),
        ("writers.apkg.notetypes", "self"),
        ("writers.apkg.package", "notetype"),
        ("writers.apkg.package", "nt"),
        ("writers.apkg.package", "nt"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        'fact.kind == "quote"',
        '"quote" == each.kind',
        "kind = fact.kind",
        "TABLE[fact.kind]",
        'getattr(fact, "kind")',
        'attrgetter("kind")',
        'match fact.kind:\n  case "quote":\n    pass',
        'match fact:\n  case Fact(kind="quote"):\n    pass',
    ],
)
def test_a_writer_cannot_ask_for_a_kind_unseen(tmp_path: Path, written: str) -> None:
    """However it is written, it is found."""
    (tmp_path / "a.py").write_text(written, encoding="utf-8")
    assert list(kinds_read(tmp_path / "a.py"))
