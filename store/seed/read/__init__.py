"""From the files to one checked `Catalog`. Reads only; knows nothing of GraphQL.

toml (a file with line numbers), file_models (each file by itself), checks (files against each other).
"""

from store.seed.read.catalog import Catalog
from store.seed.read.catalog_reader import read_catalog
from store.seed.read.problems import CatalogError, Problem

__all__ = ["Catalog", "CatalogError", "Problem", "read_catalog"]
