"""The fixed words en français."""

from __future__ import annotations

from deckbuilder.phrases.fields import Phrases

FRENCH = Phrases(
    voice="fr_FR",
    letters=("a", "à", "y"),
    when="Quand\u202f?",
    what_happened="Que s’est-il passé\u202f?",
    what_means="Qu’est-ce que cela signifie\u202f?",
    which_term="De quel terme s’agit-il\u202f?",
    known_for="Célèbre pour quoi\u202f?",
    who="Qui est-ce\u202f?",
    which_question="À quelle question est-ce la réponse\u202f?",
    who_said="Qui a dit cela\u202f?",
    meant="Qu’entendait-on par là\u202f?",
    quoted="«\u202f{}\u202f»",
    hint="Indice",
    more="En savoir plus",
    about="À propos de cette carte",
    formula_over="{above} sur {below}",
    formula_power="{base} puissance {power}",
    formula_root="racine de {of}",
    formula_cube_root="racine cubique de {of}",
    formula_nth_root="racine {degree}-ième de {of}",
    formula_limits="{sign} de {low} à {high}",
    revision_sheet="Fiche de révision",
    glossary="Personnes et termes",
    references="Références",
    check="Teste-toi",
    recap="En bref",
    retest="À revoir après",
    intervals=("1 jour", "3 jours", "1 semaine", "1 mois"),
    timeline="Frise chronologique",
    continued="{title} (suite)",
    page="Page {page} sur {pages}",
    from_file="{file} · version {version}",
    attached="Les faits dont sont issus cette fiche et son paquet Anki",
    quiz="Interrogation",
    answers="Corrigé",
    organiser="Fiche à compléter",
    fold_over="Plier et se tester",
    flash_cards="Cartes mémoire",
    labels="Cartes sur étiquettes",
    fold_cards="Cartes à plier",
    grid="Grille de rappel",
    match="Découper et associer",
    poster="Frise murale",
    calibration="Page d’étalonnage",
    for_teachers="Exemplaire enseignant",
    name="Nom",
    group="Classe",
    day="Date",
    put_dates="Retrouve la date",
    fill_gaps="Complète les phrases",
    fill_tables="Complète les tableaux",
    translate="Traduis",
    answer_questions="Réponds aux questions",
    word_bank="Mots à placer",
    mark="{marks} point",
    marks="{marks} points",
    point="{points} point",
    points="{points} points",
    fold_how=(
        "Plie le côté droit vers l’arrière le long des pointillés. Réponds à voix haute ou "
        "par écrit, déplie et coche ce que tu savais. Trois tours."
    ),
    question="Question",
    answer="Réponse",
    front="recto",
    back="verso",
    sheet="Feuille {number} sur {count}",
    sheet_of="Feuille {number} sur {count} · {side}",
    flip_long="Imprimer recto verso à 100 %, retourner sur le bord long.",
    flip_short="Imprimer recto verso à 100 %, retourner sur le bord court.",
    cut_marks="Couper aux repères.",
    fold_cards_how=(
        "Imprimer d’un seul côté à 100 %. Couper aux repères, plier le long des pointillés."
    ),
    grid_how=(
        "Réponds au plus grand nombre de questions possible. Plus c’est difficile, plus cela "
        "rapporte."
    ),
    match_how=(
        "Découpe le long des traits, mélange les pièces et pose chaque événement à côté de "
        "sa date."
    ),
    poster_how="Imprimer à 100 %, couper le long des traits et assembler les feuilles.",
    calibration_how=(
        "Imprimer cette page recto verso à 100 %. La tenir à la lumière, le verso vers soi, et "
        "lire sur chaque échelle où se trouve la croix du recto\u202f: millimètres vers la droite, "
        "millimètres vers le haut. Les ajouter à la valeur ci-dessous et construire avec "
        "--back-offset x,y."
    ),
    check_length="{length} mm pour vérifier",
    some_facts="{some} faits sur {all}",
    topic="Thème",
    tag="Étiquette",
    version_letter="Version {letter}",
    seed="Tirage {seed}",
    fact="{facts} fait",
    facts="{facts} faits",
    card="{cards} carte",
    cards="{cards} cartes",
    update="Mise à jour\u202f: importe le nouveau paquet tel quel\u202f; tes progrès restent.",
    version="Version",
    licence="Licence",
    places=("p", "pp", "no", "No", "fig", "vol", "Art"),
    millions=("million", "millions", "milliard", "milliards", "billion", "billions"),
    hours=("heure", "heures"),
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    short_months=(
        "jan janv", "fév févr", "", "avr", "", "", "juil", "", "sep sept", "oct", "nov", "déc",
    ),
    seasons=("printemps", "été", "automne", "hiver"),
    month_first=False,
    date="{day} {month} {year}",
    first="1er",
    circa=("v.", "vers", "ca.", "env.", "environ"),
    ranges=("de {} à {}", "du {} au {}", "{} à {}", "{} au {}"),
    before=("avant",),
    after=("après",),
    bc=("av. J.-C.",),
    ad=("apr. J.-C.", "ap. J.-C."),
    century=("{} siècle",),
    sixteenth="XVIe",
    decade=("années {}",),
)  # fmt: skip
