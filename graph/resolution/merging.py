"""What a merge of two accounts moves, and what taking it apart restores.

Both work on accounts in memory and note in a `Step` what is to be written, so that a merge below others can be undone:
those above it are taken apart first and made again after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from ..load.intervals import overlap
from ..merged import missing
from ..model import BY_TYPE
from .held import Edge, Held, Tie
from .record import Changed, Dropped, Record
from .steps import Step


def survivor_first(accounts: Sequence[Held]) -> list[Held]:
    """The account that survives goes first: a customer of ours, then the one with more edges, then the smaller id."""
    return sorted(accounts, key=lambda a: (not a.is_customer, -len(a.edges), a.id))


def merge(survivor: Held, loser: Held, step: Step, measured: str | None = None) -> Record:
    """Merge the second account into the first; the second keeps its properties, domains and external ids."""
    record = Record(survivor.id, loser.id, measured=measured)
    _merge_edges(survivor, loser, record, step)
    record.filled = missing(survivor.properties, loser.properties)
    if record.filled:
        values = {name: loser.properties[name] for name in record.filled}
        survivor.properties.update(values)
        step.set_properties(survivor.id, values)
    _lend_domains(survivor, loser, step)
    for external, tie in loser.external.items():
        if external not in survivor.external:
            lent = survivor.external[external] = Tie(None, tie.via or loser.id)
            step.tie("external", survivor.id, external, lent)
    for attribute, entries in list(loser.histories.items()):
        if attribute not in survivor.histories:
            survivor.histories[attribute] = loser.histories.pop(attribute)
            record.histories += entries
            step.move_histories(loser.id, survivor.id, entries)
    step.park(loser.id)
    return record


def _lend_domains(survivor: Held, loser: Held, step: Step) -> None:
    has_primary = any(tie.is_primary for tie in survivor.domains.values())
    for name, tie in loser.domains.items():
        if name not in survivor.domains:
            is_primary = bool(tie.is_primary) and not has_primary
            lent = survivor.domains[name] = Tie(is_primary, tie.via or loser.id)
            step.tie("domain", survivor.id, name, lent)


def _merge_edges(survivor: Held, loser: Held, record: Record, step: Step) -> None:
    """Edges that overlap become one by the rules of the model; all others move as they are."""
    together: dict[tuple[str, str, Any], list[tuple[Held, Edge]]] = defaultdict(list)
    for held in (survivor, loser):
        for edge in held.edges:
            said = edge.properties.get(edge.kind.discriminator) if edge.kind.discriminator else None
            together[edge.kind.type, edge.other, said].append((held, edge))
    for held_edges in together.values():
        for island in _islands(held_edges):
            theirs = [edge for held, edge in island if held is loser]
            ours = [edge for held, edge in island if held is survivor]
            if not theirs:
                continue
            if not ours:
                for edge in theirs:
                    _move(edge, loser, survivor, step)
                    record.moved.append((edge.kind.type, edge.key))
                continue
            kept, *more = ours
            _extend(kept, [edge for _, edge in island], survivor, record, step)
            for held, edge in [(survivor, edge) for edge in more] + [(loser, edge) for edge in theirs]:
                record.dropped.append(Dropped(edge.kind.type, edge.key, held.id, edge.other, edge.properties))
                held.edges.remove(edge)
                step.delete_edge(held.id, edge)


def _islands(held_edges: list[tuple[Held, Edge]]) -> list[list[tuple[Held, Edge]]]:
    """Edges of one pair in groups that overlap or touch, each in the order of their beginnings."""
    islands: list[list[tuple[Held, Edge]]] = []
    last: date | None = None
    for held, edge in sorted(held_edges, key=lambda pair: _since(pair[1])):
        since, until = edge.properties.get("since"), edge.properties.get("until")
        if islands and (not edge.kind.is_dated or overlap(since, until, None, last)):
            islands[-1].append((held, edge))
            last = None if last is None or until is None else max(last, until)
        else:
            islands.append([(held, edge)])
            last = until
    return islands


def _since(edge: Edge) -> date:
    since: date | None = edge.properties.get("since")
    return since or date.min


def _extend(kept: Edge, all_edges: Sequence[Edge], survivor: Held, record: Record, step: Step) -> None:
    after: dict[str, Any] = {}
    if kept.kind.is_dated:
        starts = [edge.properties.get("since") or date.min for edge in all_edges]
        ends = [edge.properties.get("until") or date.max for edge in all_edges]
        after["since"] = min(starts) if date.min not in starts else None
        after["until"] = max(ends) if date.max not in ends else None
    for prop in kept.kind.properties:
        said = [value for edge in all_edges if (value := edge.properties.get(prop.name)) is not None]
        if kept.properties.get(prop.name) is None and said:
            after[prop.name] = said[0]
    after = {name: value for name, value in after.items() if kept.properties.get(name) != value}
    if after:
        before = {name: kept.properties.get(name) for name in after}
        record.changed.append(Changed(kept.kind.type, kept.key, before, after))
        _set(kept, after, survivor, step)


def _set(edge: Edge, values: Mapping[str, Any], of: Held, step: Step) -> None:
    edge.properties = {k: v for k, v in {**edge.properties, **values}.items() if v is not None}
    step.set_edge(of.id, edge, values)


def _move(edge: Edge, from_: Held, to: Held, step: Step) -> None:
    from_.edges.remove(edge)
    to.edges.append(edge)
    step.delete_edge(from_.id, edge)
    step.create_edge(to.id, edge)


def unmerge(survivor: Held, loser: Held, record: Record, family: Collection[str], step: Step) -> None:
    """Take a merge apart again. What an import has changed since stays as the import left it, with the survivor.

    Args:
        survivor, loser: as they are now.
        record: what the merge did.
        family: ids of the loser and of all accounts that were merged into it.
        step: told what is to be written.
    """
    step.unpark(loser.id)
    edges = {(edge.kind.type, edge.key): edge for edge in survivor.edges}
    for change in reversed(record.changed):
        edge = edges.get((change.type, change.key))
        if edge and all(edge.properties.get(name) == value for name, value in change.after.items()):
            _set(edge, change.before, survivor, step)
    for place in record.moved:
        if place in edges:
            _move(edges[place], survivor, loser, step)
    for lost in record.dropped:
        if (lost.type, lost.key) not in edges:
            edge = Edge(BY_TYPE[lost.type], lost.key, lost.other, dict(lost.properties))
            held = survivor if lost.of == survivor.id else loser
            held.edges.append(edge)
            step.create_edge(held.id, edge)
    taken = [n for n in record.filled if survivor.properties.get(n) == loser.properties.get(n)]
    if taken:
        for name in taken:
            survivor.properties.pop(name, None)
        step.set_properties(survivor.id, dict.fromkeys(taken))
    for what, ties in (("domain", survivor.domains), ("external", survivor.external)):
        for name in [name for name, tie in ties.items() if tie.via in family]:
            del ties[name]
            step.untie(what, survivor.id, name)
    _return_histories(survivor, loser, record, step)


def _return_histories(survivor: Held, loser: Held, record: Record, step: Step) -> None:
    for attribute, entries in list(survivor.histories.items()):
        # What was imported for the other since has its id in its own.
        prefix = f"{attribute}:{loser.id}@"
        back = [entry for entry in entries if entry in record.histories or entry.startswith(prefix)]
        if back:
            kept = [entry for entry in entries if entry not in back]
            survivor.histories.pop(attribute)
            if kept:
                survivor.histories[attribute] = kept
            loser.histories[attribute] = [*loser.histories.get(attribute, ()), *back]
            step.move_histories(survivor.id, loser.id, back)
