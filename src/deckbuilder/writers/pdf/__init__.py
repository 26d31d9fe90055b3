"""Print: a deck -> PDF. `sheet` says what stands on a page, the modules below it how."""
