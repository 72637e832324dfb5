"""Has the shop been seeded?"""

from store.saleor import clients


def is_empty() -> bool:
    """True when there are no products, or when an earlier seed did not finish.

    The import is late because loading this Django app must not load all writers.
    """
    from store.seed.write.fingerprints import FingerprintStore

    staff = clients.staff()
    if FingerprintStore(staff).is_unfinished:
        return True
    found = staff.product_keys(first=1).products
    return found is None or not found.edges
