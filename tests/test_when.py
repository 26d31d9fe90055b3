"""What an author may write as a time, in each language: how it sorts, and how it is printed."""

from __future__ import annotations

import datetime
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.phrases import PHRASES
from deckbuilder.when import When, doubt, forms, read_when

APRIL_16 = 1922 + 3 / 12 + 15 / 372  # months and days of even length are near enough to sort by


def read(value: object, language: str = "en") -> When | None:
    return read_when(value, PHRASES[language])


def lasts(value: object, language: str = "en") -> tuple[float, float]:
    when = read(value, language)
    assert when, f"{value!r} cannot be read"
    return when.start, when.end


SAME_EVERYWHERE = {
    "1922": (1922, 1923),
    "7": (7, 8),
    "1919–33": (1919, 1934),
    "1919-33": (1919, 1934),
    "1919 — 1933": (1919, 1934),
    "98–117": (98, 118),
    "1922/23": (1922, 1924),
    "1899/1900": (1899, 1901),
    "1919/20–1922/23": (1919, 1924),
    "1919–1919": (1919, 1920),
}
BY_LANGUAGE = {
    "en": {
        "April 1922": (1922.25, 1922 + 4 / 12),
        "16 April 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16. april 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "29 February 2000": (2000 + 1 / 12 + 28 / 372, 2000 + 1 / 12 + 29 / 372),
        "1930s": (1930, 1940),
        "16th century": (1501, 1601),
        "1st century": (1, 101),
        "2nd century": (101, 201),
        "3rd Century": (201, 301),
        "44 BC": (-43, -42),
        "44 bce": (-43, -42),
        "1 BC": (0, 1),
        "March 44 BC": (-43 + 2 / 12, -43 + 3 / 12),
        "1st century BC": (-99, 1),
        "44–30 BC": (-43, -28),
        "44 BC – 14": (-43, 15),
        "9 AD": (9, 10),
        "AD 9": (9, 10),
        "9 ce": (9, 10),
        "March AD 9": (9 + 2 / 12, 9 + 3 / 12),
        "c. 9 CE": (9, 10),
        "5th century CE": (401, 501),
        "98–117 AD": (98, 118),
        "AD 98–117": (98, 118),
        "44 BC – AD 14": (-43, 15),
        "March 1921 – April 1922": (1921 + 2 / 12, 1922 + 4 / 12),
        "1930s–1940s": (1930, 1950),
        "15th century – 16th century": (1401, 1601),
        "16–24 April 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "16.–24. April 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "16 April – 1 May 1922": (APRIL_16, 1922 + 4 / 12 + 1 / 372),
        "April–May 1922": (1922.25, 1922 + 5 / 12),
        "16 April 1922 – 3 May 1923": (APRIL_16, 1923 + 4 / 12 + 3 / 372),
        "c. 1919–33": (1919, 1934),
        "c. 44–30 BC": (-43, -28),
        "c. 1922": (1922, 1923),
        "c.1922": (1922, 1923),
        "ca. 1930s": (1930, 1940),
        "Circa April 1922": (1922.25, 1922 + 4 / 12),
        "around 1922": (1922, 1923),
        "about 1922": (1922, 1923),
        "April 16, 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "april 16 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "April 16th, 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16th of April 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16 April 44 – 3 May 43 BC": (-43 + 3 / 12 + 15 / 372, -42 + 4 / 12 + 3 / 372),
        "March 44 – April 45 AD": (44 + 2 / 12, 45 + 4 / 12),
        "April of 22 AD": (22.25, 22 + 4 / 12),
        "winter 1922-23": (1922 + 11 / 12, 1923 + 2 / 12),
        "16th April 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "Apr. 16, 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16 Apr 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "Apr 1922": (1922.25, 1922 + 4 / 12),
        "Sept. 1922": (1922 + 8 / 12, 1922 + 9 / 12),
        "April, 1922": (1922.25, 1922 + 4 / 12),
        "April of 1922": (1922.25, 1922 + 4 / 12),
        "March 15, 44 BC": (-43 + 2 / 12 + 14 / 372, -43 + 2 / 12 + 15 / 372),
        "April 16–24, 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "April 16 – May 1, 1922": (APRIL_16, 1922 + 4 / 12 + 1 / 372),
        "April 16, 1922 – May 3, 1923": (APRIL_16, 1923 + 4 / 12 + 3 / 372),
        "April 7 AD": (7.25, 7 + 4 / 12),
        "1919 to 1933": (1919, 1934),
        "from 1919 to 1933": (1919, 1934),
        "16 to 24 April 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "44 to 30 BC": (-43, -28),
        "44/43 BC": (-43, -42 + 1),
        "spring 1922": (1922 + 2 / 12, 1922 + 5 / 12),
        "Fall 1922": (1922 + 8 / 12, 1922 + 11 / 12),
        "summer of 1922": (1922 + 5 / 12, 1922 + 8 / 12),
        "spring–summer 1922": (1922 + 2 / 12, 1922 + 8 / 12),
        "winter 1922/23": (1922 + 11 / 12, 1923 + 2 / 12),
        "16th–17th century": (1501, 1701),
        "16th-17th centuries": (1501, 1701),
        "16–17th century": (1501, 1701),
        "16th/17th century": (1501, 1701),
        "16th to 17th century": (1501, 1701),
        "from the 16th to the 17th century": (1501, 1701),
        "3rd–2nd century BC": (-299, -99),
        "2nd BC – 1st century AD": (-199, 101),
        "2nd century BC to 1st century AD": (-199, 101),
        "in 1922": (1922, 1923),
        "in April 1922": (1922.25, 1922 + 4 / 12),
        "on 16 April 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "the 1930s": (1930, 1940),
        "before the 16th century": (1500.99, 1501),
        "27 BC to 1st century": (-26, 101),
        "44 BC to the 1st century AD": (-43, 101),
        "3rd century BC to 79 AD": (-299, 80),
        "5th century BC to the 4th": (-499, -299),
        "from 1919 to the 1930s": (1919, 1940),
        "from the 1920s to 1935": (1920, 1936),
    },
    "de": {
        "April 1922": (1922.25, 1922 + 4 / 12),
        "16. April 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "MÄRZ 1922": (1922 + 2 / 12, 1922 + 3 / 12),
        "1930er": (1930, 1940),
        "1930er Jahre": (1930, 1940),
        "16. Jahrhundert": (1501, 1601),
        "16. Jh.": (1501, 1601),
        "1.–2. Mai 1922": (1922 + 4 / 12, 1922 + 4 / 12 + 2 / 372),
        "Ma\u0308rz 1922": (1922 + 2 / 12, 1922 + 3 / 12),
        "44 v. Chr.": (-43, -42),
        "1. Jh. v. Chr.": (-99, 1),
        "9 n. Chr.": (9, 10),
        "5. Jh. n. Chr.": (401, 501),
        "44–30 v. Chr.": (-43, -28),
        "um 1500": (1500, 1501),
        "ca. 1500": (1500, 1501),
        "etwa 1500": (1500, 1501),
        "16.4.1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16. 04. 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16.–24.4.1922": (APRIL_16, APRIL_16 + 9 / 372),
        "16.4. bis 1.5.1922": (APRIL_16, 1922 + 4 / 12 + 1 / 372),
        "1921–1.5.1922": (1921, 1922 + 4 / 12 + 1 / 372),
        "16. Apr. 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "Jänner 1922": (1922, 1922 + 1 / 12),
        "1919 bis 1933": (1919, 1934),
        "vom 16. bis 24. April 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "Frühjahr 1922": (1922 + 2 / 12, 1922 + 5 / 12),
        "Winter 1922/23": (1922 + 11 / 12, 1923 + 2 / 12),
        "16. bis 17. Jahrhundert": (1501, 1701),
        "vom 16. bis zum 17. Jahrhundert": (1501, 1701),
        "16.–17. Jahrhundert": (1501, 1701),
        "16./17. Jh.": (1501, 1701),
        "3.–2. Jh. v. Chr.": (-299, -99),
        "im April 1922": (1922.25, 1922 + 4 / 12),
        "Im Jahr 1922": (1922, 1923),
        "am 16. April 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "im 16. Jahrhundert": (1501, 1601),
        "in den 1930er Jahren": (1930, 1940),
        "1930er-Jahre": (1930, 1940),
        "nach dem 16. Jahrhundert": (1601, 1601.01),
        "1. Jh. v. Chr. bis 14 n. Chr.": (-99, 15),
        "vom 5. Jh. v. Chr. bis zum 4.": (-499, -299),
        "1920er–1930": (1920, 1931),
        "um das Jahr 1500": (1500, 1501),
    },
    "fr": {
        "avril 1922": (1922.25, 1922 + 4 / 12),
        "16 avril 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "Août 1922": (1922 + 7 / 12, 1922 + 8 / 12),
        "années 1930": (1930, 1940),
        "XVIe siècle": (1501, 1601),
        "XIXe siècle": (1801, 1901),
        "16e siècle": (1501, 1601),
        "44 av. J.-C.": (-43, -42),
        "44–30 av. J.-C.": (-43, -28),
        "44 av. J.-C. – 14": (-43, 15),
        "Ier siècle av. J.-C.": (-99, 1),
        "9–14 apr. J.-C.": (9, 15),
        "vers 1500": (1500, 1501),
        "v. 1500": (1500, 1501),
        "environ 1500": (1500, 1501),
        "1er avril 1922": (1922.25, 1922.25 + 1 / 372),
        "16/04/1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16 avr. 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "de 1919 à 1933": (1919, 1934),
        "du 16 au 24 avril 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "hiver 1922-1923": (1922 + 11 / 12, 1923 + 2 / 12),
        "été 1922": (1922 + 5 / 12, 1922 + 8 / 12),
        "XVIe–XVIIe siècle": (1501, 1701),
        "XVIe-XVIIe siècles": (1501, 1701),
        "du XVIe au XVIIe siècle": (1501, 1701),
        "XVIe s.": (1501, 1601),
        "IIIe–IIe siècle av. J.-C.": (-299, -99),
        "en avril 1922": (1922.25, 1922 + 4 / 12),
        "52 av. J.-C. au Ve siècle": (-51, 501),
        "années 1920-1930": (1920, 1940),
        "années 1920-30": (1920, 1940),
        "vers l’an 1000": (1000, 1001),
        "le 16 avril 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "au XVIe siècle": (1501, 1601),
        "les années 1930": (1930, 1940),
    },
    "es": {
        "abril de 1922": (1922.25, 1922 + 4 / 12),
        "16–24 de abril de 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "abril 1922": (1922.25, 1922 + 4 / 12),
        "16 de abril de 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "1.º de abril de 1922": (1922.25, 1922.25 + 1 / 372),
        "1.o de abril de 1922": (1922.25, 1922.25 + 1 / 372),
        "años 1930": (1930, 1940),
        "siglo XVI": (1501, 1601),
        "siglo iv": (301, 401),
        "44 a. C.": (-43, -42),
        "siglo I a. C.": (-99, 1),
        "siglo I d. C.": (1, 101),
        "44–30 a. C.": (-43, -28),
        "hacia 1500": (1500, 1501),
        "c. 1500": (1500, 1501),
        "alrededor de 1500": (1500, 1501),
        "16/4/1922": (APRIL_16, APRIL_16 + 1 / 372),
        "16 abr. 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "de 1919 a 1933": (1919, 1934),
        "44 a. C. a 14": (-43, 15),
        "del 16 al 24 de abril de 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "primavera de 1922": (1922 + 2 / 12, 1922 + 5 / 12),
        "siglos XVI–XVII": (1501, 1701),
        "siglo XVI a XVII": (1501, 1701),
        "del siglo XVI al XVII": (1501, 1701),
        "siglos XVI/XVII": (1501, 1701),
        "s. XVI": (1501, 1601),
        "siglos III–II a. C.": (-299, -99),
        "siglo I a. C. – II d. C.": (-99, 201),
        "en abril de 1922": (1922.25, 1922 + 4 / 12),
        "siglo I a. C. – 14 d. C.": (-99, 15),
        "siglo V a. C. al IV": (-499, -299),
        "en los 1920": (1920, 1930),
        "años 1920–1930": (1920, 1940),
        "hacia el año 1000": (1000, 1001),
        "el 16 de abril de 1922": (APRIL_16, APRIL_16 + 1 / 372),
        "en el siglo XVI": (1501, 1601),
        "década de 1930": (1930, 1940),
        "los años 1930": (1930, 1940),
        "la década de los años 1930": (1930, 1940),
        "antes del siglo XVI": (1500.99, 1501),
    },
}


@pytest.mark.parametrize(
    ("language", "value", "stretch"),
    [
        pytest.param(language, value, stretch, id=f"{language} {value}")
        for language, own in BY_LANGUAGE.items()
        for value, stretch in {**SAME_EVERYWHERE, **own}.items()
    ],
)
def test_grammar(language: str, value: str, stretch: tuple[float, float]) -> None:
    """Each form of the grammar is read in the words of each language, and printed as written."""
    assert lasts(value, language) == pytest.approx(stretch, abs=1e-9)
    when = read(value, language)
    assert when
    assert when.text == unicodedata.normalize("NFC", value)


def test_table_covers_every_language() -> None:
    """A language that is added is tested, too."""
    assert BY_LANGUAGE.keys() == PHRASES.keys()


@pytest.mark.parametrize("language", PHRASES)
def test_every_word_of_a_language_is_read(language: str) -> None:
    """Every month and every word for about, before, after, BC, AD is understood."""
    say = PHRASES[language]
    for number, month in enumerate(say.months):
        for name in (month, *say.short_months[number].split()):
            assert lasts(f"{name} 1922", language)[0] == pytest.approx(1922 + number / 12)
    for names in say.seasons[:3]:
        assert all(read(f"{name} 1922", language) for name in names.split())
    for form in say.ranges:
        assert lasts(form.format(1919, 1933), language) == (1919, 1934)
    for word in (*say.circa, *say.before, *say.after, *say.within):
        assert read(f"{word} 1922", language)
    for form in say.decade:
        assert lasts(form.format(1930), language) == (1930, 1940)
    for form in say.century:
        assert lasts(form.format(say.sixteenth), language) == (1501, 1601)
    for word in say.bc:
        assert lasts(f"44 {word}", language) == (-43, -42)
    for word in say.ad:
        assert lasts(f"44 {word}", language) == lasts(f"{word} 44", language) == (44, 45)


@pytest.mark.parametrize("language", PHRASES)
def test_the_forms_that_are_offered_are_read(language: str) -> None:
    """Who wrote no time is shown the forms of the deck's language, and can use each of them."""
    quoted, _, words = forms(PHRASES[language]).partition(", with ")
    *near, era, ours = words.split(", ")
    offered = [form.strip('"') for form in quoted.split(", ")]
    assert len(offered) == 5
    assert all(read(form, language) for form in offered)
    assert all(read(f"{word} 1922", language) for word in near)
    assert read(f"44 {era}", language)
    assert read(f"44 {ours}", language)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "-",
        "0",
        "0 BC",
        "12345",
        "-44",
        "1922.5",
        "1922-04-16",
        "16/04/1922",
        "31 April 1922",
        "29 February 1900",
        "32 May 1922",
        "0 May 1922",
        "avril 1922",
        "Aprıl 1922",
        "Janu 1922",
        "April 16",
        "April 31, 1922",
        "16 April 16, 1922",
        "4/16/1922",
        "16.4.1922",
        "04/1922",
        "1922/4",
        "1922/24",
        "1922/21",
        "9/10",
        "44/45 BC",
        "April 1922/23",
        "spring 1922/23",
        "16 spring 1922",
        "spring of 22",
        "winter 1922",
        "winter 1922–24",
        "winter 1922 to 23",
        "1922 to",
        "to 1922",
        "1933 to 1919",
        "24 to 16 April 1922",
        "in",
        "in the",
        "in before 1922",
        "inn 1922",
        "30s",
        "16th centuries",
        "16th–17th",
        "16th/17th",
        "16th–1700 century",
        "17th–16th century",
        "16th–16th century",
        "2nd–3rd century BC",
        "3rd AD – 2nd century BC",
        "16th–17th–18th century",
        "1935s",
        "1930s BC",
        "0s",
        "100th century",
        "0th century",
        "IIII century",
        "century",
        "AD 44 BC",
        "AD 44 AD",
        "44 BC AD",
        "AD",
        "AD 5th century",
        "1930s AD",
        "1922?",
        "1922²",
        "1933–19",
        "1933–1919",
        "30–44 BC",
        "1919–",
        "–1919",
        "1919–33–40",
        "24–16 April 1922",
        "30–31 April 1922",
        "16–24 April",
        "1922 – 24 April",
        "s 1930",
        "century XVI",
        "１９２２",
        "Before1914",
        "before",
        "c.",
        "befor 1914",
        "afternoon 1914",
        "ongoing",
        "1922\x00",
    ],
)
def test_text_outside_the_grammar_is_refused(value: str) -> None:
    """What is no time is not guessed at."""
    assert read(value) is None


def test_a_winter_of_one_year_is_in_doubt() -> None:
    """It is said how to write the one or the other; of what cannot be read at all, nothing is."""
    say = PHRASES["en"]
    hint = doubt("winter 1900", say)
    assert hint == 'it lies in two years: write "winter 1899/00" or "winter 1900/01"'
    assert all(read(form) for form in re.findall('"(.+?)"', hint))
    assert [doubt(value, say) for value in ("winter", "1922?", "31 April 1922", 0)] == [""] * 4


@pytest.mark.parametrize(
    ("language", "value", "forms"),
    [
        ("en", "8 May 45", ["8 May 1945", "8 May 45 AD"]),
        ("en", "May 8, 45", ["May 8, 1945", "May 8, 45 AD"]),
        ("en", "c. 24 August 79 ", ["c. 24 August 1979", "c. 24 August 79 AD"]),
        ("en", "April 7", ["April 1907", "April 7 AD"]),
        ("en", "summer of 22", ["summer of 1922", "summer of 22 AD"]),
        ("en", "5–8 May 45", ["5–8 May 1945", "5–8 May 45 AD"]),
        ("en", "May 1914 – June 18", ["May 1914 – June 1918"]),
        ("en", "31 April 22", []),
        ("en", "in April 25", ["in April 1925", "in April 25 AD"]),
        ("en", "the 20s", ["the 1920s"]),
        ("de", "20er Jahre", ["1920er Jahre"]),
        ("fr", "les années 20", ["les années 1920"]),
        ("es", "los años 20 ", ["los años 1920"]),
        ("es", "década de los 20", ["década de los 1920"]),
        ("en", "15s", []),
        ("de", "im Winter 1922", ["im Winter 1921/22", "im Winter 1922/23"]),
        ("de", "die 20er-Jahre", ["die 1920er-Jahre"]),
        ("de", "den 20er  Jahren", ["den 1920er Jahren"]),
        ("es", "los 20", ["los 1920"]),
        ("de", "April 25", ["April 1925", "April 25 n. Chr."]),
        ("de", "8. Mai 45", ["8. Mai 1945", "8. Mai 45 n. Chr."]),
        ("de", "8.5.45", ["8.5.1945"]),
        ("fr", "mai 45", ["mai 1945", "mai 45 apr. J.-C."]),
        ("fr", "1er mai 45", ["1er mai 1945", "1er mai 45 apr. J.-C."]),
        ("es", "mayo de 45", ["mayo de 1945", "mayo de 45 d. C."]),
        ("es", "8 de mayo de 45", ["8 de mayo de 1945", "8 de mayo de 45 d. C."]),
    ],
)
def test_a_short_year_is_in_doubt(language: str, value: str, forms: list[str]) -> None:
    """Behind a month or of a decade, in every language; with its century or era as the way out."""
    assert read(value, language) is None
    hint = doubt(value, PHRASES[language])
    assert re.findall('"(.+?)"', hint) == forms
    assert all(read(form, language) for form in forms)


@pytest.mark.parametrize(
    "value",
    [
        *(0, 10_000, -10_000, 1.5, True, None, datetime.time(5), ["1922"], {"year": 1922}),
        datetime.datetime(1922, 4, 16, 23, 59),  # noqa: DTZ001
        datetime.datetime(1922, 4, 16, tzinfo=datetime.UTC),
    ],
)
def test_value_that_is_no_time_is_refused(value: object) -> None:
    """Of TOML's values, years from 1 to 9999, dates without a time of day and texts are times."""
    assert read(value) is None


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", 1922, "1922"),
        ("en", 7, "7"),
        ("en", 9999, "9999"),
        ("en", -44, "44 BC"),
        ("de", -44, "44 v. Chr."),
        ("fr", -44, "44 av. J.-C."),
        ("es", -44, "44 a. C."),
        ("en", datetime.date(1922, 4, 16), "16 April 1922"),
        ("de", datetime.date(1922, 4, 16), "16. April 1922"),
        ("fr", datetime.date(1922, 4, 16), "16 avril 1922"),
        ("es", datetime.date(1922, 4, 16), "16 de abril de 1922"),
        ("fr", datetime.date(1886, 5, 1), "1er mai 1886"),
        ("es", datetime.date(1886, 5, 1), "1 de mayo de 1886"),
        ("en", "  April \t 1922 ", "April 1922"),
    ],
)
def test_printing(language: str, value: object, text: str) -> None:
    """Numbers and TOML dates are printed in the language's form."""
    when = read(value, language)
    assert when
    assert when.text == text


FULL = st.dates(datetime.date(100, 1, 1))  # a shorter year that is typed needs its era


@pytest.mark.parametrize("language", PHRASES)
@given(date=FULL)
def test_printed_date_can_be_written(language: str, date: datetime.date) -> None:
    """The form in which a date is printed may be typed instead, and means the same day."""
    when = read(date, language)
    assert when
    assert read(when.text, language) == when


@given(st.integers(-9999, 9999).filter(bool))
def test_printed_year_can_be_written(year: int) -> None:
    """The form in which a year is printed may be typed instead, and means the same year."""
    when = read(year)
    assert when
    assert read(when.text) == when


@pytest.mark.parametrize(
    "times",
    [
        pytest.param([-44, "30 BC", "1 BC", 1, "14", 100], id="BC before AD"),
        pytest.param(["before 1914", 1914, "after 1914"], id="before and after a year"),
        pytest.param(["before 44 BC", -44, "after 44 BC"], id="before and after a year BC"),
        pytest.param([1913, "before 1914", "1914"], id="before is not long before"),
        pytest.param(["after 1914", "February 1915"], id="after is not long after"),
        pytest.param(["before 1930s", "1930s", "after 1930s"], id="before and after a decade"),
        pytest.param(
            ["before 1919–33", "1919–33", 1933, "after 1919–33"], id="before and after a range"
        ),
        pytest.param(["3 March 44 BC", "15 March 44 BC", "April 44 BC"], id="days BC"),
        pytest.param(
            ["31 March 1922", "1 April 1922", datetime.date(1922, 4, 16), "1 May 1922"], id="days"
        ),
        pytest.param(["2nd century BC", "1st century BC", "1st century"], id="centuries"),
    ],
)
def test_sort_order(times: list[object]) -> None:
    """Times sort as they happened."""
    starts = [lasts(time)[0] for time in times]
    assert starts == sorted(set(starts))


def test_months_and_days_fill_the_year() -> None:
    """Each month begins where the one before it ends, and its days lie inside it."""
    months = [lasts(f"{month} 1922") for month in PHRASES["en"].months]
    assert [start for start, _ in months[1:]] == pytest.approx([end for _, end in months[:-1]])
    assert (months[0][0], months[-1][1]) == lasts(1922)
    first, last = lasts("1 May 1922"), lasts("31 May 1922")
    assert first[0] == pytest.approx(months[4][0])
    assert last[1] == pytest.approx(months[4][1])


@given(st.text() | st.text(st.sampled_from("0123456789 .–-BCcsthxviJanury")))
def test_any_text_is_a_time_or_not(value: str) -> None:
    """No text is an error, and what is read ends after it begins."""
    when = read(value)
    assert when is None or when.start < when.end


@given(FULL, FULL)
def test_any_two_days_are_a_range(one: datetime.date, other: datetime.date) -> None:
    """Two dates, as they are printed, are a range if they are in order."""
    first, last = sorted((one, other))
    begins, ends = read(first), read(last)
    assert begins
    assert ends
    assert lasts(f"{begins.text} – {ends.text}") == (begins.start, ends.end)
    if last - first > datetime.timedelta(1):
        assert read(f"{ends.text} – {begins.text}") is None


@pytest.mark.parametrize(
    "year",
    ["1922", "7 AD"],
)
def test_days_go_forward(year: str) -> None:
    """A range that ends on the day before it begins is refused."""
    for month in PHRASES["en"].months:
        assert [day for day in range(2, 29) if read(f"{day}–{day - 1} {month} {year}")] == []
