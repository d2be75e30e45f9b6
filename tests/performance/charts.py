"""How often charts and segmented regression speak of a steady process, and how soon they see a change.

Printed by ``make bench``; seeds are fixed, so that a change of the numbers is a change of the rules.
"""

from __future__ import annotations

import numpy as np

from fairfloor.measure.control_charts import BEYOND_LIMITS, Observation, control_chart
from fairfloor.measure.interrupted import interrupted_series
from fairfloor.measure.verdict import verdict_of_chart

BASELINE, LATER = 24, 24


def _observations(
    kind: str, generator, shift: float, baseline: int = BASELINE, later: int = LATER
) -> list[Observation]:
    """A steady baseline, then the same process moved by `shift` of its standard deviations."""
    moved = np.repeat([0.0, shift], [baseline, later])
    if kind == "xmr":
        values = generator.normal(100 + 5 * moved, 5)
        return [Observation(str(i), float(round(value, 6))) for i, value in enumerate(values)]
    if kind == "p":
        size, share = 1000, 0.04
        shares = np.clip(share + moved * (share * (1 - share) / size) ** 0.5, 0, 1)
        return [Observation(str(i), int(x), size) for i, x in enumerate(generator.binomial(size, shares))]
    mean = 16 + moved * 4
    return [Observation(str(i), int(x), 1) for i, x in enumerate(generator.poisson(np.clip(mean, 0, None)))]


def signal_rates(kind: str, shift: float, runs: int, seed: int = 7) -> dict[str, float]:
    """Part of the points after the baseline with a signal (all rules; limits alone), and of series with one."""
    generator = np.random.default_rng(seed)
    points = limits = series = 0
    for _run in range(runs):
        later = control_chart(kind, _observations(kind, generator, shift), BASELINE).points[BASELINE:]
        points += sum(bool(point.signals) for point in later)
        limits += sum(BEYOND_LIMITS in point.signals for point in later)
        series += any(point.signals for point in later[:12])
    return {"points": points / (runs * LATER), "limits": limits / (runs * LATER), "series": series / runs}


def verdict_rate(kind: str, shift: float, baseline: int, later: int, runs: int, seed: int = 7) -> float:
    """Part of the series that a chart calls better or worse: all of them wrong without a shift, else the right way."""
    generator = np.random.default_rng(seed)
    wrong = {"WORSE"} if shift == 0 else set()
    called = 0
    for _run in range(runs):
        chart = control_chart(kind, _observations(kind, generator, shift, baseline, later), baseline)
        called += verdict_of_chart(chart, "UP") in {"IMPROVED"} | wrong
    return called / runs


def interruption_rate(step: float, memory: float, each_side: int, runs: int, seed: int = 7) -> float:
    """Part of the series that are called changed, when they moved by `step` standard deviations.

    Each point keeps `memory` of the one before.
    """
    generator = np.random.default_rng(seed)
    called = 0
    for _run in range(runs):
        noise = generator.normal(0, 1, 2 * each_side)
        for index in range(1, len(noise)):
            noise[index] = memory * noise[index - 1] + (1 - memory**2) ** 0.5 * noise[index]
        noise[each_side:] += step
        values = [float(round(value, 9)) for value in noise]
        called += interrupted_series(values, each_side, "NEUTRAL").verdict == "CHANGED"
    return called / runs


def print_rates(runs: int = 1000) -> None:
    """The tables of ``make bench``."""
    print(f"\ncontrol charts, limits from {BASELINE} points, {runs} series each")
    print(f"{'chart':8}{'shift':>8}{'signal a point':>17}{'limits alone':>15}{'seen within 12':>17}")
    for kind in ("xmr", "p", "u"):
        for shift in (0.0, 1.0, 2.0, 3.0):
            rates = signal_rates(kind, shift, runs)
            print(
                f"{kind:8}{shift:>6} σ{rates['points']:>16.1%}{rates['limits']:>15.2%}{rates['series']:>17.1%}"
            )
    few = max(runs // 4, 1)
    print(f"\nthe word beside a chart, {few} series each: improved or worse")
    print(f"{'chart':8}{'baseline':>10}{'later':>7}{'no change':>12}{'1 σ':>9}{'2 σ':>9}{'3 σ':>9}")
    for kind in ("xmr", "p", "u"):
        for baseline, later in ((8, 12), (12, 12), (24, 12), (12, 48)):
            cells = "".join(
                f"{verdict_rate(kind, shift, baseline, later, few):>9.1%}" for shift in (0.0, 1.0, 2.0, 3.0)
            )
            print(f"{kind:8}{baseline:>10}{later:>7}   {cells}")
    print(f"\ninterrupted series, {few} series each: called changed")
    print(f"{'points':8}{'memory':>8}{'no change':>12}{'1 σ':>9}{'2 σ':>9}{'3 σ':>9}")
    for each_side in (8, 12, 24):
        for memory in (0.0, 0.5):
            cells = "".join(
                f"{interruption_rate(step, memory, each_side, few):>9.1%}" for step in (0.0, 1.0, 2.0, 3.0)
            )
            print(f"2 × {each_side:<4}{memory:>8}   {cells}")


if __name__ == "__main__":
    print_rates()
