"""What an author writes as `when` -> words to print and a stretch of time to sort and draw by.

The grammar, here with its English words (small and capital letters are alike):

    when    = [about] (time | time dash time | time both time)
    about   = "c." | "before" | "after" | "since" | "until"      dash = "-" | "–" | "—" | "to"
    time    = ["c."] [within] [stage ["of"]] moment              both = "/" | "and"
    within  = "in" | "the" | "in the"
    stage   = "early" | "mid-" | "late" | "first half" | "second half"
    moment  = (date | year | year "/" year | decade | century) ["BC" | "AD"]
    date    = [day ["of"]] month year | month day "," year | day "." number "." year | season year
    month   = "April" | "Apr" | "Apr."
    season  = "spring" | … | "winter" (with two years: "1959/60" or "1959–60")
    decade  = "1930s"       century = "16th century"

"AD" may stand before a year, too; a decade has neither, and has its century: "20s" may be of any,
but in "1920s and 30s"; "1900s" may be a hundred years, but in "1890s–1900s". The ends of a range
share what only one of them has: "1919–33", "44–30 BC", "5–8 May 1945", "16th–17th century". What
the words for `both` join are neighbours: "1959/60", "1 BC/AD 1", "8/9 May 1945", "30 April and 1
May 1945", "June and July 1944", "16th and 17th centuries". A date is in figures alone where no
language's reader could take its day for its month. A year of one or two figures behind a month, a
stage, "since" or `both` has "BC" or "AD": "8 May 45" may be of 1945, "April 25" and "9/10" are
days, too.
"""

from __future__ import annotations

from deckbuilder.when.doubts import forms, refused
from deckbuilder.when.moments import LAST_YEAR
from deckbuilder.when.reading import MOMENT_LENGTH, When, read_when

__all__ = ["LAST_YEAR", "MOMENT_LENGTH", "When", "forms", "read_when", "refused"]
