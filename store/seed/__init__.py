"""FRONT: the seed. Reads catalog_seed/ and guides/, writes them into whichever Saleor answers.

`read/` turns the files into one checked `Catalogue` (all problems listed; nothing written until all is well),
`write/` brings the shop to that state: by natural key, so that a second run doubles nothing.
May import store.saleor and store.guidebook; nobody imports it but the command line.
To change what is sold, edit catalog_seed/; to change what a customer reads, edit guides/.
"""

from store.seed.state import is_empty

__all__ = ["is_empty"]
