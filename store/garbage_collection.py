"""When Python looks for garbage that refers to itself, such as a parsed GraphQL document or an error's traceback.

By default it looks after every 700 new objects, and at all of them only when there are a quarter more than the last
time. A start makes a million that stay, so that a quarter of its time went into looking; afterwards they are a reason
to look too seldom.
"""

import gc

STARTING = (50_000, 20, 20)
SERVING = (10_000, 10, 10)


def look_seldom() -> None:
    """While a process starts. The price is garbage that waits longer."""
    gc.set_threshold(*STARTING)


def keep_what_is_loaded() -> None:
    """Once a process has started: what there is stays and is looked at no more, what comes is looked at often.

    Collected a second time, so that Python counts no old objects: it looks at all of them only when the new ones are a
    quarter of the old.
    """
    gc.collect()
    gc.freeze()
    gc.collect()
    gc.set_threshold(*SERVING)
