"""A rule about answers that are to be typed: Anki compares them letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckbuilder.cards import cards, to_type
from deckbuilder.content import texts
from deckbuilder.lint.seen import Seen
from deckbuilder.lint.sight import Sight
from deckbuilder.lint.where import recalled
from deckbuilder.lint.words import ALTERNATIVE, quote, said
from deckbuilder.rule import Finding, rule
from deckbuilder.text.keyboard import keyed, unkeyed
from deckbuilder.text.tree import Code, Math, Sup, Text, Words, formulas, plain

SMALL, DASH = "a-zß-öø-ÿœ", "[-\u2010\u2013\u2212]"
OMITTED = rf"[^\W\d_][{SMALL}]{{1,20}}\.?\)\s|[^\W\d_]['’]\)\s?"  # (se) laver, (s’)asseoir
# what begins a remark, or another right form; or what need not be typed
BESIDES = re.compile(rf"\s\(|;\s|\s/\s|^\((?:{OMITTED})(?=[^\W\d_]{{2}})")
# forms as dictionaries have them; none are in sin(x), Cu(s), kbit/s, start/stop, an address
PERHAPS_FORMS = re.compile(rf"[(/]|,\s?(?:{DASH}|l['’]|la\s|une\s|una\s|die\s|eine\s)")
FORMS = re.compile(
    rf"""
    (?<![\w-])[^\W\d_]{{2,40}},\s?{DASH}(?:[^\W\d_]{{1,6}}(?![\w-])|$)  # chaud, -e
    | (?<!\w)(?!(?:sin|cos|tan|log|exp|abs|len|max|min|sum|int|str|set|print|sqrt)\()
      [^\W\d_][{SMALL}]{{2,40}}\(  # chaud(e), colo(u)r
      (?:(?:e|s|es|en|in|innen|a|as|ne)\)(?!\w)|[{SMALL}]{{1,3}}\)[{SMALL}]+)
    | (?<![\w./:])(?:
        [A-ZÄÖÜ][{SMALL}]{{2,40}}/-?in(?:nen)?(?!\w)  # Lehrer/in
        | [{SMALL}]{{3,40}}/-?(?:e|es|ne|euse|trice)(?!\w)  # chaud/e
        | [{SMALL}]{{2,40}}(?:or?/-?a|ore?s/-?as|os/-?as)(?!\w)  # bonito/a
        | ([^\W\d_]{{3,40}})[^\W\d_]{{0,20}}/\1[^\W\d_]+  # acteur/actrice
        | ([{SMALL}]{{1,40}})(?:eau/\2elle|ou/\2olle)  # beau/belle
      )
    | ^(?:l['’]|le\s|un\s)(?P<fr>[^\W\d_]{{2,40}}?)(?P<er>er)?(?:eur|f|x)?  # l'ami, l'amie
      ,\s(?:l['’]|la\s|une\s)(?P=fr)(?(er)ère|(?:n?e|le|euse|rice|ve|se))$
    | ^(?:der|ein)\s(?P<de>[^\W\d_]{{3,40}}),\s(?:die|eine)\s(?P=de)in$
    | ^(?:el|un)\s(?P<es>[^\W\d_]{{2,40}}?)o?,\s(?:la|una)\s(?P=es)a$
    | (?<![\w./])(?:
        el/la|los/las|una?/una?|une/un|le/la|la/le|der/die|die/der|eine?/eine?
        |s?he/s?he|s/he|his/her|ils?/elles?|er/sie
      )(?![\w.])
    """,
    re.VERBOSE,
)
OTHER = "leave `typed` out, or ask for what can be typed: a name, a number, a word"
AS_TYPED = "write it as keyboards do, or ask a `question`: its answer is compared as they type it"
ONE = "keep in the answer one form, as it is to be typed, and put the others into `extra`"
REST = "keep in the answer what is to be typed, and put the rest into `extra`"


@rule(
    "hard-to-type",
    "An answer to be typed holds what nobody types as Anki compares it: a formula, raised digits "
    "or signs, a character that no keyboard has; or a remark, a word that may "
    "be left out, as in `(se) laver`, or several right forms, as in `chaud,-e`, `beau/belle` or "
    "`l'ami, l'amie`.",
    "Anki compares letter by letter with one form, and marks all else as wrong.",
    bad="""
[[topic.fact]]
id       = "germany"
question = "Who signed for Germany?"
answer   = "Rathenau (or the chancellor)"
typed    = true
""",
    good="""
[[topic.fact]]
id       = "germany"
question = "Who signed for Germany?"
answer   = "Rathenau"
extra    = "The chancellor was there, too."
typed    = true
""",
    severity="warning",
)
def hard_to_type(sight: Sight) -> Iterator[Finding]:
    """Find the answers that would be wrong however they are typed."""
    for seen in sight.learned:
        if not seen.fact.typed:
            continue
        for n, text in enumerate(_to_type(seen)):
            if flaw := _flaw(text, gap=seen.gapped):
                at, part = recalled(seen, n)
                yield Finding(at, *flaw, part=part)
                break


def _to_type(seen: Seen) -> Sequence[Text]:
    """Return what is to be typed: what the gaps hold, or the answer if it is one to be typed."""
    if seen.gapped:
        return [gap.inside for gap in seen.gaps]
    typed = to_type(seen.fact, cards(seen.fact))
    if not any(card.ordinal == seen.ordinal for card in typed):
        return []
    return [*texts(seen.back)]


def _flaw(text: Text, *, gap: bool) -> tuple[str, str] | None:
    """Return what stands in the way of typing a text, and a way out; None if nothing does."""
    shown = plain(text)
    formula = next((each.tex for each in formulas(text) if not each.tex.isalnum()), "")
    if formula:
        return f"a formula would have to be typed here as {quote(formula)}", OTHER
    raised = next(_raised(text), "")
    if raised:
        return f"the raised {quote(raised)} would have to be typed on the line", OTHER
    character = unkeyed(keyed(shown))
    if character:
        return f"no keyboard has the {quote(character)} that would have to be typed here", OTHER
    prose = said(text, code=False)
    if BESIDES.search(prose) or ALTERNATIVE.search(prose):
        return f"all of {quote(shown)} would have to be typed", REST
    if PERHAPS_FORMS.search(prose) and (forms := FORMS.search(prose)):
        return f"{quote(forms[0])} would have to be typed with its signs", ONE
    printed = next((one for one in shown if keyed(one) != one), "") if gap else ""
    if printed:
        return f"in a gap, {quote(printed)} has to be typed as it stands", AS_TYPED
    return None


def _raised(text: Text) -> Iterator[str]:
    """Yield what is raised and is no letter: letters are typed all the same, as in `1^er^`."""
    for node in text:
        if isinstance(node, Sup) and not plain(node.inside).isalpha():
            yield plain(node.inside)
        elif not isinstance(node, (Words, Code, Math)):
            yield from _raised(node.inside)
