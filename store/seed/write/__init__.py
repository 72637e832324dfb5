"""Writes the catalog through Saleor's API, section by section in the order that Saleor needs.

Each section is a generator that yields once per object, for the progress bar. Objects are found by natural key, then
created or updated. Fingerprints of what was written are stored in the shop's private metadata: only what changed in
the files is sent again, field by field, and what a merchant has edited or deleted stays (`merge`).
"""

from store.seed.write.sections import SECTIONS, seed

__all__ = ["SECTIONS", "seed"]
