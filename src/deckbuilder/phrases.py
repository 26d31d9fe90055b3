"""Every fixed word that a learner or a reader of the print meets, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The fixed words of one language; `{…}` is filled in."""

    voice: str  # the locale in which Anki reads aloud, where the deck names no region
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
    from_file: str  # {file}, {version}
    attached: str  # what the source is called inside a PDF
    # the deck's description
    counts: str  # {facts}, {cards}
    update: str
    version: str
    licence: str
    # dates
    months: tuple[str, ...]
    date: str  # {day}, {month}, {year}
    circa: tuple[str, ...]  # the first of each is the one we print
    before: tuple[str, ...]
    after: tuple[str, ...]
    bc: tuple[str, ...]
    century: tuple[str, ...]  # {}: which
    decade: tuple[str, ...]  # {}: its first year


ENGLISH = Phrases(
    voice="en_US",
    when="When?",
    what_happened="What happened?",
    what_means="What does it mean?",
    which_term="Which term is this?",
    known_for="Known for what?",
    who="Who is this?",
    which_question="To which question is this the answer?",
    who_said="Who said this?",
    meant="What was meant by it?",
    quoted="“{}”",
    hint="Hint",
    more="More to know",
    about="About this card",
    revision_sheet="Revision sheet",
    glossary="People and terms",
    references="References",
    check="Check yourself",
    recap="In one breath",
    retest="Retest after",
    intervals=("1 day", "3 days", "1 week", "1 month"),
    timeline="Timeline",
    continued="{title} (continued)",
    page="Page {page} of {pages}",
    from_file="{file} · version {version}",
    attached="The facts that this sheet and its Anki deck were made from",
    counts="{facts} facts, {cards} cards",
    update="To update, import the new package with its options as they are: your progress stays.",
    version="Version",
    licence="Licence",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    date="{day} {month} {year}",
    circa=("c.", "ca.", "circa"),
    before=("before",),
    after=("after",),
    bc=("BC", "BCE"),
    century=("{} century",),
    decade=("{}s",),
)  # fmt: skip

GERMAN = Phrases(
    voice="de_DE",
    when="Wann?",
    what_happened="Was geschah?",
    what_means="Was bedeutet das?",
    which_term="Welcher Begriff ist gemeint?",
    known_for="Wofür bekannt?",
    who="Wer ist das?",
    which_question="Auf welche Frage ist das die Antwort?",
    who_said="Wer sagte das?",
    meant="Was war damit gemeint?",
    quoted="„{}“",
    hint="Tipp",
    more="Mehr dazu",
    about="Zu dieser Karte",
    revision_sheet="Lernblatt",
    glossary="Personen und Begriffe",
    references="Nachweise",
    check="Teste dich selbst",
    recap="In einem Atemzug",
    retest="Wiederholen nach",
    intervals=("1 Tag", "3 Tagen", "1 Woche", "1 Monat"),
    timeline="Zeitleiste",
    continued="{title} (Fortsetzung)",
    page="Seite {page} von {pages}",
    from_file="{file} · Version {version}",
    attached="Die Fakten, aus denen dieses Blatt und sein Anki-Stapel entstanden",
    counts="{facts} Fakten, {cards} Karten",
    update="Aktualisieren: neues Paket importieren, Optionen lassen. Dein Fortschritt bleibt.",
    version="Version",
    licence="Lizenz",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    date="{day}. {month} {year}",
    circa=("ca.", "um"),
    before=("vor",),
    after=("nach",),
    bc=("v. Chr.",),
    century=("{} Jahrhundert", "{} Jh."),
    decade=("{}er Jahre", "{}er"),
)  # fmt: skip

FRENCH = Phrases(
    voice="fr_FR",
    when="Quand\u202f?",
    what_happened="Que s’est-il passé\u202f?",
    what_means="Qu’est-ce que cela signifie\u202f?",
    which_term="De quel terme s’agit-il\u202f?",
    known_for="Connu pour quoi\u202f?",
    who="Qui est-ce\u202f?",
    which_question="À quelle question est-ce la réponse\u202f?",
    who_said="Qui a dit cela\u202f?",
    meant="Qu’entendait-on par là\u202f?",
    quoted="«\u202f{}\u202f»",
    hint="Indice",
    more="En savoir plus",
    about="À propos de cette carte",
    revision_sheet="Fiche de révision",
    glossary="Personnes et termes",
    references="Références",
    check="Teste-toi",
    recap="En un souffle",
    retest="À revoir après",
    intervals=("1 jour", "3 jours", "1 semaine", "1 mois"),
    timeline="Frise chronologique",
    continued="{title} (suite)",
    page="Page {page} sur {pages}",
    from_file="{file} · version {version}",
    attached="Les faits dont sont issus cette fiche et son paquet Anki",
    counts="{facts} faits, {cards} cartes",
    update="Mise à jour\u202f: importe le nouveau paquet tel quel\u202f; tes progrès restent.",
    version="Version",
    licence="Licence",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    date="{day} {month} {year}",
    circa=("v.", "vers"),
    before=("avant",),
    after=("après",),
    bc=("av. J.-C.",),
    century=("{} siècle",),
    decade=("années {}",),
)  # fmt: skip

SPANISH = Phrases(
    voice="es_ES",
    when="¿Cuándo?",
    what_happened="¿Qué ocurrió?",
    what_means="¿Qué significa?",
    which_term="¿Qué término es?",
    known_for="¿Por qué se le conoce?",
    who="¿Quién es?",
    which_question="¿De qué pregunta es esta la respuesta?",
    who_said="¿Quién lo dijo?",
    meant="¿Qué quería decir?",
    quoted="«{}»",
    hint="Pista",
    more="Saber más",
    about="Sobre esta tarjeta",
    revision_sheet="Hoja de repaso",
    glossary="Personas y términos",
    references="Referencias",
    check="Ponte a prueba",
    recap="En una frase",
    retest="Repasar a los",
    intervals=("1 día", "3 días", "7 días", "30 días"),
    timeline="Línea del tiempo",
    continued="{title} (continuación)",
    page="Página {page} de {pages}",
    from_file="{file} · versión {version}",
    attached="Los datos de los que salen esta hoja y su mazo de Anki",
    counts="{facts} hechos, {cards} tarjetas",
    update="Para actualizar, importa el nuevo paquete tal cual: tu progreso se conserva.",
    version="Versión",
    licence="Licencia",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    date="{day} de {month} de {year}",
    circa=("c.", "hacia"),
    before=("antes de",),
    after=("después de",),
    bc=("a. C.",),
    century=("siglo {}",),
    decade=("años {}",),
)  # fmt: skip

PHRASES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}


def phrases(language: str) -> Phrases:
    """Return the fixed words of a language tag such as `en` or `en-GB`; KeyError if unknown."""
    return PHRASES[language.partition("-")[0].lower()]
