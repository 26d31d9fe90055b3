"""The small Markdown that facts are written in: read once, rendered for each output."""
