"""Draws the pictures of docs/measures from a synthetic ecosystem: real output of the numeric steps, as small SVG files.

python benchmarks/draw_measures.py            # writes docs/measures/*.svg
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from synthetic_worlds import customers, growth, histories, world  # noqa: E402

from ecograph.queries.network_effects.growth import exponents  # noqa: E402
from ecograph.queries.network_effects.lift import lifts  # noqa: E402
from ecograph.queries.network_effects.retention_lift import LANDMARK, retention_lift  # noqa: E402

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 560, 300, 54, 44, 34, 12
ONE, OTHER, GREY = "#0b6e99", "#c2570c", "#8a8a8a"
SEED = 2


class Picture:
    """Axes with a title, and marks in data units; `log` makes both axes logarithmic or not."""

    def __init__(self, title: str, x: tuple[float, float], y: tuple[float, float], labels: tuple[str, str]) -> None:
        self.x, self.y = x, y
        self.marks = [
            f'<text x="{LEFT}" y="20" font-size="13">{title}</text>',
            f'<text x="{(WIDTH + LEFT) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">{labels[0]}</text>',
            f'<text transform="translate(14 {HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle">{labels[1]}</text>',
        ]

    def at(self, x: float, y: float) -> tuple[float, float]:
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)

    def axes(self, xs: Sequence[float], ys: Sequence[float], x_text: str = "{:g}", y_text: str = "{:g}") -> None:
        for value in xs:
            px, py = self.at(value, self.y[0])
            self.marks.append(
                f'<text x="{px:.1f}" y="{py + 15:.1f}" text-anchor="middle">{x_text.format(value)}</text>'
            )
        for value in ys:
            px, py = self.at(self.x[0], value)
            self.marks.append(f'<line x1="{px:.1f}" y1="{py:.1f}" x2="{WIDTH - RIGHT}" y2="{py:.1f}" stroke="#ddd"/>')
            self.marks.append(
                f'<text x="{px - 6:.1f}" y="{py + 4:.1f}" text-anchor="end">{y_text.format(value)}</text>'
            )

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, *, dashed: bool = False) -> None:
        points = " ".join("{:.1f},{:.1f}".format(*self.at(x, y)) for x, y in zip(xs, ys, strict=True))
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.marks.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>')

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], colour: str) -> None:
        edge = [*zip(xs, low, strict=True), *reversed(list(zip(xs, high, strict=True)))]
        points = " ".join("{:.1f},{:.1f}".format(*self.at(x, y)) for x, y in edge)
        self.marks.append(f'<polygon points="{points}" fill="{colour}" opacity="0.15"/>')

    def dot(self, x: float, y: float, colour: str, radius: float = 3.0) -> None:
        px, py = self.at(x, y)
        self.marks.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="{radius}" fill="{colour}" opacity="0.8"/>')

    def say(self, x: float, y: float, text: str, colour: str) -> None:
        px, py = self.at(x, y)
        self.marks.append(f'<text x="{px:.1f}" y="{py:.1f}" fill="{colour}">{text}</text>')

    def write(self, name: str) -> None:
        body = "\n".join(self.marks)
        style = 'font-family="sans-serif" font-size="11" fill="#333"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {style}>'
        back = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        (ROOT / "docs" / "measures" / f"{name}.svg").write_text(f"{head}\n{back}\n{body}\n</svg>\n", "utf-8")


def draw_retention() -> None:
    found = retention_lift(customers(world(SEED)))
    assert found.curves is not None
    last = 1080
    low = min(float(curve.low[curve.day <= last].min()) for curve in found.curves)
    picture = Picture(
        f"Still customers, by integration on day {LANDMARK} (95 % intervals)", (0, last), (np.floor(low * 10) / 10, 1),
        (f"days after day {LANDMARK}", "share"),
    )  # fmt: skip
    picture.axes(range(0, last + 1, 180), np.arange(np.floor(low * 10), 11) / 10, y_text="{:.1f}")
    for curve, colour, name in zip(found.curves, (OTHER, ONE), ("without", "with integration"), strict=True):
        seen = curve.day <= last
        picture.band(curve.day[seen], curve.low[seen], curve.high[seen], colour)
        picture.line(curve.day[seen], curve.surviving[seen], colour)
        at = int(np.flatnonzero(seen)[-9])
        picture.say(float(curve.day[at]), float(curve.surviving[at]) + 0.02, name, colour)
    picture.write("retention-lift")


def draw_growth() -> None:
    partners, value = growth(SEED)
    steps, grown = np.diff(np.log(partners)) * 100, np.diff(np.log(value)) * 100
    found = exponents(partners, value).exponent
    assert found.value is not None
    high_x, high_y = float(np.ceil(steps.max() / 2) * 2), float(np.ceil(grown.max() / 2) * 2)
    picture = Picture(
        f"Each dot is a month; exponent {found.value:.2f} [{found.low:.2f}, {found.high:.2f}], planted 1.3",
        (0, high_x), (0, high_y), ("growth of partners, %", "growth of accounts gained, %"),
    )  # fmt: skip
    picture.axes(np.arange(0, high_x + 1, 2), np.arange(0, high_y + 1, 4))
    constant = grown.mean() - found.value * steps.mean()
    ends = np.array([max(0.0, -constant / found.value), min(high_x, (high_y - constant) / found.value)])
    picture.line(ends, constant + found.value * ends, OTHER)
    for x, y in zip(steps, grown, strict=True):
        picture.dot(x, y, ONE)
    picture.write("network-effect")


def draw_lift() -> None:
    made = world(SEED)
    found = lifts(histories(made))
    planted = set(zip(made.pairs.source.tolist(), made.pairs.target.tolist(), strict=True))
    first = np.argsort(found.q, kind="stable")[:24]
    picture = Picture(
        "The 24 surest pairs: rate ratio with 95 % interval; planted pairs in blue", (0, 25), (-1, 4),
        ("rank", "rate ratio"),
    )  # fmt: skip
    picture.axes([1, 6, 12, 18, 24], [])
    for power in range(-1, 5):
        px, py = picture.at(0, power)
        picture.marks.append(f'<text x="{px - 6:.1f}" y="{py + 4:.1f}" text-anchor="end">{2.0**power:g}</text>')
    picture.line([0, 25], [0, 0], GREY, dashed=True)
    for rank, at in enumerate(first, start=1):
        is_planted = (int(found.source[at]), int(found.target[at])) in planted
        colour = ONE if is_planted else GREY
        ends = np.clip(np.log2([found.ratio.low[at], found.ratio.high[at]]), -1, 4)
        picture.line([rank, rank], ends.tolist(), colour)
        picture.dot(rank, float(np.log2(found.ratio.value[at])), colour)
    picture.write("lift")


if __name__ == "__main__":
    draw_retention()
    draw_growth()
    draw_lift()
