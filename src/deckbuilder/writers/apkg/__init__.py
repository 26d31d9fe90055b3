"""The Anki package: facts -> notes (`notes`), frames (`notetypes`), bytes (`package`)."""
