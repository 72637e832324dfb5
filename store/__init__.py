"""Cupwell's shop. The README lists its packages; import-linter checks who may import whom (pyproject.toml)."""
