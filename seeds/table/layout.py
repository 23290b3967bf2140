"""Which header of a file is which column of the model: by the mapping, and by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...graph.errors import BadInput
from ...graph.load.tables import Kind
from ...graph.model import EdgeKind, HistoryKind, NodeKind, ValueType
from .headers import describes, plain, reference_names, suggestion, value_names
from .kinds import Reference, identifiers, properties, references
from .mapping import Column, Mapping, ReferenceColumns


@dataclass(frozen=True)
class Bound:
    """A column of the model with the header that it is read from; a constant has none."""

    header: str | None
    column: Column


@dataclass
class Layout:
    """Everything that is read of a file."""

    kind: Kind
    values: dict[str, Bound] = field(default_factory=dict)
    references: dict[str, dict[str, Bound]] = field(default_factory=dict)
    custom: dict[str, Bound] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def headers(self) -> list[str]:
        """The headers that are read, each once."""
        found = [*self.values.values(), *self.custom.values()]
        found += [bound for fields in self.references.values() for bound in fields.values()]
        return list(dict.fromkeys(bound.header for bound in found if bound.header is not None))


def lay_out(kind: Kind, mapping: Mapping, headers: list[str], file: str) -> Layout:
    """The layout of a file.

    Raises:
        BadInput: the mapping names what the kind or the file does not have, or a column that the kind needs is missing.
    """
    layout = Layout(kind)
    binder = _Binder(kind, mapping, headers, file, layout)
    binder.bind_mapping()
    if not mapping.optional:
        binder.bind_by_name()
    binder.check_required()
    return layout


class _Binder:
    def __init__(self, kind: Kind, mapping: Mapping, headers: list[str], file: str, layout: Layout) -> None:
        self._kind = kind
        self._mapping = mapping
        self._headers = headers
        self._by_plain = {plain(header): header for header in reversed(headers)}
        self._file = file
        self._layout = layout
        self._values = value_names(kind)
        self._places = {place.name: place for place in references(kind)}

    def bind_mapping(self) -> None:
        for name, column in self._mapping.columns.items():
            model_name = self._values.get(plain(name))
            if model_name is None:
                raise self._unknown("columns", name, dict.fromkeys(self._values.values()), "no such column")
            self._bind(self._layout.values, model_name, column, f"columns.{name}")
        for name, spec in self._mapping.references.items():
            if name not in self._places:
                raise self._unknown("references", name, self._places, "no such reference")
            self._bind_reference(name, spec)
        if self._mapping.custom and not getattr(self._kind, "has_custom", False):
            raise BadInput(
                f"{self._file}: a table of {self._kind.table} takes no custom columns.",
                hint="Partners, accounts and deals do. To keep a column as it was imported, name it in `record`.",
            )
        for header in self._mapping.record:
            if header not in self._headers and not self._mapping.optional:
                raise self._lacks(header, "record")
        for name, custom in self._mapping.custom.items():
            if not name.isidentifier() or not name.isascii():
                raise BadInput(f"`custom.{name}` is no name for a column: letters, digits and _ only.")
            self._bind(self._layout.custom, name, custom, f"custom.{name}")

    def _bind_reference(self, name: str, spec: ReferenceColumns) -> None:
        kinds = [kind.table for kind in self._places[name].kinds]
        if spec.kind is not None and spec.kind not in kinds:
            raise self._unknown(f"references.{name}", "kind", kinds, f"{spec.kind!r} is none of its kinds")
        fields: dict[str, Bound] = {}
        for field_name, column in spec.fields():
            self._bind(fields, field_name, column, f"references.{name}.{field_name}")
        if fields:
            self._layout.references[name] = fields

    def _bind(self, target: dict[str, Bound], name: str, column: Column, place: str) -> None:
        if column.constant is not None:
            target[name] = Bound(None, column)
            return
        for wanted in column.column:
            header = wanted if wanted in self._headers else self._by_plain.get(plain(wanted))
            if header is not None:
                target[name] = Bound(header, column)
                return
        if self._mapping.optional:
            if column.default is not None:
                target[name] = Bound(None, Column(value=column.default))
            return
        raise self._lacks(" or ".join(column.column), place)

    def _lacks(self, header: str, place: str) -> BadInput:
        near = suggestion(header, self._headers)
        hint = f"Did you mean {near!r}? " if near else ""
        return BadInput(
            f"{self._file}: has no column {header!r}, which the mapping names at `{place}`.",
            hint=f"{hint}It has: {_listed(self._headers)}.",
        )

    def bind_by_name(self) -> None:
        used = set(self._layout.headers())
        words = reference_names(self._kind)
        mapped_references = set(self._mapping.references)
        unused = []
        for header in self._headers:
            if header in used:
                continue
            word = plain(header)
            value = self._values.get(word)
            place, field_name = words.get(word, ("", ""))
            if value is not None and value not in self._layout.values:
                self._layout.values[value] = Bound(header, Column(column=[header]))
            elif place and place not in mapped_references and field_name not in self._fields(place):
                self._fields(place)[field_name] = Bound(header, Column(column=[header]))
            elif header not in self._mapping.record:
                unused.append(header)
        if unused:
            self._layout.notes.append(f"{self._file}: columns not used: {', '.join(map(self._shown, unused))}.")

    def _fields(self, place: str) -> dict[str, Bound]:
        return self._layout.references.setdefault(place, {})

    def _shown(self, header: str) -> str:
        free = [name for name in self._values.values() if name not in self._layout.values]
        near = suggestion(header, free)
        return f"{header} (did you mean {near}?)" if near else header

    def check_required(self) -> None:
        self._layout.references = {name: fields for name, fields in self._layout.references.items() if fields}
        missing = list(self._missing())
        if not missing:
            return
        near = [(need, s) for need, word in missing for s in [suggestion(word, self._headers)] if s]
        hint = "".join(f"Is {header!r} meant for {need}? " for need, header in near)
        raise BadInput(
            f"{self._file}: a table of {describes(self._kind)} needs {'; and '.join(need for need, _ in missing)}.",
            hint=f"{hint}The file has: {_listed(self._headers)}. A mapping file says which is which.",
        )

    def _missing(self) -> Iterator[tuple[str, str]]:
        values = self._layout.values
        if isinstance(self._kind, NodeKind):
            ways = [name for name, _ in identifiers(self._kind)]
            if not any(name in values for name in ways):
                yield f"a column {' or '.join(ways)}", ways[0]
        for place in self._places.values():
            if is_required(self._kind, place) and place.name not in self._layout.references:
                kinds = " or ".join(kind.label for kind in place.kinds)
                yield f"a column for `{place.name}` ({kinds})", place.name
        for prop in properties(self._kind):
            if prop.required and prop.name not in values:
                yield f"a column `{prop.name}`", prop.name
            if prop.type is ValueType.MONEY and prop.name in values and f"{prop.name}Currency" not in values:
                yield f"a column `{prop.name}Currency`, or one currency for all in the mapping", "currency"

    def _unknown(self, section: str, name: str, known: Iterable[str], what: str) -> BadInput:
        names = list(known)
        near = suggestion(name, names)
        return BadInput(
            f"`{section}.{name}`: {what} in a table of {self._kind.table}.",
            hint=(f"Did you mean {near}? " if near else "") + f"It has: {', '.join(names) or 'none'}.",
        )


def is_required(kind: Kind, place: Reference) -> bool:
    """True where a row without this reference cannot be loaded: ends of edges, and the one account of a deal."""
    return isinstance(kind, EdgeKind | HistoryKind) or not place.is_list


def _listed(headers: list[str]) -> str:
    shown = [repr(header) for header in headers[:40]]
    return ", ".join(shown) + (" …" if len(headers) > 40 else "")
