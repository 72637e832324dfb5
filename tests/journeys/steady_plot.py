"""Draws the samples of a steady run: memory above, waiting below, against minutes."""

from collections.abc import Sequence
from typing import Protocol

WIDTH, HEIGHT, LEFT, TOP, GAP = 720, 150, 64, 34, 76  # pixels; HEIGHT is of one chart
COLOURS = ("#1f6f6b", "#b4552d")


class Sample(Protocol):
    """What is drawn of a sample."""

    @property
    def minute(self) -> float: ...
    @property
    def pss(self) -> int: ...
    @property
    def median_ms(self) -> float: ...
    @property
    def slow_ms(self) -> float: ...


def svg(samples: Sequence[Sample]) -> str:
    """An SVG picture of both charts; axes begin at 0."""
    minutes = [one.minute for one in samples]
    memory = _chart(
        "Memory of all processes (PSS), MB", minutes, {"": [one.pss / 1e6 for one in samples]}, TOP
    )
    waiting = {"median": [one.median_ms for one in samples], "95 of 100": [one.slow_ms for one in samples]}
    below = _chart("Readers wait, ms", minutes, waiting, TOP + HEIGHT + GAP)
    height = TOP + 2 * HEIGHT + GAP + 44
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 24} {height}" '
        f'font-family="sans-serif" font-size="12" fill="#333">'
        f'<rect width="100%" height="100%" fill="#fff"/>{memory}{below}'
        f'<text x="{LEFT + WIDTH}" y="{height - 8}" text-anchor="end">minutes</text></svg>\n'
    )


def _chart(title: str, minutes: Sequence[float], lines: dict[str, list[float]], top: int) -> str:
    highest = 1.15 * max(max(values) for values in lines.values())
    last = max(minutes[-1], 1)
    bottom = top + HEIGHT
    parts = [f'<text x="{LEFT}" y="{top - 12}" font-weight="bold">{title}</text>']
    for share in (0, 0.5, 1):
        y = bottom - share * HEIGHT
        parts.append(f'<path d="M{LEFT} {y:.0f}h{WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{share * highest:.0f}</text>')
        parts.append(
            f'<text x="{LEFT + share * WIDTH:.0f}" y="{bottom + 16}" text-anchor="middle">{share * last:.0f}</text>'
        )
    for number, ((name, values), colour) in enumerate(zip(lines.items(), COLOURS, strict=False)):
        points = " ".join(
            f"{LEFT + minute / last * WIDTH:.1f},{bottom - value / highest * HEIGHT:.1f}"
            for minute, value in zip(minutes, values, strict=True)
        )
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x = LEFT + WIDTH - 90 * (len(lines) - 1 - number)
        parts.append(f'<text x="{x}" y="{top - 12}" text-anchor="end" fill="{colour}">{name}</text>')
    return "".join(parts)
