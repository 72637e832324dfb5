"""From the catalogue to the shop, through Saleor's API, one section at a time in the order that Saleor needs.

Each section is a generator: one `yield` for each thing brought up to date, so that a progress bar can follow.
Found by natural key, then created or updated; the ledger in the shop's private metadata remembers what was
written, so that only what changed in the files is sent again, and a merchant's own edits stay.
"""

from store.seed.write.sections import SECTIONS, seed

__all__ = ["SECTIONS", "seed"]
