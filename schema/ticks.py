"""When partners' own logins are answered.

What a partner may not see is looked at by the database before it is left out: microseconds that an absent node does not
take. So their answers, whatever they hold, come at full ticks after the question.
"""

from __future__ import annotations

import asyncio
import math
import time


def until_tick(taken_s: float, tick_s: float) -> float:
    """How many seconds are left to the next full tick; none where ticks are 0."""
    return max(0.0, math.ceil(taken_s / tick_s) * tick_s - taken_s) if tick_s else 0.0


async def on_tick(began: float, tick_s: float) -> None:
    """Wait for the next full tick since a time of the monotonic clock."""
    await asyncio.sleep(until_tick(time.monotonic() - began, tick_s))
