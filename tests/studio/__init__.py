"""Tests of catalog_seed/studio: what needs no renderer runs everywhere, the rest is skipped with its reason."""
