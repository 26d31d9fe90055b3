"""The outputs: each a model -> bytes, imported by `build` on demand."""
