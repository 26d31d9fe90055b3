"""Every code a problem can have -> what it means, why it is one, and an example bad and good."""

from __future__ import annotations

from deckbuilder.check import RULES
from deckbuilder.lint import LINT

EXPLANATIONS = tuple(rule.explanation for rule in (*RULES, *LINT))
