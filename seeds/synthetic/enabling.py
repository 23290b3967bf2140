"""Which account switches which integration on: those that join products it uses."""

from __future__ import annotations

import numpy as np
import polars as pl

from .accounts import Accounts
from .catalog import OURS, Integrations
from .draws import Ints, Random, chance, first_of_pair, joined, wait
from .relations import Ties
from .span import NEVER, Span

_WITH_PLATFORM = np.array([0.45, 0.6, 0.75])
_BETWEEN_PARTNERS = np.array([0.25, 0.4, 0.55])
"""Probability that an account of each segment enables an integration of two products that it uses."""


def enable(rng: Random, accounts: Accounts, uses: Ties, integrations: Integrations, span: Span) -> Ties:
    """Enablements up to the end of the span, as if no customer ever left; `other` is an integration.

    An account enables an integration some weeks after it uses the last of its products, and when it is there; it
    keeps it while it uses them all.
    """
    single, double = _with_platform(uses, integrations), _between(uses, integrations)
    likely = joined(
        _WITH_PLATFORM[accounts.segment[single.account]], _BETWEEN_PARTNERS[accounts.segment[double.account]]
    )
    possible = single + double
    possible = possible.take(chance(rng, likely, possible.count))
    since = np.maximum(possible.since, integrations.launched[possible.other]) + 4 + wait(rng, 45.0, possible.count)
    until = np.minimum(possible.until, integrations.retired[possible.other])
    switched = Ties(possible.account, possible.other, since, until)
    switched = switched.take((since < until) & (since < span.days))
    return switched.take(first_of_pair(switched.account, switched.other, switched.since))


def exposed_from(enabled: Ties, integrations: Integrations, accounts: Accounts, at_least: int) -> Ints:
    """For each account the day on which it enabled its `at_least`-th partner-built integration, else NEVER."""
    built = enabled.take(integrations.builder[enabled.other] != OURS)
    order = np.lexsort((built.since, built.account))
    account, since = built.account[order], built.since[order]
    first_at = np.searchsorted(account, account)
    nth = np.flatnonzero(np.arange(account.size) - first_at == at_least - 1)
    days = np.full(accounts.count, NEVER, dtype=np.int64)
    days[account[nth]] = since[nth]
    return days


def _with_platform(uses: Ties, integrations: Integrations) -> Ties:
    integration = integrations.platform_of[uses.other]
    return Ties(uses.account, integration, uses.since, uses.until).take(integration >= 0)


def _between(uses: Ties, integrations: Integrations) -> Ties:
    # Both products' uses are looked up from the integration's side: few products have integrations with each other.
    between = np.flatnonzero(integrations.right != 0)
    sides = pl.DataFrame(
        {"integration": between, "left": integrations.left[between], "right": integrations.right[between]}
    )
    use = pl.DataFrame({"account": uses.account, "product": uses.other, "since": uses.since, "until": uses.until})
    both = (
        use.join(sides, left_on="product", right_on="left")
        .join(use, left_on=["account", "right"], right_on=["account", "product"], suffix="Right")
        .select(
            "account",
            "integration",
            pl.max_horizontal("since", "sinceRight").alias("since"),
            pl.min_horizontal("until", "untilRight").alias("until"),
        )
        .filter(pl.col("since") < pl.col("until"))
        .sort("account", "integration", "since")
    )
    return Ties(*(both[name].to_numpy() for name in ("account", "integration", "since", "until")))
