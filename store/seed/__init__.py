"""The seed: reads catalog_seed/ and guides/ and writes them into whichever Saleor answers, through its API.

`read/` turns the files into one checked `Catalog` (all problems are listed, and nothing is written while there are
any); `write/` updates Saleor to that state by natural key, so that a second run duplicates nothing.
May import store.saleor and store.guidebook; nothing imports it but its management command.
To change what is sold, edit catalog_seed/; to change what a customer reads, edit guides/.
"""

from store.seed.state import is_empty

__all__ = ["is_empty"]
