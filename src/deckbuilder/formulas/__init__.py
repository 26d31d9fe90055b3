"""Formulas: a stated subset of TeX, and of mhchem, read into MathML."""
