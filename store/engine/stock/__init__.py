"""How many there are and where: warehouses, stock rows, allocations, reservations, the ledger of changes.

Lives here: the only code that writes stock rows; every change takes the rows' locks in primary-key order and
leaves a movement in the ledger. May import `catalog` and everything below it. Orders and checkouts call it by
variant and line id.
"""
