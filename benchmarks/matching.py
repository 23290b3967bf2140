"""How well and how fast rows of lists are matched, beside a join by domain, names alone, and splink as it comes.

    .venv/bin/python benchmarks/matching.py                        # 50,000 companies in 3 lists, every way
    .venv/bin/python benchmarks/matching.py --companies 600000 --only Ecograph    # a million rows
    .venv/bin/python benchmarks/matching.py --fit                  # estimates graph/matching/weights.py anew

The companies are generated (`ecograph.seeds.companies`). Weights are estimated with seed 1; what is reported has
another seed. A pair is right when both rows are of one company. Each way runs in a process of its own, whose peak
memory with the rows in it is told; `CPU s` is of all its threads.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl
from matching_rivals import alike_names, domain_join, pairs_by, splink_as_it_comes
from report import write

from ecograph.graph.matching import companies, match
from ecograph.graph.matching import weights as weights_module
from ecograph.graph.matching.candidates import find_candidates
from ecograph.graph.matching.compare import compare
from ecograph.graph.matching.fit import fit
from ecograph.graph.matching.rows import read_rows
from ecograph.seeds.companies import company_lists

FITTED_ON, REPORTED_ON = 1, 11
"""Seeds."""
BINS = 10


def ecograph(rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows that are of one company in the end."""
    return pairs_by(rows.select("row", "list").join(companies(match(rows)), on="row"), "company")


WAYS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "Ecograph": ecograph,
    "domain join": lambda rows: domain_join(rows, public=True),
    "domain join without public hosts": lambda rows: domain_join(rows, public=False),
    "names alike": alike_names,
    "splink": splink_as_it_comes,
}


def measured(way: str, count: int, seed: int) -> dict[str, Any]:
    """One line of the table."""
    made = company_lists(count, seed=seed)
    wall, cpu = time.perf_counter(), time.process_time()
    found = WAYS[way](made.rows)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    truth = pairs_by(made.rows.select("row", "list").join(made.truth, on="row"), "company")
    right = truth.join(found, on=["row", "row_right"], how="semi").height
    precision, recall = right / max(found.height, 1), right / truth.height
    return {
        "way": way, "rows": made.rows.height, "precision": round(precision, 4), "recall": round(recall, 4),
        "F1": round(2 * precision * recall / max(precision + recall, 1e-9), 4), "s": round(wall, 1),
        "CPU s": round(cpu, 1), "peak MB": round(peak),
    }  # fmt: skip


def reliability(count: int, seed: int) -> list[dict[str, Any]]:
    """What was said and what was true, by tenths of the probability."""
    made = company_lists(count, seed=seed)
    pairs = match(made.rows).pairs.select("left", "right", "probability")
    for side in ("left", "right"):
        pairs = pairs.join(made.truth.rename({"row": side, "company": f"of_{side}"}), on=side)
    bins = pairs.with_columns(bin=((pl.col("probability") * BINS).floor().clip(0, BINS - 1) / BINS).round(1))
    means = bins.group_by("bin").agg(
        pairs=pl.len(), said=pl.col("probability").mean(), true=(pl.col("of_left") == pl.col("of_right")).mean()
    )
    return means.sort("bin").with_columns(pl.col("said", "true").round(3)).to_dicts()


def estimate(count: int) -> None:
    """Writes the weights."""
    made = company_lists(count, seed=FITTED_ON)
    rows = read_rows(made.rows)
    levels = compare(rows, find_candidates(rows)[0])
    company = rows.table.select("row").join(made.truth, on="row", how="left", maintain_order="left")["company"]
    found = fit(levels, company.gather(levels["left"]) == company.gather(levels["right"]))
    target = Path(weights_module.__file__)
    head = target.read_text("utf-8").partition("WEIGHTS: Weights = ")[0]
    lines = ["WEIGHTS: Weights = {"]
    for field, by_level in found.items():
        lines += [
            f'    "{field}": {{',
            *(f'        "{level}": {weight},' for level, weight in by_level.items()),
            "    },",
        ]
    target.write_text(head + "\n".join([*lines, "}", ""]), "utf-8")


def alone(way: str, count: int, seed: int) -> dict[str, Any]:
    """`measured` in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measured, way, count, seed).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--companies", type=int, default=50_000, help="how many; about 1.67 times as many rows")
    parser.add_argument("--only", choices=WAYS, help="one way alone")
    parser.add_argument("--fit", action="store_true", help="estimate the weights anew and write them")
    given = parser.parse_args()
    if given.fit:
        estimate(given.companies)
        return
    rows = []
    for way in [given.only] if given.only else WAYS:
        try:
            rows.append(alone(way, given.companies, REPORTED_ON))
            print(rows[-1], file=sys.stderr, flush=True)
        except ImportError as error:
            print(f"{way} is left out: {error}", file=sys.stderr)
    calibration = [] if given.only else reliability(given.companies, REPORTED_ON)
    name = f"matching-{given.companies}"
    write(name, rows, companies=given.companies, seed=REPORTED_ON, fitted_on=FITTED_ON, reliability=calibration)


if __name__ == "__main__":
    main()
