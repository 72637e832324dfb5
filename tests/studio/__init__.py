"""Tests of catalog_seed/studio. Tests that need the renderer or numpy are skipped with the reason where it is missing."""
