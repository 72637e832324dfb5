"""Is there anything in the shop yet?"""

from store.saleor import clients


def is_empty() -> bool:
    """True when nobody has filled this shop, or when a seed was cut short and must be finished."""
    from store.seed.write.fingerprints import Ledger

    staff = clients.staff()
    if Ledger(staff).is_unfinished:
        return True
    found = staff.product_keys(first=1).products
    return found is None or not found.edges
