"""The external reference by which the new shop knows what was moved into it."""

FORMER = "embedded"


def reference(former_id: str) -> str:
    """`former_id`: the global id in the former shop, which is made of a UUID, so no other shop has it."""
    return f"{FORMER}:{former_id}"
