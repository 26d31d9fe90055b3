"""Formulas as outlines for the page."""
