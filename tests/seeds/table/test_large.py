"""A table of 100 MB, within the time and the memory that are promised."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import resource, sys
from pathlib import Path
from ecograph.seeds.table import InMemory, read_table
data = read_table(Path(sys.argv[1]), kind="uses", mapping=Path("adopters.yml"), resolver=InMemory())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(sum(t.rows.height for t in data.tables if t.kind.table == "uses"), len(data.bad), peak)
"""
ROWS = 1_000_000


@pytest.mark.verify
@pytest.mark.parametrize("bad", [False, True])
def test_a_hundred_megabytes(tmp_path: Path, bad: bool) -> None:
    file = tmp_path / "large.csv"
    chance = random.Random(1)
    dash = "/" if bad else "-"
    with file.open("w") as out:
        out.write("account_name,website,product,components,since,source\n")
        for n in range(ROWS):
            a = chance.randrange(200_000)
            out.write(f'"Company {a}, Inc.",https://www.company{a}.com/about,Product {n % 500},"x\ny",')
            out.write(f"20{10 + n % 16}{dash}0{1 + n % 9}-1{n % 10},src/{n % 13}/USERS.md\n")
    assert file.stat().st_size > 95_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(file)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    uses, bad_rows, peak = map(int, done.stdout.split())
    assert (uses, bad_rows) == ((0, ROWS) if bad else (ROWS, 0))
    # Other work on the machine makes the clock run on: what the import itself takes is counted too.
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert min(time.monotonic() - started, spent) < 60
    assert peak < 2.5e9
