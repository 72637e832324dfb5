"""Cupwell's shop. The map of rooms is in the README; the arrows between them are held by import-linter."""
