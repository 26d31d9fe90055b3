"""A command that stands alone, or a character as typed -> its atom, or what to write instead."""

from __future__ import annotations

import re
from difflib import get_close_matches

from deckbuilder.formulas import symbols
from deckbuilder.formulas.mathml import (
    Atom,
    Class,
    Unsettable,
    letter,
    operator,
    upright,
)

ELSE = 'docs/formulas.md lists what print can set; or keep the fact off the sheet: only = "deck"'
# a character that print does not take as it is -> how it is written
WRITTEN = {
    **{sign: name for name, sign in reversed(symbols.SYMBOLS.items())},  # the first of two names
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "&": r"\&",
    "~": r"\,",
    '"': r"\text{…}",
    "√": r"\sqrt{…}",
    **dict.fromkeys("–—", "-"),
    "∆": r"\Delta",
    "µ": r"\mu",
    **{sign: rf"\mathbb{{{name}}}" for sign, name in zip("ℂℕℚℝℤ", "CNQRZ", strict=True)},
    **{sign: f"^{n}" for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{sign: f"_{n}" for n, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}
CLASSES: tuple[tuple[dict[str, str], Class], ...] = (
    (symbols.BINARY, "bin"),
    (symbols.RELATIONS, "rel"),
    (symbols.LARGE, "op"),
    (symbols.OPENING, "open"),
    (symbols.CLOSING, "close"),
    (symbols.FENCES, "ord"),  # those that neither open nor close
)
INSTEAD = {
    r"\displaystyle": r"leave it out; \dfrac sets a large fraction",
    r"\limits": "leave it out: within a line, limits stand beside their sign",
    r"\tfrac": r"write \frac",
    r"\over": r"write \frac{…}{…}",
    r"\operatorname": r"write \mathrm{…}",
    r"\rm": r"write \mathrm{…}",
    r"\bf": r"write \mathbf{…}",
    r"\boldsymbol": r"write \mathbf{…} for letters",
    r"\mbox": r"write \text{…}",
    **dict.fromkeys((r"\unit", r"\si"), r"write \mathrm{…}, as in \mathrm{m}/\mathrm{s}"),
    **dict.fromkeys((r"\SI", r"\qty"), r"write 5\,\mathrm{m}: the number, \, and \mathrm{…}"),
    **dict.fromkeys(
        (r"\color", r"\textcolor"), "leave it out: a formula has the colour of its words"
    ),
    **dict.fromkeys((r"\underbrace", r"\overbrace"), r"leave it out, or write \underline{…}"),
    r"\num": "write the number alone",
    r"\ang": r"write 30^\circ",
    r"\lt": "write <",
    r"\gt": "write >",
}
# what is one to an author, of which TeX takes a character: a number; a sign with one, or with
# letters behind a letter that stands alone (but no charge, as in e^-e^+); brackets; a word, but no
# product that is integrated, as in v_xdt
AS_ONE = re.compile(
    r"[0-9]+\.[0-9]+|[0-9]{2,}|[-+−][0-9]+|\([^()]{1,40}\)|(?![a-z]*d[a-z](?![a-z]))[a-z]{3,}"
    r"|(?<![A-Za-z\\][a-z]\^)(?<=[0-9a-z)]\^)[-−][a-z]+(?![a-z^_])"
)
SET = re.compile(r"\{(?=[^{}\\()]*[^{}\\(),;\s])(?=[^{}\\()]*[,;])[^{}\\()]*\}")


def typed(token: str, font: str) -> Atom:
    """Return the atom of a character that was typed as it is, in the `font` for letters.

    Raises:
        Unsettable: it means something else in TeX, or belongs to words.
    """
    if token in symbols.TYPED_ORDINARY:
        return operator(token, "ord") if token == "|" else letter(token, "normal")
    if token in symbols.TYPED_BINARY:
        return operator(symbols.TYPED_BINARY[token], "bin")
    if token in symbols.TYPED_RELATIONS:
        return operator(token, "rel")
    if token in "([)],;":
        kind: Class = "open" if token in "([" else "close" if token in ")]" else "punct"
        return operator(token, kind)
    if token in symbols.GREEK.values() or token in symbols.CAPITALS.values():
        return letter(token, font or "italic")  # as MathJax has it; \Delta is upright
    if token == "}":
        raise Unsettable("a `}` has no `{`", "give each { its }")
    if token in WRITTEN:
        hint = f"write {WRITTEN[token]}"
    else:
        hint = rf"put words into \text{{…}}: \text{{{token}}}"
    raise Unsettable(f"`{token}` cannot stand in a formula as it is", hint)


def symbol(name: str) -> Atom | None:
    """Return the atom of a command that takes nothing."""
    sign = symbols.SYMBOLS.get(name, "")
    if name in symbols.FUNCTIONS:
        return upright(symbols.FUNCTIONS[name], "op")
    if name in symbols.GREEK:
        return letter(sign)
    if name in symbols.DOTS:
        return Atom("inner", letter(sign, "normal").element)
    for table, kind in CLASSES:
        if name in table:
            return operator(sign, kind)
    return letter(sign, "normal") if sign else None


def instead(name: str) -> str:
    """Return what may have been meant by a command that print does not know."""
    if name in INSTEAD:
        return INSTEAD[name]
    near = get_close_matches(name, symbols.COMMANDS, n=1, cutoff=0.7)
    return f"did you mean `{near[0]}`?" if near else ELSE


def needs_braces(of: str, tex: str, start: int) -> Unsettable | None:
    """Return what is wrong where a command takes one character of what an author sees as one."""
    found = AS_ONE.match(tex, start)
    seen = found[0] if found else ""
    if not seen or (of not in "^_" and seen[0] not in "(0123456789"):
        return None
    held = seen.strip("()")
    hint = f"write {of}{{{held}}}"
    if of in symbols.FRACTIONS:
        hint = f"put each part of {of} into braces"
    elif seen.isalpha():
        hint += rf", {of}{{\text{{{seen}}}}} for a word, or a space behind the `{seen[0]}`"
    elif seen[0] in "-−" and seen[1].isalpha():
        hint += f", or a space behind the `{seen[0]}`"
    elif held != seen and of in "^_":
        hint += f", or {of}{{{seen}}} with its brackets"
    return Unsettable(f"`{of}` takes `{seen[0]}` alone of `{seen}`", hint)


def lost_braces(tex: str, start: int) -> Unsettable | None:
    """Return what is wrong where braces that are meant to be seen only group."""
    found = SET.match(tex, start)
    if not found:
        return None
    return Unsettable(f"the braces of `{found[0]}` are not shown", rf"write \{found[0][:-1]}\}}")
