"""From files to one checked `Catalogue`. Reads, never writes; knows nothing of GraphQL.

toml (file, with line numbers) -> shapes (each file by itself) -> checks (files against each other).
"""

from store.seed.read.catalog import Catalogue, read
from store.seed.read.problems import CatalogueError, Problem

__all__ = ["Catalogue", "CatalogueError", "Problem", "read"]
