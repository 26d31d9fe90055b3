"""TOML as no author would write it: texts with every layout the grammar allows, for hypothesis."""

import json
import string

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

CHARACTERS = st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\x7f")
ALARMING = st.sampled_from("[]{}#=,.\"'\\ \t日😀é\u0301")
BLANKS = st.sampled_from(["", " ", "\t", "  \t"])
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", '  # c = [1] "x"\n', " # {[[\n"])
TRIVIA = st.sampled_from(["", " ", "\n", "# ] } c\n", "\r\n\t", '  # "\n'])
NUMBERS = ("1", "-0.5e3", "0xFF", "1_000", "true", "false", "inf", "-nan")
TIMES = ("1979-05-27", "07:32:00", "07:32:00.999", "1979-05-27T07:32:00", "1979-05-27 07:32:00Z")
ZONES = ("1979-05-27t07:32:00-07:00", "1979-05-27 07:32:00.5+01:00")
SCALARS = st.sampled_from(NUMBERS + TIMES + ZONES)


def _long(quote: str, text: str, more: int) -> str:
    """Return a long string that ends in up to two quotation marks of its own."""
    if quote == '"':
        text = text.replace("\\", "\\\\").replace('"""', '""\\"').rstrip('"')
    else:
        text = text.replace("'", "")
    return quote * 3 + text + quote * (3 + more)


def _array(elements: list[str], comma: bool) -> str:
    return f"[{','.join(elements)}{',' if comma and elements else ''}]"


def _inline_table(pairs: list[str]) -> str:
    return f"{{{','.join(pairs)}}}"


words = st.text(CHARACTERS | ALARMING, max_size=12)
lines = st.text(CHARACTERS | ALARMING | st.just("\n"), max_size=12)
basic = words.map(lambda text: json.dumps(text, ensure_ascii=False))
literal = words.filter(lambda text: "'" not in text).map(lambda text: f"'{text}'")
long = st.builds(_long, st.sampled_from("\"'"), lines, st.integers(0, 2))
name = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=4)
key = st.lists(
    st.builds("{}{}{}".format, BLANKS, name | basic | literal, BLANKS), min_size=1, max_size=3
).map(".".join)


def _containers(value: SearchStrategy[str]) -> SearchStrategy[str]:
    element = st.builds("{}{}{}".format, TRIVIA, value, TRIVIA)
    pair = st.builds("{}{}={}{}{}".format, TRIVIA, key, BLANKS, value, TRIVIA)
    arrays = st.builds(_array, st.lists(element, max_size=3), st.booleans())
    return arrays | st.lists(pair, max_size=3).map(_inline_table)


value = st.recursive(basic | literal | long | SCALARS, _containers, max_leaves=5)
pair = st.builds("{}{}={}{}{}".format, BLANKS, key, BLANKS, value, ENDS)
header = st.builds("{}[{}]{}".format, BLANKS, key | key.map("[{}]".format), ENDS)
documents = st.lists(pair | header, max_size=8).map("".join)

# Few names, so that headers and dotted keys meet in one table; values that look like headers.
few = st.lists(st.sampled_from(["a", "b", '"a"', "'c d'", '"]#"']), min_size=1, max_size=3)
met = few.map(" . ".join)
headers = met.map("[{}]\n".format) | met.map("[[ {} ]] # [b]\n".format) | header
like_headers = st.sampled_from(
    ['"""\n[a]\n"""', "'''\n[[b]]\na = 1'''", '[ # ]"\n["a"],\n[[1]]\n]', "[[[[[\n[a]\n]]]]]"]
)
crowded = st.lists(
    headers | headers | st.builds("{} = {}\n".format, met, like_headers | value), max_size=8
).map("".join)
