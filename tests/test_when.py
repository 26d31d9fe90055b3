"""What an author may write as a time, in each language: how it sorts, and how it is printed."""

from __future__ import annotations

import datetime
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.phrases import PHRASES
from deckbuilder.phrases.times import STAGES
from deckbuilder.when import When, forms, read_when, refused

MAY_8_9 = (1945 + 4 / 12 + 7 / 372, 1945 + 4 / 12 + 9 / 372)
APRIL_16 = 1922 + 3 / 12 + 15 / 372  # months and days of even length are near enough to sort by


def read(value: object, language: str = "en") -> When | None:
    return read_when(value, PHRASES[language])


def doubt(value: object, language: str = "en") -> str:
    """Return how to write what can be read as two times, "" if it cannot."""
    amiss, hint = refused(value, PHRASES[language])
    return hint if amiss == "can be read as two times" else ""


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
        "29 February 2000": (2000 + 1 / 12 + 28 / 372, 2000 + 2 / 12),
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
        "16th and 17th centuries": (1501, 1701),
        "in the 16th & 17th centuries": (1501, 1701),
        "1st century BC and 1st century AD": (-99, 101),
        "8 and 9 May 1945": MAY_8_9,
        "8/9 May 1945": MAY_8_9,
        "8–9 May 1945": MAY_8_9,
        "8th and 9th of May 1945": MAY_8_9,
        "May 8 and 9, 1945": MAY_8_9,
        "May 8/9, 1945": MAY_8_9,
        "June and July 1944": (1944 + 5 / 12, 1944 + 7 / 12),
        "June/July 1944": (1944 + 5 / 12, 1944 + 7 / 12),
        "December 1944 and January 1945": (1944 + 11 / 12, 1945 + 1 / 12),
        "1960s and 1970s": (1960, 1980),
        "the 1960s and 70s": (1960, 1980),
        "1960s–70s": (1960, 1980),
        "44 B.C.": (-43, -42),
        "44BC": (-43, -42),
        "AD43": (43, 44),
        "C.E. 43": (43, 44),
        "since 1949": (1949, 1950),
        "until 9 May 1945": (MAY_8_9[0] + 1 / 372, MAY_8_9[1]),
        "between 1914 and 1918": (1914, 1919),
        "between the 16th and 17th centuries": (1501, 1701),
        "after c. 1500": (1501, 1501.01),
        "1500–c. 1550": (1500, 1551),
        "c. 3000–c. 2500 BC": (-2999, -2498),
        "mid-1943": (1943 + 1 / 3, 1943 + 2 / 3),
        "in the early 19th century": (1801, 1801 + 100 / 3),
        "16th and early 17th centuries": (1501, 1601 + 100 / 3),
        "since the late 1930s": (1930 + 20 / 3, 1940),
        "the end of the 16th century BC": (-1599 + 200 / 3, -1499),
        "first half of the 16th century": (1501, 1551),
        "2nd half of 1941": (1941.5, 1942),
        "Mid-1943 – early 1944": (1943 + 1 / 3, 1944 + 1 / 3),
        "late 15th – early 16th century": (1401 + 200 / 3, 1501 + 100 / 3),
        "late 1918 and early 1919": (1918 + 2 / 3, 1919 + 1 / 3),
        "late 15th century to 1527": (1401 + 200 / 3, 1528),
        "early 16th–17th century": (1501, 1701),
        "2000s": (2000, 2010),
        "1890s–1900s": (1890, 1910),
        "1900s to 1920s": (1900, 1930),
        "the 1850s–1900s": (1850, 1910),
        "1900s and 10s": (1900, 1920),
        "30 April and 1 May 1945": (1945 + 3 / 12 + 29 / 372, 1945 + 4 / 12 + 1 / 372),
        "28 February/1 March 1953": (1953 + 1 / 12 + 27 / 372, 1953 + 2 / 12 + 1 / 372),
        "February 29 and March 1, 1952": (1952 + 1 / 12 + 28 / 372, 1952 + 2 / 12 + 1 / 372),
        "29 February/1 March 44 BC": (-43 + 1 / 12 + 28 / 372, -43 + 2 / 12 + 1 / 372),
        "31 December 1999/1 January 2000": (2000 - 1 / 372, 2000 + 1 / 372),
        "1914 and 1915": (1914, 1916),
        "in 1914 & 1915": (1914, 1916),
        "44 and 43 BC": (-43, -41),
        "9 BC/8 BC": (-8, -6),
        "1 BC/AD 1": (0, 2),
        "1 BC and AD 1": (0, 2),
        "late 1890s and early 1900s": (1890 + 20 / 3, 1900 + 10 / 3),
        "1800s–1914": (1800, 1915),
        "before the 1900s": (1899.99, 1900),
        "from the 1900s to May 1914": (1900, 1914 + 5 / 12),
        "from 1914 till 1918": (1914, 1919),
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
        "44 v.Chr.": (-43, -42),
        "9 n.Chr.": (9, 10),
        "27 v.Chr.–14 n.Chr.": (-26, 15),
        "44 v. u. Z.": (-43, -42),
        "16. und 17. Jahrhundert": (1501, 1701),
        "im 16. u. 17. Jh.": (1501, 1701),
        "8./9. Mai 1945": MAY_8_9,
        "30. Juni/1. Juli 1934": (1934 + 5 / 12 + 29 / 372, 1934.5 + 1 / 372),
        "30.6./1.7.1934": (1934 + 5 / 12 + 29 / 372, 1934.5 + 1 / 372),
        "1914 und 1915": (1914, 1916),
        "8. und 9. Mai 1945": MAY_8_9,
        "8./9.5.1945": MAY_8_9,
        "vom 8. auf den 9. Mai 1945": MAY_8_9,
        "Juni/Juli 1944": (1944 + 5 / 12, 1944 + 7 / 12),
        "1960er- und 1970er-Jahre": (1960, 1980),
        "in den 1960er/70er Jahren": (1960, 1980),
        "seit 1949": (1949, 1950),
        "ab dem 9. Mai 1945": (MAY_8_9[0] + 1 / 372, MAY_8_9[1]),
        "bis zum 16. Jahrhundert": (1501, 1601),
        "zwischen 1914 und 1918": (1914, 1919),
        "um 1500–um 1550": (1500, 1551),
        "Mitte des 19. Jahrhunderts": (1801 + 100 / 3, 1801 + 200 / 3),
        "Ende 1918": (1918 + 2 / 3, 1919),
        "Anfang der 1930er Jahre": (1930, 1930 + 10 / 3),
        "im frühen 16. Jahrhundert": (1501, 1501 + 100 / 3),
        "in der zweiten Hälfte des 16. Jahrhunderts": (1551, 1601),
        "Ende 1918 bis Anfang 1919": (1918 + 2 / 3, 1919 + 1 / 3),
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
        "XVIe et XVIIe siècles": (1501, 1701),
        "aux XVIᵉ et XVIIᵉ siècles": (1501, 1701),
        "Iᵉʳ siècle": (1, 101),
        "8-9 mai 1945": MAY_8_9,
        "les 8 et 9 mai 1945": MAY_8_9,
        "8/9 mai 1945": MAY_8_9,
        "1er et 2 mai 1945": (MAY_8_9[0] - 7 / 372, MAY_8_9[0] - 5 / 372),
        "30 juin/1er juillet 1934": (1934 + 5 / 12 + 29 / 372, 1934.5 + 1 / 372),
        "juin et juillet 1944": (1944 + 5 / 12, 1944 + 7 / 12),
        "années 1960 et 1970": (1960, 1980),
        "44 avant J.-C.": (-43, -42),
        "44 ap. JC": (44, 45),
        "depuis 1949": (1949, 1950),
        "jusqu’au 9 mai 1945": (MAY_8_9[0] + 1 / 372, MAY_8_9[1]),
        "entre 1914 et 1918": (1914, 1919),
        "à l’été 1914": (1914 + 5 / 12, 1914 + 8 / 12),
        "d’avril à juin 1944": (1944.25, 1944.5),
        "début du XIXe siècle": (1801, 1801 + 100 / 3),
        "mi-mai 1940": (1940 + 4 / 12 + 1 / 36, 1940 + 4 / 12 + 2 / 36),
        "à la fin des années 1930": (1930 + 20 / 3, 1940),
        "fin du XVe-début du XVIe siècle": (1401 + 200 / 3, 1501 + 100 / 3),
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
        "siglos XVI y XVII": (1501, 1701),
        "en los siglos III y II a. C.": (-299, -99),
        "8 y 9 de mayo de 1945": MAY_8_9,
        "el 8 y el 9 de mayo de 1945": MAY_8_9,
        "8/9 de mayo de 1945": MAY_8_9,
        "30 de junio y 1 de julio de 1934": (1934 + 5 / 12 + 29 / 372, 1934.5 + 1 / 372),
        "junio y julio de 1944": (1944 + 5 / 12, 1944 + 7 / 12),
        "los años 1960 y 1970": (1960, 1980),
        "44 a.C.": (-43, -42),
        "44 antes de Cristo": (-43, -42),
        "mayo del 2004": (2004 + 4 / 12, 2004 + 5 / 12),
        "desde 1949": (1949, 1950),
        "hasta el 9 de mayo de 1945": (MAY_8_9[0] + 1 / 372, MAY_8_9[1]),
        "desde 1941 hasta 1945": (1941, 1946),
        "de 1914 hasta 1918": (1914, 1919),
        "del 16 hasta el 24 de abril de 1922": (APRIL_16, APRIL_16 + 9 / 372),
        "entre 1914 y 1918": (1914, 1919),
        "a mediados del siglo XIX": (1801 + 100 / 3, 1801 + 200 / 3),
        "finales de 1918": (1918 + 2 / 3, 1919),
        "principios de los años 1930": (1930, 1930 + 10 / 3),
        "finales del siglo XV - principios del siglo XVI": (1401 + 200 / 3, 1501 + 100 / 3),
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
    for word in (*say.circa, *say.before, *say.after, *say.since, *say.until, *say.within):
        assert read(f"{word} 1922", language)
    for form in say.decade:
        assert lasts(form.format(1930), language) == (1930, 1940)
    for form in say.century:
        assert lasts(form.format(say.sixteenth), language) == (1501, 1601)
    for word in say.bc:
        assert lasts(f"44 {word}", language) == (-43, -42)
    for word in say.ad:
        assert lasts(f"44 {word}", language) == (44, 45)
        if not word.startswith(say.after):  # "after Christ" stands behind the year
            assert lasts(f"{word} 44", language) == (44, 45)
    for form in say.pairs:
        assert lasts(form.format(f"{say.months[4]} 1922", f"{say.months[5]} 1922"), language) == (
            1922 + 4 / 12,
            1922.5,
        )
    for words, (start, end) in zip(say.stages, STAGES, strict=True):
        for word in words:
            form = word if word.endswith("-") else f"{word} "
            assert lasts(f"{form}1922", language) == (1922 + start, 1922 + end)
            assert all(read(f"{form}{of} 1922", language) for of in say.of)


@pytest.mark.parametrize("language", PHRASES)
def test_the_forms_that_are_offered_are_read(language: str) -> None:
    """Who wrote no time is shown the forms of the deck's language, and can use each of them."""
    quoted, _, words = forms(PHRASES[language]).partition(", with ")
    *near, early, mid, late, era, ours = words.split(", ")
    offered = [form.strip('"') for form in quoted.split(", ")]
    assert len(offered) == 5
    assert all(read(form, language) for form in offered)
    assert all(read(f"{word} 1922", language) for word in near)
    assert all(read(f"{stage} 1922".replace("- ", "-"), language) for stage in (early, mid, late))
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
        "16th and 18th centuries",
        "17th and 16th centuries",
        "8 and 10 May 1945",
        "8/10 May 1945",
        "June/August 1944",
        "1960s and 1980s",
        "1914 and 1918",
        "28 February/1 March 1952",
        "29 April and 1 May 1945",
        "30 April and 2 May 1945",
        "1 May and 30 April 1945",
        "1915 and 1914",
        "9 and 10",
        "in 9 and 10",
        "in 9/10",
        "1914 and 15",
        "1922/3",
        "12/1922",
        "1899/00/01",
        "44/45",
        "8/9",
        "8 and 9 May 45",
        "early 16th and 17th centuries",
        "late 16th/17th century",
        "late 16th and 17th centuries",
        "since 45",
        "until 45",
        "late 45",
        "late 45 – early 46",
        "early 8 May 1945",
        "early",
        "early to mid-16th century",
        "mid-",
        "since",
        "since before 1922",
        "in in 1922",
        "the the 16th century",
        "9 c.",
        "1800s",
        "late 1800s",
        "1700s–1800s",
        "1795–1800s",
        "1900s–1890s",
        "late 1800s–1910s",
        "before the late 1800s",
        "after the 1800s",
        "1890s – early 1900s",
        "1800s and 1900s",
        "1941–present",
        "1922\x00",
    ],
)
def test_text_outside_the_grammar_is_refused(value: str) -> None:
    """What is no time is not guessed at."""
    assert read(value) is None


def test_a_winter_of_one_year_is_in_doubt() -> None:
    """It is said how to write the one or the other; of what cannot be read at all, nothing is."""
    hint = doubt("winter 1900")
    assert hint == 'it lies in two years: write "winter 1899/00" or "winter 1900/01"'
    assert all(read(form) for form in re.findall('"(.+?)"', hint))
    assert [doubt(value) for value in ("winter", "1922?", "31 April 1922", 0)] == [""] * 4


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
        ("en", "late 1800s", ["1800–1809", "late 19th century"]),
        ("en", "the 1900s", ["1900–1909", "the 20th century"]),
        ("en", "c. 1800s", ["c. 1800–1809", "c. 19th century"]),
        ("en", "mid-1800s", ["1800–1809", "mid-19th century"]),
        ("en", "1700s–1800s", ["1700–1809", "18th century–19th century"]),
        ("en", "1795 to the 1800s", ["1795–1809", "1795 to the 19th century"]),
        ("en", "late 1800s–1910s", ["1800–1910s", "late 19th century–1910s"]),
        ("en", "mid-1890s to early 1900s", ["mid-1890s–1909", "mid-1890s to early 20th century"]),
        ("en", "1800s and 1900s", ["19th century and 20th century"]),
        ("en", "9 and 10", ["9 and 10 AD"]),
        ("en", "since 45", ["since 1945", "since 45 AD"]),
        ("en", "late 45", ["late 1945", "late 45 AD"]),
        ("de", "Anfang der 20er Jahre", ["Anfang der 1920er Jahre"]),
        ("de", "Ende 45", ["Ende 1945", "Ende 45 n. Chr."]),
        ("fr", "début des années 20", ["début des années 1920"]),
        ("es", "a finales de los años 20", ["a finales de los años 1920"]),
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
def test_what_is_short_or_round_is_in_doubt(language: str, value: str, forms: list[str]) -> None:
    """A year or decade without its century, "1800s": the way out is to say which."""
    assert read(value, language) is None
    hint = doubt(value, language)
    assert re.findall('"(.+?)"', hint) == forms
    assert all(read(form, language) for form in forms)


@pytest.mark.parametrize(
    ("language", "value", "amiss", "form"),
    [
        ("en", "1941–", "lacks its end", "since 1941"),
        ("en", "1941 to present", "lacks its end", "since 1941"),
        ("de", "8. Mai 1945 bis heute", "lacks its end", "seit 8. Mai 1945"),
        ("fr", "1941-aujourd’hui", "lacks its end", "depuis 1941"),
        ("es", "1941-actualidad", "lacks its end", "desde 1941"),
        ("en", "1914/18", "names two times", "1914–18"),
        ("en", "1914 and 1918", "names two times", "1914–1918"),
        ("en", "8 and 10 May 1945", "names two times", "8–10 May 1945"),
        ("de", "16. und 18. Jahrhundert", "names two times", "16.–18. Jahrhundert"),
        ("es", "siglos XVI y XVIII", "names two times", "siglos XVI–XVIII"),
    ],
)
def test_the_way_out_of_half_a_range(language: str, value: str, amiss: str, form: str) -> None:
    """Who wrote a range without its end, or two times far apart, is told how to."""
    told, hint = refused(value, PHRASES[language])
    assert (told, re.findall('"(.+?)"', hint)) == (amiss, [form])
    assert read(form, language)


@pytest.mark.parametrize(
    "value", ["04/1922", "9/10", "in 9/10", "1922/4", "to 1922", "ongoing", "–", 0]
)
def test_what_is_no_range_has_no_such_way_out(value: object) -> None:
    """A day and a month are no years."""
    assert refused(value, PHRASES["en"])[0] == "cannot be read as a time"


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
    """Each month begins where the one before it ends, and its days lie inside it, to its end."""
    months = [lasts(f"{month} 1922") for month in PHRASES["en"].months]
    assert [start for start, _ in months[1:]] == pytest.approx([end for _, end in months[:-1]])
    assert (months[0][0], months[-1][1]) == lasts(1922)
    for month, (begins, ends) in zip(PHRASES["en"].months, months, strict=True):
        days = [day for day in range(1, 32) if read(f"{day} {month} 1922")]
        first, last = lasts(f"1 {month} 1922"), lasts(f"{days[-1]} {month} 1922")
        assert (first[0], last[1]) == pytest.approx((begins, ends))


@given(st.text() | st.text(st.sampled_from("0123456789 .–-/BCcsthxviJanuryd")))
def test_any_text_is_a_time_or_not(value: str) -> None:
    """No text is an error, what is read ends after it begins, and of any other it is said why."""
    for language, say in PHRASES.items():
        when = read(value, language)
        assert when.start < when.end if when else all(refused(value, say))


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
