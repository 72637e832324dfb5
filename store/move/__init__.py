"""Moves the embedded shop to a real Saleor through the API that both speak: `manage.py move_to_saleor`.

Each object of the former shop is found again in the new one by its natural key (slug, SKU, code, address) or by the
external reference that the move gave it, so that a run that was killed goes on and a second run doubles nothing. What
was changed in the new shop since is kept and named, with the seed's three-way merge.
`catalog/` writes what is sold, `trade/` who buys and what was bought; `mailer.moved_orders` takes the mails along.
May import store.seed, store.saleor_app, store.mailer and store.saleor; nothing imports it but its management command.
"""
