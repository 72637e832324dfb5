"""Values that clients send by mistake or on purpose."""

from random import Random
from typing import Any

TEXTS = (
    "", " ", "0", "-1", "1", "2", "999999999999999999999", "9" * 4301, "1e400", "NaN", "Infinity", "0x10", "²", "１２",
    "1,5", "1.000", "a@b.example", "a@b", "@", "US", "USD", "de", "EU", "94105", "+16502530000", "Ada", "\x00",
    "\ud83d", "\ufffe", "💥", "ﷺ", "\u202e", "e" + "\u0301" * 200, "A" * 5000, "%s%n", "{{ 7*7 }}", "'; --",
    "<script>alert(1)</script>", "../../etc/passwd", "javascript:alert(1)", "http://evil.example\\@localhost/",
    "http://localhost/", "2020-02-30", "9999-12-31T23:59:59Z", "0001-01-01", "2026-11-28T00:00:00+14:00", "null",
    "true", "on", "[]", "{}", '{"blocks": []}', '{"blocks": [{"type": "list", "data": {"items": [[1]]}}]}',
    '{"blocks": {"a": 1}}', '{"blocks": [{"type": "paragraph", "data": null}]}', "T3JkZXI6MQ==", "UHJvZHVjdDotMQ==",
    "OjE=", "VXNlcjo5OTk5OTk5OTk5OTk5OTk5OTk5OTk=", "YXJyYXljb25uZWN0aW9uOjE=", "line\r\nSet-Cookie: a=b",
)  # fmt: skip
NUMBERS = (0, 1, 2, 3, -1, 100, 101, 2**31 - 1, 2**31, 2**63, 10**30, 0.1, -0.5, 1e30, 1e-30, 1e308)


def text(random: Random) -> str:
    return random.choice(TEXTS)


def anything(random: Random, depth: int = 0) -> Any:
    """JSON of any shape."""
    kind = random.randrange(7 if depth < 3 else 4)
    if kind < 2:
        return text(random)
    if kind == 2:
        return random.choice(NUMBERS)
    if kind == 3:
        return random.choice((None, True, False))
    if kind < 6:
        return [anything(random, depth + 1) for _ in range(random.randrange(4))]
    return {text(random)[:20]: anything(random, depth + 1) for _ in range(random.randrange(4))}
