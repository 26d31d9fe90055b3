"""One TOML source of facts -> an Anki deck and printable handouts that always agree.

The road: `read.read` -> `check.check` -> `build.build`; `cli` is a thin skin over these three.
"""

__version__ = "0.1.0"
