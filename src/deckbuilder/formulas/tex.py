r"""A formula in the stated subset of TeX -> MathML, spaced as TeX spaces it.

Each command is known by its name (`symbols`) and by what it takes; all else is `Unsettable`, said
in an author's words. So what can be read can be set, and means what it means in Anki's MathJax.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from deckbuilder.formulas import signs, symbols
from deckbuilder.formulas.chemistry import read_chemistry
from deckbuilder.formulas.mathml import (
    Atom,
    Unsettable,
    element,
    letter,
    number,
    operator,
    row,
    scripted,
    space,
    upright,
)

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|\S", re.DOTALL)
DEEPEST = 8  # groups within groups


def read(tex: str, *, full: bool = False) -> Element:
    r"""Return a formula as MathML; `full`: its fractions are set as large as \dfrac sets them.

    Raises:
        Unsettable: it holds what print cannot set as Anki shows it.
    """
    return element("math", _Reader(tex, full).row(), display="inline")


class _Reader:
    """Reads the tokens of a formula from left to right."""

    def __init__(self, tex: str, full: bool) -> None:
        self.tex = tex
        self.full = full
        self.tokens = list(TOKEN.finditer(tex))
        self.at = 0
        self.depth = 0
        self.small = False  # within what is raised or lowered
        self.font = ""

    # ------------------------------------------------------------------------ tokens

    def peek(self) -> str:
        """Return the next token, "" at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def expect(self, token: str, of: str) -> None:
        if self.next() != token:
            raise Unsettable(f"`{of}` is not followed by `{token}`", f"write {of}{token}…")

    def raw(self, of: str) -> str:
        """Return the characters between the next braces."""
        start = self.tokens[self.at].end() if self.at < len(self.tokens) else 0
        self.expect("{", of)
        open_ = 1
        while open_:
            if not self.peek():
                raise Unsettable(f"`{of}` has no closing brace", "give each { its }")
            open_ += {"{": 1, "}": -1}.get(self.next(), 0)
        return self.tex[start : self.tokens[self.at - 1].start()]

    # ------------------------------------------------------------------------ rows

    def row(self, *stops: str) -> Element:
        """Read atoms up to one of the tokens, or to the end."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsettable("the formula nests too deep", "split it, or name a part of it")
        atoms = []
        while self.peek() not in ("", *stops):
            atoms.append(self.scripts(self.atom()))
        self.depth -= 1
        return row(atoms, small=self.small)

    def group(self, of: str) -> Element:
        """Read what stands between braces, the first of them read already."""
        inside = self.row("}")
        self.expect("}", of)
        return inside

    def argument(self, of: str) -> Element:
        """Read what a command works on: a group in braces, one letter, digit or sign."""
        token = self.next()
        if token == "{":
            return self.group(of)
        if token and (amiss := signs.needs_braces(of, self.tex, self.tokens[self.at - 1].start())):
            raise amiss
        alone = token in symbols.SYMBOLS or (len(token) == 1 and token not in "^_}&'")
        if not alone:
            raise Unsettable(f"`{of}` lacks what it works on", f"put it into braces: {of}{{…}}")
        self.at -= 1
        return row([self.atom()], small=self.small)

    def smaller(self, read_one: Callable[[str], Element], of: str) -> Element:
        """Read what is raised, lowered or part of a fraction: set smaller, and closer."""
        before, self.small = self.small, True
        made = read_one(of)
        self.small = before
        return made

    def scripts(self, base: Atom) -> Atom:
        """Read what is raised and lowered behind an atom."""
        lower: Element | None = None
        upper: Element | None = None
        primes = 0
        while (mark := self.peek()) and mark in "^_'":
            self.next()
            if mark == "'":
                primes += 1
            elif (lower if mark == "_" else upper) is not None:
                raise Unsettable(
                    f"two times `{mark}` behind the same letter", "group them: {x^a}^b, x^{a b}"
                )
            elif mark == "_":
                lower = self.smaller(self.argument, "_")
            else:
                upper = self.smaller(self.argument, "^")
        if primes:
            marks = letter("′" * primes if primes > 4 else "′″‴⁗"[primes - 1])  # as MathJax does
            upper = marks.element if upper is None else element("mrow", marks.element, upper)
        return scripted(base, lower, upper)

    # ------------------------------------------------------------------------ atoms

    def atom(self) -> Atom:
        """Read one atom."""
        token = self.next()
        if token in ("^", "_", "'"):  # nothing stands before it, as in ^{14}C
            self.at -= 1
            return Atom("ord", Element("mrow"))
        if token == "{":
            if amiss := signs.lost_braces(self.tex, self.tokens[self.at - 1].start()):
                raise amiss
            return Atom("ord", self.group("{"))
        if token[0] == "\\":
            return self.command(token)
        if token[0].isdigit() and token.isascii():
            return number(token, self.font)
        if token.isascii() and token.isalpha():
            return letter(token, self.font)
        return signs.typed(token, self.font)

    def command(self, name: str) -> Atom:
        """Read a command with all that belongs to it."""
        sign = signs.symbol(name)
        if sign:
            return sign
        if name in symbols.SPACES:
            return space(symbols.SPACES[name])
        if name in symbols.FONTS:
            return self.lettering(name)
        if name in symbols.TEXTS:
            return self.text(name)
        if name in symbols.FRACTIONS:
            return self.fraction(name)
        if name in symbols.ACCENTS or name in symbols.WIDE:
            return self.accent(name)
        special = {
            r"\sqrt": self.root,
            r"\left": self.fenced,
            r"\begin": self.matrix,
            r"\ce": self.chemistry,
        }.get(name)
        if special:
            return special()
        if name in (r"\right", r"\end", r"\\"):
            raise Unsettable(f"`{name}` stands without its beginning", r"open it: \left, or \begin")
        raise Unsettable(f"print cannot set `{name}`", signs.instead(name))

    def lettering(self, name: str) -> Atom:
        start = self.at
        before, self.font = self.font, symbols.FONTS[name]
        self.expect("{", name)
        inside = self.group(name)
        self.font = before
        letters = "".join(token[0] for token in self.tokens[start + 1 : self.at - 1])
        only = {r"\mathbb": "[A-Z]+", r"\mathcal": "[A-Z]+", r"\mathbf": "[A-Za-z0-9]+"}
        if name in only and not re.fullmatch(only[name], letters):
            kind = "capital letters" if only[name] == "[A-Z]+" else "letters and digits"
            raise Unsettable(
                f"`{name}` sets {kind} alone, as in Anki", f"take all else out of {name}{{…}}"
            )
        return Atom("ord", inside)

    def text(self, name: str) -> Atom:
        words = self.raw(name)
        if not words or re.search(r"[\\{}$^_#%&~]", words):
            raise Unsettable(f"`{name}` is for words alone", "set marks and commands outside it")
        return upright(words.replace(" ", "\u00a0"), variant=symbols.TEXTS[name])

    def fraction(self, name: str) -> Atom:
        large = name == r"\dfrac" or (self.full and not self.small)
        style = {"displaystyle": "true"} if large else {}
        if large:
            parts = [self.argument(name), self.argument(name)]
            for part in parts:
                part.set("displaystyle", "false")
        else:
            parts = [self.smaller(self.argument, name) for _ in range(2)]
        if name != r"\binom":
            return _apart(element("mfrac", *parts, **style))
        bare = element("mfrac", *parts, linethickness="0", **style)
        return Atom("inner", element("mrow", *_around("(", bare, ")")))

    def accent(self, name: str) -> Atom:
        over = symbols.ACCENTS.get(name)
        if over:  # as wide as it is: a sign that is no operator is not stretched
            sign = letter(over, "normal").element
            if over == symbols.ACCENTS[r"\vec"]:  # made small: the font has none of its own
                sign = element("mrow", operator(over, "ord").element, scriptlevel="2")
        else:
            sign = operator(symbols.WIDE[name], "ord", stretchy=True).element
        tag = "munder" if name == r"\underline" else "mover"
        mark = "accentunder" if tag == "munder" else "accent"
        return Atom("ord", element(tag, self.argument(name), sign, **{mark: "true"}))

    def root(self) -> Atom:
        if self.peek() != "[":
            return Atom("ord", element("msqrt", self.argument(r"\sqrt")))
        self.next()
        index = self.smaller(lambda _: self.row("]"), "[")
        self.expect("]", r"\sqrt[")
        return Atom("ord", element("mroot", self.argument(r"\sqrt"), index))

    def fenced(self) -> Atom:
        left = self.fence(r"\left")
        inside = self.row(r"\right")
        if self.next() != r"\right":
            raise Unsettable(r"`\left` has no `\right`", r"close it, with \right. if nothing shows")
        return Atom("inner", element("mrow", *_around(left, inside, self.fence(r"\right"))))

    def fence(self, of: str) -> str:
        token = self.next()
        if token and token in "()[]|/.":
            return token.replace(".", "")
        if token not in symbols.FENCES:
            raise Unsettable(f"`{of}` lacks its bracket", f"write {of}( or {of}[ or {of}|")
        return symbols.FENCES[token]

    def matrix(self) -> Atom:
        name = self.raw(r"\begin")
        if name not in symbols.MATRICES:
            known = ", ".join(symbols.MATRICES)
            raise Unsettable(rf"print cannot set `\begin{{{name}}}`", f"it can set {known}")
        side = "left" if name == "cases" else "center"
        rows = [element("mtr")]
        while True:
            cell = self.row("&", r"\\", r"\end")
            rows[-1].append(element("mtd", cell, columnalign=side))
            token = self.next()
            if token == r"\\":
                rows.append(element("mtr"))
            elif token != "&":
                break
        if not token or self.raw(r"\end") != name:
            raise Unsettable(rf"`\begin{{{name}}}` is not closed", rf"write \end{{{name}}}")
        if not "".join(rows[-1].itertext()) and len(rows) > 1:
            rows.pop()  # a last row that was only opened
        wide = max(len(cells) for cells in rows)
        for cells in rows:
            cells.extend(element("mtd", element("mrow")) for _ in range(wide - len(cells)))
        left, right = symbols.MATRICES[name]
        return Atom(
            "inner",
            element("mrow", *_around(left, element("mtable", *rows, columnspacing="1em"), right)),
        )

    def chemistry(self) -> Atom:
        return Atom("ord", row(read_chemistry(self.raw(r"\ce")), small=self.small))


def _around(left: str, inside: Element, right: str) -> list[Element]:
    """Return brackets as high as what they hold, around it."""
    before = [operator(left, "open", stretchy=True).element] if left else []
    after = [operator(right, "close", stretchy=True).element] if right else []
    return [*before, inside, *after]


def _apart(fraction: Element) -> Atom:
    """Return a fraction with the little space at its sides that TeX leaves."""
    side = space(0.05).element
    return Atom("ord", element("mrow", side, fraction, side))
