"""A text -> its words as they count for lint; the few words of a language that rules know."""

from __future__ import annotations

import re
import unicodedata

from deckbuilder.text.keyboard import keyed
from deckbuilder.text.normal import as_kept
from deckbuilder.text.tree import Code, Math, Text, Words, unbroken

LONGEST_QUOTE = 60  # characters
WORD = re.compile(r"\w+(?:['’]\w+)*")
PLAIN_WORD = re.compile(r"\w+")  # where there is no apostrophe
ELIDED = re.compile(r"\b([cdjlmnst]|qu)'(?=\w)")  # French: l'accord is two words
NOT_NARROW = re.compile("[^\0-\u10ff]")  # all that are wide, or become so when normalised
WIDE = re.compile(  # Han, kana, hangul and their like: written without spaces
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Its repetition has a bound, so that no text takes time that grows with its square.
QUOTED = re.compile(
    "|".join(f"{q[0]}[^{q[1]}]{{0,300}}{q[1]}" for q in ("“”", "„“", "«»", '""', "‘’", "「」"))
)
OTHERWISE = 0  # stands for a character that is not folded by itself into one

ENDS = " .:?!？。¿¡"  # of a front: two that differ in these alone are the same


def _folded(character: str) -> int:
    """Return the byte for a character of Latin-1 when it is folded; a space if it is in no word."""
    folded = unicodedata.normalize("NFKC", character).casefold()
    if not WORD.match(character):
        return OTHERWISE if character == "'" else ord(" ")
    return ord(folded) if len(folded) == 1 and folded < "\u0100" else OTHERWISE


LATIN = [chr(code) for code in range(256)]
FOLDED = bytes(map(_folded, LATIN))
IN_WORDS = "".join(filter(WORD.match, LATIN)).encode("latin-1")


def _each(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that say nothing by themselves; `ARTICLES` are the ones an answer may begin with.
ARTICLES = {
    "en": _each("the a an"),
    "de": _each("der die das den dem des ein eine einen einem einer eines"),
    "fr": _each("l le la les un une des du"),
    "es": _each("el la los las un una unos unas"),
}
FUNCTION = {
    "en": ARTICLES["en"] | _each(
        "of in on at to by for from with as and or is are was were be been it its it's he she"
        " they his her their them him this that these those there has have had do does did not so"
        " who what which when where why how"
    ),
    "de": ARTICLES["de"] | _each(
        "von in im an am auf zu zum zur bei mit für aus als und oder ist sind war waren wird wurde"
        " wurden es er sie ihr sein seine dies dieser diese dieses hat haben hatte nicht so"
        " wer was welche welcher welches wann wo warum wie"
    ),
    "fr": ARTICLES["fr"] | _each(
        "de d à au aux en dans sur par pour avec et ou est sont était étaient fut furent il elle"
        " ils elles ce cet cette ces son sa ses leur c est l qu s n a ont avait ne pas"
        " qui que quoi quel quelle quels quelles quand où pourquoi comment"
    ),
    "es": ARTICLES["es"] | _each(
        "de del en a al con por para y o es son era eran fue fueron ser está él ella ellos ellas"
        " esto este esta estos estas su sus se ha han había no"
        " quién qué cuál cuáles cuándo dónde cómo"
    ),
}  # fmt: skip
POINTING = {  # a sentence that begins with one needs what stands above it
    "en": _each("it they he she this these its their his her"),
    "de": _each("er sie es dies dieser diese dieses sein seine ihr ihre"),
    "fr": _each("il elle ils elles ce c son sa ses leur leurs"),
    "es": _each("él ella ellos ellas esto este esta su sus"),
}
AND = {
    "en": _each("and"),
    "de": _each("und"),
    "fr": _each("et"),
    "es": _each("y e"),
}
OR = {
    "en": _each("or"),
    "de": _each("oder"),
    "fr": _each("ou"),
    "es": _each("o u"),
}
# Parts one right form from another, whatever language they are of: "sooner or later" is one form.
ALTERNATIVE = re.compile(rf",\s(?:{'|'.join(sorted(frozenset().union(*OR.values())))})\s")
WHO = {  # what asks for a person
    "en": _each("who whom whose"),
    "de": _each("wer wen wem wessen"),
    "fr": _each("qui"),
    "es": _each("quién quiénes"),
}
WHERE = {  # what asks for a place
    "en": _each("where"),
    "de": _each("wo"),
    "fr": _each("où"),
    "es": _each("dónde"),
}
CONTINENTS = _each(  # or the last words of their names
    "europe asia africa america australia oceania antarctica europa asien afrika amerika australien"
    " ozeanien asie afrique amérique australie océanie áfrica américa oceanía"
)
# what asks for a relative or, as often of one name, for who came next; German joins its words
FAMILY = {
    "en": re.compile(
        r"\b(?:(?:grand|step|half|god|foster)?(?:father|mother|son|daughter|child|parent|brother"
        r"|sister|uncle|aunt|nephew|niece)|wife|wives|husband|spouse|widow(?:er)?|bride|cousin"
        r"|sibling|twin|relative|relation|kin|heir(?:ess)?|ancestor|descendant|marri\w+|related"
        r"|succe(?:ed\w*|ssor)|preceded|predecessor)(?:'?s|ren)?\b"
    ),
    "de": re.compile(
        r"\b(?:\w*(?:v[aä]ter|m[uü]tter|s[oö]hn|t[oö]chter|kind|eltern|br[uü]der|schwester|enkel"
        r"|geschwister|neffe|nichte|onkel|tante|frau|mann|gatt[ei]|gemahl|witwe|schw[aä]ger|cousin"
        r"|vetter|zwilling|verwandte|heiratete?)|erb[ei]|vorfahr|ahnherr|verlobte|folgte|nachfolge"
        r"|vorgänger)(?:r|s|es|n|en|nen|in|innen|e|er)?\b"
    ),
    "fr": re.compile(
        r"\b(?:femme|mari|époux|épous\w+|fils|fille|frère|sœur|père|mère|enfant|parent|cousine?"
        r"|oncle|tante|neveu|nièce|veuve|veuf|gendre|bru|jumeau|jumelle|héritière?|descendante?"
        r"|ancêtre|mariée?|succéd\w+|successeur|prédécesseur)[sx]?\b"
    ),
    "es": re.compile(
        r"\b(?:espos[oa]|mujer|marido|(?:herman|hij)(?:astr)?[oa]|padre|padrastro|madre|madrastra"
        r"|prim[oa]|tí[oa]|sobrin[oa]|(?:bis|tátara|tatara)?(?:niet|abuel)[oa]|suegr[oa]|yerno|nuera"
        r"|cuñad[oa]|viud[oa]|gemel[oa]|melliz[oa]|pariente|hereder[oa]|descendiente|antepasad[oa]"
        r"|casad[oa]|casó|suced\w+|sucesora?|antecesora?|predecesora?)(?:e?s)?\b"
    ),
}


def said(text: Text, *, code: bool = True) -> str:
    """Return the characters of a text; a formula, and unless `code` its code, is one word."""
    if len(text) == 1 and type(text[0]) is Words:  # nearly every text
        return unbroken(text[0].text)
    return "".join(
        letters(node) if isinstance(node, Math)
        else unbroken(node.text) if isinstance(node, Words)
        else (unbroken(node.text) if code else "x") if isinstance(node, Code)
        else said(node.inside, code=code)
        for node in text
    )  # fmt: skip


def letters(formula: Math) -> str:
    """Return a formula as one word."""
    return re.sub(r"\W", "", formula.tex)


def words(text: str) -> list[str]:
    """Return the words of a text without regard to case and to how characters are encoded.

    Those of western languages are folded and parted by bytes, at a quarter of the cost.
    """
    folded = text.encode("latin-1", "ignore").translate(FOLDED)
    if len(folded) < len(text) or OTHERWISE in folded:
        return folded_words(text)
    return folded.decode("latin-1").split()


def folded_words(text: str) -> list[str]:
    """Return the words of any text, as Unicode has it."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    if "'" in folded:
        return WORD.findall(ELIDED.sub(r"\1 ", folded))
    return PLAIN_WORD.findall(folded)


def length(text: str) -> float:
    """Return how many words a text has: in scripts without spaces two characters are one."""
    wide = 0 if text.isascii() else len(WIDE.findall(text))
    return len(WORD.findall(WIDE.sub(" ", text) if wide else text)) + wide / 2


def narrow(text: str) -> bool:
    """Tell whether a text has no wide character, and gets none when it is normalised."""
    return text.isascii() or not NOT_NARROW.search(text)


def over(text: str, most: int) -> bool:
    """Tell whether a text has more words than that; hardly any has as much that parts them.

    Between two words stands a character of none. A wide one does, and is half a word besides.
    """
    if 3 * len(text) < 4 * most:
        return False
    parting = len(text.encode("latin-1", "replace").translate(None, IN_WORDS))
    return 1 + 1.5 * parting > most and length(text) > most


def content_words(said: list[str], language: str) -> list[str]:
    """Return the words that say something by themselves."""
    function = FUNCTION[language]
    return [word for word in said if word not in function]


def first_content_word(said: list[str], language: str) -> str | None:
    """Return the first of these."""
    function = FUNCTION[language]
    for word in said:
        if word not in function:
            return word
    return None


def without_article(said: list[str], language: str) -> list[str]:
    """Return the words of an answer from behind the articles that it begins with."""
    articles = ARTICLES[language]
    start = next((n for n, word in enumerate(said) if word not in articles), 0)
    return said[start:]


def same(text: str) -> str:
    """Return a prompt as it counts when two are compared: white space, ends and first capital.

    Signs and capitals count: `2 + 2` is not `2 × 2`, Co is not CO; the forms of apostrophes do not.
    """
    kept = text if as_kept(text) else " ".join(unicodedata.normalize("NFC", text).split())
    bare = keyed(kept.strip(ENDS))
    return bare[:1].lower() + bare[1:]


def bared(text: str) -> str:
    """Return a normal text, as keyboards type it, without its ends and its first capital."""
    bare = text.strip(ENDS)
    return bare[:1].lower() + bare[1:]


def unquoted(text: str) -> str:
    """Return a text without what stands in it between quotation marks."""
    return QUOTED.sub("", text)


def quote(text: str) -> str:
    """Return an author's words as a message shows them: between marks, and not at length."""
    bare = " ".join(text.split())
    return f"`{bare if len(bare) <= LONGEST_QUOTE else bare[: LONGEST_QUOTE - 2] + ' …'}`"
