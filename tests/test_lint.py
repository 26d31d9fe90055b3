"""The lint: what each rule warns of and what it lets pass, how an author answers, what it costs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, ROOT

from deckbuilder.build import build
from deckbuilder.examine import examine
from deckbuilder.lint import CODES, LINT, RULES, lint
from deckbuilder.model import Deck
from deckbuilder.read import read, read_bytes
from deckbuilder.request import Request
from deckbuilder.rule import Rule

CALIBRATION = Path(__file__).parent / "lint"
BAD = sorted((CALIBRATION / "bad").glob("*.toml"))
GOOD = sorted((CALIBRATION / "good").glob("*.toml"))
HEAD = """\
[deck]
id       = "calibration"
title    = "A deck to try rules on"
anki     = "Tests::Lint"
version  = "0.1.0"
language = "{}"

"""
TOPIC = '[[topic]]\nid    = "rapallo"\ntitle = "Agreement"\n'


def deck_of(text: str, language: str = "en") -> Deck:
    deck, problems = read_bytes(f"{HEAD.format(language)}{text}".encode(), "deck.toml")
    assert deck, problems
    return deck


def calibrated(file: Path) -> Deck:
    """Return what a file of the calibration set makes: its name ends in a language."""
    _, _, language = file.stem.partition(".")
    return deck_of(file.read_text("utf-8"), language or "en")


def warned(deck: Deck) -> list[tuple[str, str]]:
    """Return what lint warns of, as ids of facts and codes."""
    found = []
    for problem in lint(deck):
        facts = [f for f in deck.facts if deck.source.place(f.at).line <= problem.place.line]
        found.append((facts[-1].id, problem.code))
    return found


def question(name: str, asked: str, answer: str, *more: str) -> str:
    keys = [f"id = {json.dumps(name)}", f"question = {json.dumps(asked)}"]
    return "\n".join(["[[topic.fact]]", *keys, f"answer = {json.dumps(answer)}", *more, ""])


# ---------------------------------------------------------------------------- rules


@pytest.mark.parametrize("file", BAD, ids=[file.stem for file in BAD])
def test_bad_cards_are_warned_of(file: Path) -> None:
    """Of each fact named bad the rule of the file warns, and no other; of the others none does."""
    deck = calibrated(file)
    code = file.stem.partition(".")[0]
    assert warned(deck) == [(fact.id, code) for fact in deck.facts if fact.id.startswith("bad-")]


@pytest.mark.parametrize("file", GOOD, ids=[file.stem for file in GOOD])
def test_near_misses_pass(file: Path) -> None:
    """What resembles a bad card, and is none, passes every rule."""
    assert warned(calibrated(file)) == []


def test_a_number_that_is_raised_keeps_its_braces() -> None:
    """Without them TeX would raise what stands before the comma alone."""
    (problem,) = lint(deck_of(TOPIC + question("a", "How much is it?", "$10^3,5$"), "de"))
    assert problem.hint == "write ^{3{,}5}"


def test_numbers_that_are_a_list_may_be_parted() -> None:
    """Nobody can tell $k=1,2$ from 1.2: the advice has a way for each, and both pass."""
    (problem,) = lint(deck_of(TOPIC + question("a", "What is $k$?", "$k=1,2$"), "de"))
    assert problem.hint == "write 1{,}2, or 1, 2 if it is a list"
    for way in ("1{,}2", "1, 2"):
        assert lint(deck_of(TOPIC + question("a", "What is $k$?", f"$k={way}$"), "de")) == ()


def test_braces_that_hold_nothing_are_looked_at_behind_what_is_lowered() -> None:
    """A gap without words in an item was an error of the program."""
    fact = '[[topic.fact]]\nid = "a"\nlist = "Which?"\nitems = ["H~2~O {{c1::}}", "b"]\n'
    assert "stray-braces" in {problem.code for problem in lint(deck_of(TOPIC + fact, "en"))}


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_rule_is_calibrated(code: str) -> None:
    """Each rule has three bad facts and three near misses; one for every language has several."""
    counts = {}
    for kind, files in (("bad-", BAD), ("", GOOD)):
        own = [file for file in files if file.stem.partition(".")[0] == code]
        counts[kind] = sum(f.id.startswith(kind) for file in own for f in calibrated(file).facts)
    assert min(counts.values()) >= 3
    (rule,) = (rule for rule in LINT if rule.explanation.code == code)
    languages = {file.stem.partition(".")[2] for file in BAD if file.stem.startswith(f"{code}.")}
    assert bool(languages) is not bool(rule.language)


@pytest.mark.parametrize("rule", LINT, ids=lambda rule: rule.explanation.code)
def test_examples_are_true(rule: Rule[Any]) -> None:
    """A rule's bad example breaks it and no other rule, its good one breaks none."""
    explanation = rule.explanation
    codes = [problem.code for problem in lint(deck_of(TOPIC + explanation.bad))]
    assert codes == [explanation.code]
    assert lint(deck_of(TOPIC + explanation.good)) == ()


BASIC = re.compile(r'(?<!")"(?!")(?:[^"\\\n]|\\.)+"(?!")')
SPELT: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: json.dumps(text, ensure_ascii=False),
    "literal": lambda text: f"'''\n{text}'''" if {"\n", "'"} & {*text} else f"'{text}'",
    "several lines": lambda text: f'"""\n{json.dumps(text, ensure_ascii=False)[1:-1]}"""',
    "escaped": lambda text: "".join(['"', *(f"\\U{ord(c):08x}" for c in text), '"']),
}


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT)
@pytest.mark.parametrize("rule", LINT, ids=lambda rule: rule.explanation.code)
def test_a_rule_finds_its_breaches_however_they_are_spelt(
    rule: Rule[Any], spelt: Callable[[str], str]
) -> None:
    """No rule is passed over for the bytes of a source that has a breach, in a single fact, too."""
    code = rule.explanation.code
    texts = [(TOPIC + rule.explanation.bad, "en")]
    for file in BAD:
        named, _, language = file.stem.partition(".")
        if named == code:
            texts.append((file.read_text("utf-8"), language or "en"))
    for text, language in texts:
        head, *facts = text.split("[[topic.fact]]\n")
        alone = [[fact] for fact in facts if rule.needs]
        for some in (facts, *alone):
            written = "[[topic.fact]]\n".join((head, *some))
            respelt = BASIC.sub(lambda found: spelt(json.loads(found[0])), written)
            assert code in {problem.code for problem in lint(deck_of(respelt, language))}


@pytest.mark.parametrize("file", BAD, ids=[file.stem for file in BAD])
def test_a_warning_shows_a_way_out(file: Path) -> None:
    """Each is a warning at the words of its fact, in a sentence, with something to do."""
    deck = calibrated(file)
    for problem in lint(deck):
        assert problem.severity == "warning"
        line = deck.source.text.split("\n")[problem.place.line - 1]
        assert re.match(
            r"(question|answer|cloze|list|items|order|event|when|term|definition|person|known_for"
            r"|quote|extra|hint) +=",
            line,
        )
        assert problem.message[0].islower() or problem.message[0] in "`0123456789"
        assert problem.hint
        assert not problem.message.endswith(".")


def test_english_words_are_known_in_english_alone() -> None:
    """The rules about English words say nothing about the same words in another language."""
    own = {rule.explanation.code for rule in RULES if rule.language == "en"}
    assert own == {"yes-no", "vague-prompt", "undated"}
    for file in BAD:
        if file.stem in own:
            text = file.read_text("utf-8")
            assert {problem.code for problem in lint(deck_of(text, "en-GB"))} == {file.stem}
            assert not own & {problem.code for problem in lint(deck_of(text, "de"))}


def cloze(sentence: str) -> str:
    return f'[[topic.fact]]\nid = "f"\ncloze = "{sentence}"\n'


def spelled(number: int) -> str:
    return " ".join(f"w{n}" for n in range(number))


@pytest.mark.parametrize(
    ("written", "most", "code"),
    [
        pytest.param(lambda n: question("f", "Why?", spelled(n)), 20, "long-answer", id="answer"),
        pytest.param(lambda n: question("f", "Why?", "字" * 2 * n), 20, "long-answer", id="wide"),
        pytest.param(lambda n: cloze(f"Look at {{{{{spelled(n)}}}}}"), 8, "long-answer", id="gap"),
        pytest.param(lambda n: question("f", f"{spelled(n)}?", "so"), 30, "long-question",
                     id="question"),
        pytest.param(lambda n: cloze(f"{spelled(n)} {{{{so}}}}"),
                     40, "long-question", id="sentence"),
    ],
)  # fmt: skip
def test_what_is_too_long_is_counted(written: Callable[[int], str], most: int, code: str) -> None:
    """So many words are the most, one more is too many; two wide characters are a word."""
    assert warned(deck_of(TOPIC + written(most))) == []
    assert warned(deck_of(TOPIC + written(most + 1))) == [("f", code)]


# ---------------------------------------------------------------------------- real decks


@pytest.mark.parametrize("source", ["source/relations.toml", "tests/samples/science.toml"])
def test_our_own_decks_have_none(source: str) -> None:
    """What we give away passes our own rules."""
    deck, problems = read(ROOT / source)
    assert deck, problems
    assert lint(deck) == ()


COUNTRIES = """\
Afghanistan Kabul|Albania Tirana|Algeria Algiers|Andorra Andorra_la_Vella|Angola Luanda|Argentina Buenos_Aires
Armenia Yerevan|Australia Canberra|Austria Vienna|Azerbaijan Baku|Bahrain Manama|Bangladesh Dhaka|Barbados Bridgetown
Belarus Minsk|Belgium Brussels|Belize Belmopan|Benin Porto-Novo|Bhutan Thimphu|Bolivia Sucre|Botswana Gaborone
Brazil Brasília|Brunei Bandar_Seri_Begawan|Bulgaria Sofia|Burkina_Faso Ouagadougou|Burundi Gitega|Cambodia Phnom_Penh
Cameroon Yaoundé|Canada Ottawa|Cape_Verde Praia|Chad N’Djamena|Chile Santiago|China Beijing|Colombia Bogotá
Comoros Moroni|Costa_Rica San_José|Croatia Zagreb|Cuba Havana|Cyprus Nicosia|Czechia Prague|Denmark Copenhagen
Djibouti Djibouti|Dominica Roseau|Ecuador Quito|Egypt Cairo|El_Salvador San_Salvador|England London|Eritrea Asmara
Estonia Tallinn|Eswatini Mbabane|Ethiopia Addis_Ababa|Fiji Suva|Finland Helsinki|France Paris|Gabon Libreville
Gambia Banjul|Georgia Tbilisi|Germany Berlin|Ghana Accra|Greece Athens|Grenada St._George’s|Guatemala Guatemala_City
Guinea Conakry|Equatorial_Guinea Ciudad_de_la_Paz|Guinea-Bissau Bissau|Guyana Georgetown|Haiti Port-au-Prince
Honduras Tegucigalpa|Hungary Budapest|Iceland Reykjavik|India New_Delhi|Indonesia Nusantara|Iran Tehran|Iraq Baghdad
Ireland Dublin|Northern_Ireland Belfast|Israel Jerusalem|Italy Rome|Jamaica Kingston|Japan Tokyo|Jordan Amman
Kazakhstan Astana|Kenya Nairobi|Kiribati South_Tarawa|Kosovo Pristina|Kuwait Kuwait_City|Kyrgyzstan Bishkek
Laos Vientiane|Latvia Riga|Lebanon Beirut|Lesotho Maseru|Liberia Monrovia|Libya Tripoli|Liechtenstein Vaduz
Lithuania Vilnius|Luxembourg Luxembourg|Madagascar Antananarivo|Malawi Lilongwe|Malaysia Kuala_Lumpur|Maldives Malé
Mali Bamako|Malta Valletta|Mauritania Nouakchott|Mauritius Port_Louis|Mexico Mexico_City|Micronesia Palikir
Moldova Chișinău|Monaco Monaco|Mongolia Ulaanbaatar|Montenegro Podgorica|Morocco Rabat|Mozambique Maputo
Myanmar Naypyidaw|Namibia Windhoek|Nauru Yaren|Nepal Kathmandu|Netherlands Amsterdam|New_Zealand Wellington
Nicaragua Managua|Niger Niamey|Nigeria Abuja|North_Korea Pyongyang|North_Macedonia Skopje|Norway Oslo|Oman Muscat
Pakistan Islamabad|Palau Ngerulmud|Palestine Jerusalem|Panama Panama_City|Papua_New_Guinea Port_Moresby
Paraguay Asunción|Peru Lima|Philippines Manila|Poland Warsaw|Portugal Lisbon|Qatar Doha|Romania Bucharest
Russia Moscow|Rwanda Kigali|Saint_Lucia Castries|Samoa Apia|American_Samoa Pago_Pago|San_Marino San_Marino
Saudi_Arabia Riyadh|Scotland Edinburgh|Senegal Dakar|Serbia Belgrade|Seychelles Victoria|Sierra_Leone Freetown
Singapore Singapore|Slovakia Bratislava|Slovenia Ljubljana|Solomon_Islands Honiara|Somalia Mogadishu
South_Africa Pretoria|South_Korea Seoul|Spain Madrid|Sri_Lanka Colombo|Sudan Khartoum|South_Sudan Juba
Suriname Paramaribo|Sweden Stockholm|Switzerland Bern|Syria Damascus|Taiwan Taipei|Tajikistan Dushanbe
Tanzania Dodoma|Thailand Bangkok|Togo Lomé|Tonga Nukuʻalofa|Tunisia Tunis|Turkey Ankara|Turkmenistan Ashgabat
Tuvalu Funafuti|Uganda Kampala|Ukraine Kyiv|United_Arab_Emirates Abu_Dhabi|United_Kingdom London
United_States Washington|Uruguay Montevideo|Uzbekistan Tashkent|Vanuatu Port_Vila|Vatican_City Vatican_City
Venezuela Caracas|Vietnam Hanoi|Wales Cardiff|Yemen Sanaa|Zambia Lusaka|Zimbabwe Harare|Republic_of_the_Congo Brazzaville
Democratic_Republic_of_the_Congo Kinshasa|Somaliland Hargeisa|Greenland Nuuk|Gibraltar Gibraltar|Bermuda Hamilton
"""  # noqa: E501
CAPITALS = [
    tuple(part.replace("_", " ") for part in pair.split(" "))
    for pair in re.split(r"[|\n]", COUNTRIES.strip())
]
DOUBTFUL = {
    # the answer stands in the question, or begins it
    *(("answer-given-away", name) for name in (
        "Djibouti", "Gibraltar", "Guatemala", "Kuwait", "Luxembourg", "Mexico", "Monaco", "Panama",
        "San Marino", "Singapore", "Vatican City", "Guinea-Bissau",
    )),
    *(("ambiguous-prompt", name) for name in ("United Kingdom", "Palestine")),
    *(("interference", name) for name in (
        "Equatorial Guinea", "Guinea-Bissau", "Northern Ireland", "American Samoa", "South Sudan",
        "Democratic Republic of the Congo",
    )),
}  # fmt: skip


def test_of_two_hundred_capitals_the_doubtful_ones_are_found() -> None:
    """Of 190 capitals, asked both ways, lint warns of those that give themselves away or mix up."""
    deck = deck_of('[[topic]]\nid = "world"\ntitle = "World"\n' + "".join(
        question(f"c-{n}", f"What is the capital of {country}?", capital, "reverse = true")
        for n, (country, capital) in enumerate(CAPITALS)
    ))  # fmt: skip
    found = {(code, CAPITALS[int(name[2:])][0]) for name, code in warned(deck)}
    assert len(CAPITALS) >= 185
    assert found == DOUBTFUL


# ---------------------------------------------------------------------------- allow

SET = "black, white, red and gold"
WHY = 'why = "They belong together."'


@pytest.mark.parametrize(
    ("allow", "codes"),
    [
        pytest.param("", ["hidden-set"], id="none"),
        pytest.param(f'allow = [{{rule = "hidden-set", {WHY}}}]', [], id="one"),
        pytest.param(f'allow = [{{rule = "yes-no", {WHY}}}]',
                     ["hidden-set", "unused-allow"], id="another"),
        pytest.param(f'allow = [{{rule = "hidden-set", {WHY}}}, {{rule = "hidden-set", {WHY}}}]',
                     ["unused-allow"], id="twice"),
        pytest.param(f'[[topic.fact.allow]]\nrule = "hidden-set"\n{WHY}', [], id="table"),
    ],
)  # fmt: skip
def test_allow_silences_one_rule_on_one_fact(allow: str, codes: list[str]) -> None:
    """What an author allows is not warned of; what nothing needs is, where it stands."""
    deck = deck_of(TOPIC + question("flag", "Which colours had the flag?", SET, allow))
    problems = lint(deck)
    assert [problem.code for problem in problems] == codes
    for problem in problems:
        if problem.code == "unused-allow":
            line = deck.source.text.split("\n")[problem.place.line - 1]
            assert line[problem.place.column - 1 : problem.place.end_column - 1].startswith("{")
            assert problem.message.startswith("this fact has nothing for")


@pytest.mark.parametrize(
    ("allow", "codes"),
    [
        ("", ["raw-formula"]),
        (f'allow = [{{rule = "raw-formula", {WHY}}}]', []),
        (f'allow = [{{rule = "small-picture", {WHY}}}]', ["raw-formula", "unused-allow"]),
    ],
    ids=["none", "one", "another"],
)
def test_a_topic_may_allow_what_its_summary_does(allow: str, codes: list[str]) -> None:
    """What is in its title and its summary; a fact of it is warned of as ever."""
    summary = r"summary = 'From \(x\) to \(y\).'"
    fact = question("flag", "Which colours had the flag?", SET)
    deck = deck_of(f"{TOPIC}{summary}\n{allow}\n{fact}")
    problems = lint(deck)
    assert [problem.code for problem in problems] == [*codes, "hidden-set"]
    told = {p.code: (p.place.line, p.message) for p in problems}
    assert told.get("unused-allow", (0, "this topic"))[1].startswith("this topic")


@pytest.mark.parametrize(
    ("allow", "codes"),
    [
        ("", ["raw-formula"] * 3),
        (f'allow = [{{rule = "raw-formula", {WHY}}}]', []),
        (f'allow = [{{rule = "small-picture", {WHY}}}]', [*["raw-formula"] * 3, "unused-allow"]),
    ],
    ids=["none", "one", "another"],
)
def test_a_deck_may_allow_what_its_own_texts_do(allow: str, codes: list[str]) -> None:
    """One table is for its summary, its recap and its hook; a topic is warned of as ever."""
    own = r"""summary = 'From \(x\) to \(y\).'
recap = 'From \(x\) on.'
hook = '\(x\)'
"""
    topic = f"{TOPIC}summary = 'Up to \\(z\\).'\n{question('a', 'Who came?', 'Al')}"
    problems = lint(deck_of(f"{own}{allow}\n{topic}"))
    assert [problem.code for problem in problems] == [*codes, "raw-formula"]
    told = {p.code: p.message for p in problems}
    assert told.get("unused-allow", "this deck").startswith("this deck")


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ("summary = 'A cafÃ© by the sea.'\nrecap = '“The end of it'\n" + TOPIC, [8, 9]),
        (TOPIC.replace("title", "part = 'A cafÃ©'\ntitle") + "summary = '“The end'\n", [10, 12]),
    ],
    ids=["deck", "topic"],
)
def test_of_each_text_outside_facts_a_rule_tells(texts: str, lines: list[int]) -> None:
    """What is amiss in another text is told at once, not only when the first is mended."""
    problems = lint(deck_of(texts + question("a", "Who came?", "Al")))
    assert {problem.code for problem in problems} == {"broken-copy"}
    assert [problem.place.line for problem in problems] == lines


def test_a_deck_allows_no_rule_that_there_is_not() -> None:
    """It is told of, as of a fact."""
    allow = f'[deck]\nallow = [{{rule = "raw-formul", {WHY}}}]\n'
    head = HEAD.format("en").replace("[deck]\n", allow)
    deck, (problem,) = read_bytes(f"{head}{TOPIC}{question('a', 'Who?', 'Al')}".encode(), "d.toml")
    assert deck is None
    assert (problem.code, problem.place.line) == ("unknown-rule", 2)


def test_a_topic_allows_no_rule_that_there_is_not() -> None:
    """It is told of, as of a fact."""
    allow = f'allow = [{{rule = "raw-formul", {WHY}}}]\n'
    text = f"{HEAD.format('en')}{TOPIC}{allow}{question('a', 'Who came?', 'Al')}"
    deck, (problem,) = read_bytes(text.encode(), "deck.toml")
    assert deck is None
    assert (problem.code, problem.hint) == ("unknown-rule", "did you mean `raw-formula`?")


def test_allow_changes_no_note(tmp_path: Path) -> None:
    """The lock, which remembers what every note holds, does not know what a fact is allowed."""
    source = tmp_path / "deck.toml"
    locks = []
    for allow in ("", f'allow = [{{rule = "hidden-set", {WHY}}}]'):
        fact = question("flag", "Which colours had the flag?", SET, allow)
        source.write_text(f"{HEAD.format('en')}{TOPIC}{fact}", "utf-8")
        built = build(source, tmp_path / "out", NOW, Request(frozen=bool(allow)))
        assert built.files, built.problems
        locks.append(source.with_suffix(".lock").read_bytes())
    assert locks[0] == locks[1]


@pytest.mark.parametrize("strict", [False, True])
def test_a_warning_stops_a_strict_build_alone(tmp_path: Path, strict: bool) -> None:
    """Warnings are told, and the deck is built all the same, unless all has to be well."""
    source = tmp_path / "deck.toml"
    source.write_text(HEAD.format("en") + TOPIC + question("flag", "Which colours?", SET), "utf-8")
    built = build(source, tmp_path / "out", NOW, Request(strict=strict))
    assert [problem.code for problem in built.problems] == ["hidden-set"]
    assert bool(built.files) is not strict


def test_lint_waits_until_there_is_no_error(tmp_path: Path) -> None:
    """While a deck has an error, nothing else is told: it might follow from it."""
    source = tmp_path / "deck.toml"
    twice = question("flag", "Which colours?", SET) * 2
    source.write_text(HEAD.format("en") + TOPIC + twice, "utf-8")
    assert [problem.code for problem in examine(source)[1]] == ["duplicate-id"]


def test_a_warning_is_short_however_long_the_card() -> None:
    """A message quotes the beginning of what an author wrote, on one line."""
    text = question("f", "a " * 2000 + "\n?", "b " * 2000) + question("g", "a " * 2000 + "?", "c")
    problems = lint(deck_of(TOPIC + text))
    assert {"long-answer", "ambiguous-prompt"} <= {problem.code for problem in problems}
    assert all(len(problem.message) < 250 and "\n" not in problem.message for problem in problems)


BACKWARD, ONCE = "translation = true", "translation = true\nreverse = false"
SAID = "say in its `{}` what tells the two apart, or ask both one way only, with `reverse = false`"
# what is asked and answered, twice, with keys that both have; what is told; the same, mended so
FOLLOWED: dict[str, tuple[list[str], str, list[list[str]]]] = {
    "forward": (
        ["Which one?", "this", "Which one?", "that", ""],
        "say on the front what tells the two apart, or give each a `hint`",
        [
            ["Which one?", "this", "Which other one?", "that", ""],
            ["Which one?", "this", "Which one?", "that", 'hint = "There."'],
        ],
    ),
    "backward": (
        ["Is it A?", "so", "Is it B?", "so", "reverse = true"],
        SAID.format("answer"),
        [
            ["Is it A?", "so", "Is it B?", "so, too", "reverse = true"],
            ["Is it A?", "so", "Is it B?", "so", "reverse = false"],
        ],
    ),
    "vocabulary": (
        ["das Mädchen", "la fille", "die Tochter", "la fille", BACKWARD],
        SAID.format("answer"),
        [
            ["das Mädchen", "la fille", "die Tochter", "la fille (de la famille)", BACKWARD],
            ["das Mädchen", "la fille", "die Tochter", "la fille", ONCE],
        ],
    ),
    "typed vocabulary": (
        ["das Mädchen", "la fille", "die Tochter", "la fille", f"{BACKWARD}\ntyped = true"],
        "ask both one way only, with `reverse = false`",
        [["das Mädchen", "la fille", "die Tochter", "la fille", f"{ONCE}\ntyped = true"]],
    ),
}


@pytest.mark.parametrize(("facts", "told", "mended"), FOLLOWED.values(), ids=FOLLOWED)
def test_the_way_out_can_be_followed(facts: list[str], told: str, mended: list[list[str]]) -> None:
    """Who does what is told is warned no more; a hint is not offered to what asks backward."""

    def warnings(asked: str, answer: str, other: str, its: str, keys: str) -> list[tuple[str, str]]:
        text = question("a", asked, answer, keys) + question("b", other, its, keys)
        return [(problem.code, problem.hint) for problem in lint(deck_of(TOPIC + text, "fr"))]

    assert warnings(*facts) == [("ambiguous-prompt", told)]
    for each in mended:
        assert warnings(*each) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (("girl", "la fille", BACKWARD), ("la fille", "daughter", ""), "what tells the two apart"),
        (("girl", "la fille", BACKWARD), ("daughter", "la fille", ""), "or ask it one way only"),
        (("girl", "la fille", ONCE), ("daughter", "la fille", BACKWARD), "or ask it one way only"),
    ],
)
def test_one_that_asks_backward_alone_can_do_without(
    one: tuple[str, str, str], other: tuple[str, str, str], told: str
) -> None:
    """Its rival has nothing to mend, and no hint would tell the two apart."""
    (problem,) = lint(deck_of(TOPIC + question("a", *one) + question("b", *other)))
    assert problem.code == "ambiguous-prompt"
    assert told in problem.hint
    assert "`hint`" not in problem.hint


def test_a_time_is_told_more_exactly() -> None:
    """No words go into it that could tell two events apart."""
    keys = 'event = "War {0} began."\nwhen = 1914\nreverse = true\n'
    facts = "".join(f'[[topic.fact]]\nid = "{n}"\n{keys.format(n)}' for n in "ab")
    (problem,) = lint(deck_of(TOPIC + facts))
    assert problem.hint.startswith("give a more exact time in its `when`, or ask both one way")


def test_what_a_quotation_means_is_not_asked_backward() -> None:
    """Its card, on which no hint is shown, is done without by the key that makes it."""
    said = 'quote = "Thus passes glory."\nspeaker = "a monk"\nhint = "In Latin."\n'
    facts = (
        f'[[topic.fact]]\nid = "q-{n}"\n{said}meaning = "{meant}"\n'
        for n, meant in enumerate(("all ends", "be humble"))
    )
    found = lint(deck_of(TOPIC + "".join(facts)))
    (problem,) = (p for p in found if p.code == "ambiguous-prompt")
    assert problem.hint.endswith("or leave out `meaning`")


@pytest.mark.parametrize(
    ("keys", "way"),
    [('list = "Which?"\nask = "all"', "`ask"), ('order = "Put them."', "two facts")],
)
def test_a_long_list_is_cut_by_a_key_that_it_has(keys: str, way: str) -> None:
    """`ask` is offered to a list alone: a sequence has no such key."""
    items = ["Erie", "Huron", "Ontario", "Superior", "Michigan", "Nipigon"]
    text = f'[[topic.fact]]\nid = "lakes"\n{keys}\nitems = {json.dumps(items)}\n'
    (problem,) = (p for p in lint(deck_of(TOPIC + text)) if p.code == "long-list")
    assert way in problem.hint


LONG = " ".join(["word"] * 21)
TERM = 'term = "a"\ndefinition = "so"\nreverse = true'
OTHER = '\n[[topic.fact]]\nid = "g"\n'
MARKED: list[tuple[str, str, list[str]]] = [
    ("hidden-set", f'question = "What?"\nanswer = "{SET}"', [f'"{SET}"']),
    ("hidden-set", f'question = "What?"\nstatement = "It is {{{{{SET}}}}}."', [f"{{{{{SET}}}}}"]),
    ("hidden-set", f'cloze = "It has {{{{two}}}}: {{{{c2::{SET}::which}}}}."',
     [f"{{{{c2::{SET}::which}}}}"]),
    ("hidden-set", f'term = "{SET}"\ndefinition = "colours"\nreverse = true', [f'"{SET}"']),
    ("hidden-set", f'quote = "So."\nspeaker = "Al"\nmeaning = "{SET}"', [f'"{SET}"']),
    ("hidden-set", f'compare = "How?"\nthings = ["a", "b"]\naspects = [["x", "y", "{SET}"]]',
     [f'"{SET}"']),
    ("long-answer", f'question = "Why?"\nanswer = "{LONG}"', [f'"{LONG}"']),
    ("long-answer", f'person = "Al"\nknown_for = "{LONG}"', [f'"{LONG}"']),
    ("long-answer", f'list = "Why?"\nitems = ["so", "{LONG}"]', [f'"{LONG}"']),
    ("long-answer", f'list = "Why?"\nask = "all"\nitems = ["so", "{LONG}"]', [f'"{LONG}"']),
    ("long-answer", f'cloze = "They were {{{{bad}}}} and {{{{{LONG}}}}}."', [f"{{{{{LONG}}}}}"]),
    ("long-list", 'order = "Sort."\nitems = ["a","f","c","b","e","d"]',
     ['["a","f","c","b","e","d"]']),
    ("hard-to-type", 'question = "Who?"\nanswer = "Al (or Bo)"\ntyped = true', ['"Al (or Bo)"']),
    ("hard-to-type", 'list = "Which?"\nitems = ["Al", "Bo (or Cy)"]\ntyped = true',
     ['"Bo (or Cy)"']),
    ("vague-prompt", 'question = "Discuss Rapallo."\nanswer = "so"', ["Discuss"]),
    ("undated", 'question = "Who is *currently* tall?"\nanswer = "Al"', ["currently"]),
    ("undated", 'question = "Who is tall?"\nanswer = "nobody at present"', ["at present"]),
    ("undated", 'list = "Who is tall?"\nitems = ["Al", "currently Bo"]', ["currently"]),
    ("undated", 'compare = "So?"\nthings = ["a", "the latest b"]\naspects = [["x", "y", "z"]]',
     ["the latest"]),
    ("marked-hint", 'cloze = "It {{rains}} {{c2::water::H~2~O}}."', ["{{c2::water::H~2~O}}"]),
    ("marked-hint", 'cloze = "It {{rains *or* pours::*or* so}} or {{c2::*snows*::*or* not}}."',
     ['"It {{rains *or* pours::*or* so}} or {{c2::*snows*::*or* not}}."']),
    ("stray-braces", 'question = "Who came?"\nanswer = "the {{big man"', ["{{big"]),
    ("stray-braces", 'cloze = "It {{is}} big}} or so."', ["big}}"]),
    ("odd-gap", 'cloze = "It is {{big}} and {{C1::red}}."', ["{{C1::red}}"]),
    ("answer-given-away", 'term = "bank"\ndefinition = "a bank by a river"\nreverse = true',
     ['"a bank by a river"']),
    ("answer-given-away", 'cloze = "It {{is}} {{c2::water::a sort of water}}."',
     ["{{c2::water::a sort of water}}"]),
    ("answer-given-away", 'cloze = "It {{is}} {{water}} or so."\nhint = "some water"',
     ['"some water"']),
    ("ambiguous-prompt", f'question = "Who?"\nanswer = "Al"{OTHER}question = "Who?"\nanswer = "Bo"',
     ['"Who?"', '"Al"']),
    ("ambiguous-prompt", f'{TERM}{OTHER}term = "b"\ndefinition = "so"', ['"so"', '"b"']),
]  # fmt: skip


QUOTED: list[tuple[str, str]] = [
    ('question = "Who was “currently” on it, and is currently king?"\nanswer = "Al"', "king?"),
    ("question = 'Is \"currently\" on «currently», or currently off?'\nanswer = 'Al'", "off?"),
    ('question = "Who said “currently”?"\nanswer = "Al, currently Bo"', "Bo"),
    ('question = "Who at the moment of death is at the moment a king?"\nanswer = "Al"', "a king?"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "behind"), QUOTED)
def test_the_word_that_is_meant_is_marked(keys: str, behind: str) -> None:
    """Not the one like it that stands before it, quoted, where it does not count."""
    deck = deck_of(f'{TOPIC}\n[[topic.fact]]\nid = "a"\n{keys}\n')
    (place,) = (problem.place for problem in lint(deck) if problem.code == "undated")
    line = deck.source.text.split("\n")[place.line - 1]
    assert line[place.column - 1 : place.end_column - 1] in ("currently", "at the moment")
    assert line[place.end_column - 1 :].startswith(f" {behind}")


@pytest.mark.parametrize(("code", "keys", "marked"), MARKED)
def test_what_is_marked_is_what_is_spoken_of(code: str, keys: str, marked: list[str]) -> None:
    """A warning is placed at the value that it is about, or at the part of it, if it can be."""
    deck = deck_of(f'{TOPIC}\n[[topic.fact]]\nid = "a"\n{keys}\n')
    (found,) = (problem for problem in lint(deck) if problem.code == code)
    lines = deck.source.text.split("\n")
    places = (found.place, *(label.place for label in found.also))
    assert [lines[at.line - 1][at.column - 1 : at.end_column - 1] for at in places] == marked


HALVES: list[tuple[str, str]] = [
    ("the log_2(8) is 3", "log_2(8)"),
    ("(see O(n^2)), as they say", "O(n^2)"),
    ("it is (10^13)", "10^13"),
    ("of [Fe(CN)_6]", "Fe(CN)_6"),
    ("as $n$·10^5 is", "10^5"),
    ("`m`_1, or `a`^2, or m^2.", "^2"),
    (r"\*H~2O\*", "H~2O"),
    ("x<sup>n + 2</sup>, a power", "x<sup>n + 2</sup>"),
    ("x<sup>$n$</sup>", "</sup>"),
    ("the Ca^2+ of bones", "Ca^2+"),
    ("H~2~O, or x^2^·H~2O", "H~2O"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "part"), HALVES)
def test_half_a_mark_is_quoted_as_it_was_typed(answer: str, part: str) -> None:
    """With both brackets or none, without what stands in its text for code, formulas and signs."""
    deck = deck_of(f"{TOPIC}\n[[topic.fact]]\nid = 'a'\nquestion = 'Which?'\nanswer = '{answer}'\n")
    (found,) = lint(deck)
    assert (found.code, found.message.split(" is shown")[0]) == ("raw-formula", f"`{part}`")
    line = deck.source.text.split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 : found.place.end_column - 1] == part


def test_stars_that_are_meant_can_be_kept() -> None:
    """What is told of a half `**` says how stars are typed that stand for themselves."""
    (found,) = lint(deck_of(TOPIC + question("a", "Where did they meet?", "Hotel **Superior")))
    assert r"are written \*\*" in found.hint
    assert lint(deck_of(TOPIC + question("a", "Where did they meet?", r"Hotel \*\*Superior"))) == ()


# ---------------------------------------------------------------------------- properties


def test_a_warning_marks_what_else_is_mended_alike() -> None:
    """One a fact and rule; what another card of it has in its place, is marked once, not all."""
    gaps = " ".join(f"{{{{c{n}::word{n}::word{n}}}}}" for n in range(1, 7))
    fact = f'[[topic.fact]]\nid = "a"\ncloze = "They said {gaps} of it."\n'
    deck = deck_of(TOPIC + fact)
    (told,) = (problem for problem in lint(deck) if problem.code == "answer-given-away")
    places = [told.place, *(label.place for label in told.also)]
    line = fact.split("\n")[2]
    marked = [line[place.column - 1 : place.end_column - 1] for place in places]
    assert marked == [f"{{{{c{n}::word{n}::word{n}}}}}" for n in range(1, 5)]
    assert {label.words for label in told.also} == {"this, too"}


@pytest.mark.parametrize("file", [f for f in BAD if "." not in f.stem], ids=lambda f: f.stem)
def test_an_unrelated_fact_changes_nothing(file: Path) -> None:
    """What lint says of a fact stays the same whatever stands beside it, before it or behind."""
    text, beside = file.read_text("utf-8"), ""
    for other in GOOD:
        if "." not in other.stem:
            ids = rf'id\1= "{other.stem}-'
            beside += re.sub(r'^id( +)= "', ids, other.read_text("utf-8"), flags=re.MULTILINE)
    before = warned(deck_of(text))
    assert warned(deck_of(f"{text}\n{beside}")) == before
    assert warned(deck_of(f"{beside}\n{text}")) == before


def test_a_set_in_a_cell_is_to_become_rows() -> None:
    """A cell cannot be a list: what helps is a row for each element, or to allow it."""
    table = f'id = "t"\ncompare = "How?"\nthings = ["a", "b"]\naspects = [["x", "y", "{SET}"]]'
    (problem,) = lint(deck_of(f"{TOPIC}[[topic.fact]]\n{table}"))
    assert (problem.code, problem.hint.partition(",")[0]) == (
        "hidden-set",
        "give each of them a row of its own",
    )


def test_warnings_come_in_order_and_once() -> None:
    """The warnings of a deck stand in the order of its lines, one of each rule for a fact."""
    text = "".join(
        question(f"q-{n}", "Describe it? And why?", "one, two, three, four", "reverse = true")
        for n in range(5)
    )
    problems = lint(deck_of(TOPIC + text))
    assert list(problems) == sorted(problems, key=lambda p: (p.place, p.code))
    told = [(problem.place.line, problem.code) for problem in problems]
    assert len(told) == len(set(told))
    assert {problem.code for problem in problems} >= {"hidden-set", "vague-prompt"}


def test_docs_tell_every_rule() -> None:
    """The page about the lint tells each rule, in the rule's own words and with its example."""
    page = (ROOT / "docs" / "lint.md").read_text("utf-8")
    told = re.findall(r"^### `([a-z-]+)`$", page, re.MULTILINE)
    assert told == [rule.explanation.code for rule in LINT]
    for rule in LINT:
        explanation = rule.explanation
        assert f"{explanation.what} {explanation.why}" in page.replace(" *English.*", "")
        assert f"```toml{explanation.bad}```" in page


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TOPIC.replace("[[topic]]", '[[topic]]\nsummary = "one\\n\\ntwo"'), 9),
        (TOPIC, 0),
        (TOPIC.replace("[[topic]]", '[[topic]]\nsummary = """\none \\\ntwo"""'), 0),
    ],
    ids=["paragraphs", "none", "goes on"],
)
def test_lines_of_other_tables_are_looked_at_too(text: str, line: int) -> None:
    """What belongs to no fact is warned of at its key, once for all facts."""
    told = lint(deck_of(text + question("a", "Who came?", "Al") + question("b", "Who went?", "Bo")))
    assert [(p.code, p.place.line) for p in told] == [("joined-lines", line)] * bool(line)


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ('question = "Which two?"\nanswer = "$x and y$"', "answer"),
        ('question = "Which are $x  and y$?"\nanswer = "both"', "question"),
        ('list = "Which three?"\nitems = ["all", "$x and y$", "z"]', "items"),
        ('question = "Which two?"\nstatement = "They are {{$x and y$}} here."', "statement"),
        ('question = "Which two?"\nanswer = "both"\nextra = "$5 = 7 A$"', "extra"),
    ],
)
def test_words_in_a_formula_are_shown_where_they_stand(keys: str, key: str) -> None:
    """The place is the key that has the formula, not the one that shows the fact's kind."""
    deck = deck_of(f'{TOPIC}\n[[topic.fact]]\nid = "a"\n{keys}\n')
    (line,) = (p.place.line for p in lint(deck) if p.code == "words-in-formula")
    assert deck.source.text.split("\n")[line - 1].startswith(f"{key} =")


def test_formulas_of_a_topic_are_looked_at_too() -> None:
    """What belongs to no fact is warned of at its key, once for all facts; reasons are not read."""
    text = TOPIC.replace("[[topic]]", '[[topic]]\nsummary = "It costs $5 or 6 A$."')
    first = question("a", "Who came?", "Al", 'allow = [{ rule = "yes-no", why = "$x and y$" }]')
    deck = deck_of(text + first + question("b", "Who went?", "Bo"))
    (line,) = (p.place.line for p in lint(deck) if p.code == "words-in-formula")
    assert deck.source.text.split("\n")[line - 1].startswith("summary =")


def test_a_gap_may_be_all_that_a_fact_says() -> None:
    """There is no word before it; its topic's title has what belongs there."""
    fact = '[[topic.fact]]\nid = "a"\ncloze = "{{Agreement}}!"\n'
    assert warned(deck_of(TOPIC + fact)) == [("a", "no-context"), ("a", "title-answers")]
