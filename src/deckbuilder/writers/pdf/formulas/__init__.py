"""Formulas: a stated subset of TeX, and of mhchem, as outlines for the page."""
