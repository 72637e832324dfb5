"""What a move did and what it leaves to a person, as JSON and as text."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

PREPARATION = (
    "Prepared only: stock, vouchers, gift cards, orders, mails and baskets stay in the former shop while it sells. "
    "Run it with --close to close it and move them."
)


@dataclass(slots=True)
class Report:
    """`counts`: by kind, how many were created, updated, unchanged, moved. `notes`: what the new shop's merchant has
    changed and what was kept so. `to_do`: what a person has to look at. `orders`: numbers in the new shop by former.
    """

    former_shop: str
    new_shop: str
    is_dry_run: bool
    with_trade: bool = True
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    to_do: list[str] = field(default_factory=list)
    is_whole: bool = False

    def count(self, kind: str, what: str, number: int = 1) -> None:
        if number:
            self.counts.setdefault(kind, Counter())[what] += number

    def to_json(self) -> dict[str, Any]:
        return {
            "former_shop": self.former_shop,
            "new_shop": self.new_shop,
            "is_dry_run": self.is_dry_run,
            "is_whole": self.is_whole,
            "with_trade": self.with_trade,
            "counts": {kind: dict(sorted(by.items())) for kind, by in self.counts.items()},
            "orders": self.orders,
            "notes": self.notes,
            "to_do": self.to_do,
        }

    def to_text(self) -> str:
        title = "What a move would do" if self.is_dry_run else "What was moved"
        lines = [f"{title}, from {self.former_shop} to {self.new_shop}:"]
        for kind, by in self.counts.items():
            lines.append(
                f"  {kind.replace('-', ' ')}: {', '.join(f'{n} {what}' for what, n in sorted(by.items()))}"
            )
        for title, texts in (("Kept as the new shop has it:", self.notes), ("For a person:", self.to_do)):
            if texts:
                lines += [title, *(f"  - {text}" for text in texts)]
        if not self.with_trade:
            lines.append(PREPARATION)
        if not self.is_whole:
            lines.append("It did not come to its end. Run it again: it goes on where it stopped.")
        return "\n".join(lines)
