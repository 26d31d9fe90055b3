"""The fixed words that a learner or a reader of the print meets: which there are."""

from __future__ import annotations

from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each language
class Phrases:
    """The fixed words of one language; `{…}` is filled in."""

    voice: str  # the locale in which Anki reads aloud, where the deck names no region
    letters: tuple[str, ...]  # alone, each is a word, such as an article
    # asked on cards
    when: str
    what_happened: str
    what_means: str
    which_term: str
    known_for: str
    who: str
    which_question: str
    who_said: str
    meant: str
    quoted: str  # {}: what was said
    hint: str
    more: str  # folds away the extra, the cite and the id on the back
    about: str  # the same, where there is no extra
    # read aloud
    formula_over: str  # {above}, {below}: a fraction
    formula_power: str  # {base}, {power}
    formula_root: str  # {of}
    formula_cube_root: str  # {of}
    formula_nth_root: str  # {degree}: a letter or a number above 3, {of}
    formula_limits: str  # {sign}, {low}, {high}: of a sum
    # printed
    revision_sheet: str
    glossary: str  # the section for people and terms
    references: str
    check: str
    recap: str
    retest: str
    intervals: tuple[str, ...]
    timeline: str
    continued: str  # {title}
    page: str  # {page}, {pages}
    free_page: str  # on the back of what is asked, where answers follow
    from_file: str  # {file}, {version}
    attached: str  # what the source is called inside a PDF
    # handouts: what each is called
    quiz: str
    answers: str  # the key of whatever asks
    organiser: str
    fold_over: str
    flash_cards: str
    labels: str
    fold_cards: str
    grid: str
    match: str
    poster: str
    calibration: str
    # handouts: what they say
    for_teachers: str
    name: str
    group: str
    day: str
    put_dates: str
    fill_gaps: str
    blank: str  # what a screen reader says of one
    fill_tables: str
    translate: str
    answer_questions: str
    word_bank: str
    mark: str  # {marks}: one
    marks: str  # {marks}
    point: str  # {points}: 1
    points: str  # {points}
    fold_how: str
    question: str
    answer: str
    front: str
    back: str
    sheet: str  # {number}, {count}
    sheet_of: str  # {number}, {count}, {side}
    flip_long: str
    flip_short: str
    cut_marks: str
    fold_cards_how: str
    grid_how: str
    match_how: str
    poster_how: str
    calibration_how: str
    check_length: str  # {length}
    some_facts: str  # {some}, {all}
    topic: str
    tag: str
    version_letter: str  # {letter}
    seed: str  # {seed}
    # the deck's description
    fact: str  # {facts}: 1
    facts: str  # {facts}
    card: str  # {cards}: 1
    cards: str  # {cards}
    update: str
    version: str
    licence: str
    places: tuple[str, ...]  # what stands, with a full stop, before the number of a page and such
    parts: tuple[str, ...]  # what a number is the name of: a chapter, a figure
    titles: tuple[str, ...]  # abbreviations before a name
    shortened: tuple[str, ...]  # abbreviations of more words than one
    closing: tuple[str, ...]  # abbreviations that may end a sentence
    millions: tuple[str, ...]  # what stands behind a number in place of noughts: no line parts them
    hours: tuple[str, ...]  # what stands behind a time of day
    # dates
    months: tuple[str, ...]
    short_months: tuple[str, ...]  # other names of each, parted by spaces; all but its own
    seasons: tuple[str, ...]  # the names of each, from spring to winter, parted by spaces
    month_first: bool  # whether a day is written "April 16, 1922", too
    date: str  # {day}, {month}, {year}
    first: str  # what {day} is on the first of a month
    within: tuple[str, ...]  # what may stand before any time, the longest first
    circa: tuple[str, ...]  # the first of each is the one we print
    ranges: tuple[str, ...]  # {} and {}: from when to when
    pairs: tuple[str, ...]  # {} and {}: two neighbours, as two days of one month
    before: tuple[str, ...]
    after: tuple[str, ...]
    since: tuple[str, ...]
    until: tuple[str, ...]
    # of a time its early, its middle and its late part, its first and its second half
    stages: tuple[tuple[str, ...], ...]
    of: tuple[str, ...]  # what may stand behind those
    bc: tuple[str, ...]
    ad: tuple[str, ...]
    century: tuple[str, ...]  # {}: which
    centuries: tuple[str, ...]  # {}: which, of two that a range names
    sixteenth: str  # as such a century is written
    decade: tuple[str, ...]  # {}: its first year
    hundreds: tuple[str, ...]  # those that may be a century: 1800s
