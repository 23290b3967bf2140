"""The adoption effect (lift): how much faster accounts that have one partner take on another.

For an ordered pair (A, B), accounts are followed from the later of their first day as a customer and B's joining, to
their taking on B, their leaving, B's leaving or the last day seen. The rate of taking on B from the day after A on is
set against the rate before A and without A, within strata of industry × segment × activity: a Mantel–Haenszel rate
ratio for person-time, with the interval of Greenland and Robins (`queries.rates`).

Activity is how fast an account takes on partners other than A, against its like: without it, busy accounts have both A
and B and every pair would seem to lift. A is left out of its own stratum because a count that A is part of puts
accounts that have A with others that are busier than they.

An association, not a cause: an account that plans for B may take on A first, and a campaign may sell both.

Source of the q-values: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal
Statistical Society B 57 (1995) 289–300.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..rates import Ratios, rate_ratios
from .histories import Histories
from .strata import cell_sums, days_after

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MIN_CO_ACCOUNTS = 10
MAX_PARTNERS_OF_ACCOUNT = 200
ACTIVITY_BANDS = 4
_PRIOR = 2.0
"""How many partners the guess of an account's activity from its like counts for."""


class Lifts(NamedTuple):
    """One entry for each ordered pair of partners with enough accounts in common."""

    source: Ints
    target: Ints
    ratio: Ratios
    naive: Floats
    """Share of B among accounts with A, over the share of B among all accounts."""
    co_accounts: Ints
    events: Ints
    """Accounts that took on B after A."""

    @property
    def q(self) -> Floats:
        """How surprising so many events are where A makes no difference, as q-values: to rank by, not to decide by.

        The probability of as many events or more, Poisson about what is expected, after Benjamini and Hochberg. Pairs
        were chosen by what they have in common, so the share of false ones among the first is larger than it says.
        """
        from scipy.special import gammainc  # here, as it takes longer to load than all the rest

        surprise = np.where(self.events > 0, gammainc(np.maximum(self.events, 1), self.ratio.expected), 1.0)
        order = np.argsort(surprise)
        scaled = surprise[order] * surprise.size / np.arange(1, surprise.size + 1)
        q = np.empty(surprise.size)
        q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
        return np.minimum(q, 1.0)


@dataclass(frozen=True)
class _Activity:
    """Activity bands: `band` of each account by all its partners, `band_but_one` by all but one of the new ones."""

    band: Ints
    band_but_one: Ints

    @classmethod
    def of(cls, known: Histories, bands: int) -> _Activity:
        new = np.bincount(known.account[known.is_new], minlength=known.accounts).astype(np.float64)
        pace = _pace(known)
        like = pace[known.end] - pace[known.start]
        groups = int(known.group.max(initial=-1)) + 1
        usual = np.bincount(known.group, weights=new, minlength=groups) / np.maximum(
            np.bincount(known.group, weights=like, minlength=groups), 1e-9
        )
        expected = usual[known.group] * like
        relative, one_less = ((_PRIOR + count) / (_PRIOR + expected) for count in (new, np.maximum(new - 1, 0)))
        edges = np.unique(np.quantile(relative, np.arange(1, bands) / bands)) if known.accounts else np.array([])
        return cls(*(np.searchsorted(edges, rate, side="right") for rate in (relative, one_less)))


def _pace(known: Histories) -> Floats:
    """New partners that an average account had taken on by each day, had it been a customer from the first day on."""
    taken = np.bincount(known.day[known.is_new], minlength=known.days + 1)
    came, went = (np.bincount(day, minlength=known.days + 1) for day in (known.start, known.end))
    rate = taken / np.maximum(np.cumsum(came - went), 1)
    return np.concatenate([[0.0], np.cumsum(rate)[:-1]])


def lifts(histories: Histories, *, min_co_accounts: int = MIN_CO_ACCOUNTS, bands: int = ACTIVITY_BANDS) -> Lifts:
    """The lift of every ordered pair of partners that at least `min_co_accounts` accounts have in common.

    Memory grows with relations and with partners × strata, not with pairs of partners that share nothing.
    """
    return _Estimator(histories, bands).all(min_co_accounts)


class _Estimator:
    def __init__(self, known: Histories, bands: int) -> None:
        self.known = known
        activity = _Activity.of(known, bands)
        self.strata = (int(known.group.max(initial=-1)) + 1) * bands
        self.stratum = known.group * bands + activity.band
        self.stratum_but_one = known.group * bands + activity.band_but_one
        self.last = np.minimum(known.end[known.account], known.left[known.partner])
        risk = np.maximum(known.start[known.account], known.joined[known.partner])
        self.begin = np.minimum(risk, self.last)
        order = np.argsort(known.partner, kind="stable")
        self.by_partner = order
        self.first_of_partner = np.searchsorted(known.partner[order], np.arange(known.partners + 1))
        self.has = np.diff(self.first_of_partner)
        stratum = self.stratum[known.account]
        after = days_after(known.start, known.end, self.stratum, self.strata, known.days)
        lost = np.maximum(self.last - np.maximum(known.day, self.begin), 0)
        size = (known.partners, self.strata)
        self.time = self._within(after, np.arange(known.partners)).T - cell_sums(
            known.partner, stratum, *size, weight=lost.astype(np.float64)
        )
        took = (known.day > self.begin) & (known.day < self.last)
        self.events = cell_sums(known.partner[took], stratum[took], *size)

    def _within(self, after: Floats, targets: Ints) -> Floats:
        """Days of each stratum (rows) in each target's time in the program (columns)."""
        begin, end = self.known.joined[targets], self.known.left[targets]
        return np.asarray(after[:, begin] - after[:, np.maximum(end, begin)])

    def all(self, least: int) -> Lifts:
        parts = [self._from(int(source), least) for source in np.flatnonzero(self.has >= least)]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0)] * 8
        source, target, value, error, expected, naive, both, events = columns
        whole = (column.astype(np.int64) for column in (source, target, both, events))
        a, b, shared, found = whole
        return Lifts(a, b, Ratios(value, error, expected), naive, shared, found)

    def _from(self, source: int, least: int) -> tuple[NDArray[Any], ...]:
        holders = self._holders(source, least)
        cells = {name: self._count(holders, span) for name, span in self._spans(holders).items()}
        with_events, with_time = cells["with"]
        at = np.ix_(holders.targets, holders.strata)
        other_events, other_time = (
            whole[at] - cells["all"][place] + cells["before"][place]
            for place, whole in enumerate((self.events, self.time))
        )
        ratio = rate_ratios(with_events, with_time, other_events, other_time)
        shared, has = holders.shared, self.has[holders.targets]
        naive = shared * self.known.accounts / (self.has[source] * has)
        sources = np.full(shared.size, source)
        return (sources, holders.targets, *ratio, naive, shared, with_events.sum(axis=1))

    def _holders(self, source: int, least: int) -> _Holders:
        known = self.known
        entries = self.by_partner[self.first_of_partner[source] : self.first_of_partner[source + 1]]
        accounts = known.account[entries]
        theirs, owner = _entries_of(known.first_of_account, accounts)
        shared = np.bincount(known.partner[theirs], minlength=known.partners)
        shared[source] = 0
        targets = np.flatnonzero(shared >= least)
        place = np.full(known.partners, -1)
        place[targets] = np.arange(targets.size)
        row = place[known.partner[theirs]]
        # Strata that no account of the source is in say nothing about it.
        whole = self.stratum[accounts]
        own = np.where(known.is_new[entries], self.stratum_but_one[accounts], whole)
        strata, at = np.unique(np.concatenate([whole, own]), return_inverse=True)
        return _Holders(
            accounts, known.day[entries], at[: whole.size], at[whole.size :], strata, targets, shared[targets],
            theirs[row >= 0], owner[row >= 0], row[row >= 0],
        )  # fmt: skip

    def _spans(self, holders: _Holders) -> dict[str, tuple[Ints, Ints, Ints]]:
        """First day, day after the last, and stratum of each account: as one of all, with the source, and before it.

        From the day after the source on an account has it; on the day itself neither came first.
        """
        start, end = self.known.start[holders.accounts], self.known.end[holders.accounts]
        turn = np.clip(holders.day + 1, start, end)
        return {
            "all": (start, end, holders.whole_stratum),
            "with": (turn, end, holders.own_stratum),
            "before": (start, turn, holders.own_stratum),
        }

    def _count(self, holders: _Holders, span: tuple[Ints, Ints, Ints]) -> tuple[Floats, Floats]:
        """Events and days at risk of each target (rows) by stratum, in these spans of the source's accounts."""
        low, high, stratum = span
        theirs, row = holders.theirs, holders.row
        last, begin, taken = self.last[theirs], self.begin[theirs], self.known.day[theirs]
        shape = (holders.targets.size, holders.strata.size)
        after = days_after(low, high, stratum, holders.strata.size, self.known.days)
        low, high, stratum = np.maximum(low[holders.owner], begin), high[holders.owner], stratum[holders.owner]
        is_event = (taken > begin) & (taken >= low) & (taken < np.minimum(high, last))
        lost = np.maximum(np.minimum(high, last) - np.maximum(taken, low), 0).astype(np.float64)
        events = cell_sums(row[is_event], stratum[is_event], *shape)
        return events, self._within(after, holders.targets).T - cell_sums(row, stratum, *shape, weight=lost)


@dataclass(frozen=True)
class _Holders:
    """The accounts that have a source, and what else they have.

    `whole_stratum` and `own_stratum` (the source left out) are positions in `strata`. `theirs` are the entries of these
    accounts with one of the `targets`; `owner` is their position in `accounts`, `row` that in `targets`.
    """

    accounts: Ints
    day: Ints
    whole_stratum: Ints
    own_stratum: Ints
    strata: Ints
    targets: Ints
    shared: Ints
    theirs: Ints
    owner: Ints
    row: Ints


def _entries_of(first: Ints, accounts: Ints) -> tuple[Ints, Ints]:
    """All entries of these accounts, and for each the position of its account in `accounts`."""
    counts = first[accounts + 1] - first[accounts]
    owner = np.repeat(np.arange(accounts.size), counts)
    offset = np.arange(owner.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[accounts][owner] + offset, owner
