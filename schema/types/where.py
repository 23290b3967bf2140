"""`PartnerWhere` and its like: one field for each field of the type that can be filtered."""

from __future__ import annotations

from typing import Any

from strawberry.types import get_object_definition
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField

from ..declare import optional
from ..spec import METADATA, Column, Connection, Embedded, Items, Scalar, Spec
from .filters import IntFilter, filter_of
from .inputs import ENTITIES, make_input

_VALUES = (Column, Scalar, Embedded, Items)


def declared(cls: type) -> list[tuple[StrawberryField, Spec]]:
    """The fields of a type that the compiler knows."""
    fields = get_object_definition(cls, strict=True).fields
    return [(f, f.metadata[METADATA]) for f in fields if METADATA in f.metadata]


def unwrapped(field: StrawberryField) -> tuple[Any, bool, bool]:
    """The Python type of a field's values, whether they may be null, and whether the field is a list of them."""
    kind: Any = field.type
    is_nullable = isinstance(kind, StrawberryOptional)
    kind = kind.of_type if is_nullable else kind
    is_list = isinstance(kind, StrawberryList)
    kind = kind.of_type if is_list else kind
    return (kind.wrapped_cls if isinstance(kind, StrawberryEnumDefinition) else kind), is_nullable, is_list


def where_fields(cls: type) -> dict[str, tuple[Any, Any]]:
    """A filter for each field of a type that holds a value."""
    found: dict[str, tuple[Any, Any]] = {}
    for field, spec in declared(cls):
        kind, _, is_list = unwrapped(field) if isinstance(spec, _VALUES) else (None, False, False)
        made = filter_of(kind, is_list=is_list)
        if made is not None:
            found[field.python_name] = (made | None, optional(f"By: {field.description}"))
    return found


def entity_where(cls: type) -> type:
    """`PartnerWhere`: its own fields and its relations, with and, or and not."""
    name = f"{cls.__name__}Where"
    fields: dict[str, tuple[Any, Any]] = {
        "and_": (f"list[{name}] | None", optional("All of these hold; true of an empty list.", name="and")),
        "or_": (f"list[{name}] | None", optional("One of these holds; false of an empty list.", name="or")),
        "not_": (f"{name} | None", optional("This does not hold; so it is true where something is null.", name="not")),
        **where_fields(cls),
    }
    for field, spec in declared(cls):
        if isinstance(spec, Connection):
            relation = relation_prefix(cls.__name__, field.python_name)
            fields[field.python_name] = (f"{relation}Where | None", optional(f"By: {field.description}"))
    return make_input(
        name, f"What a list of {cls.__name__} rows is to hold. Several fields are joined by AND.", fields, ENTITIES
    )


def relation_prefix(owner: str, name: str) -> str:
    """What the types of a relation begin with, such as `PartnerProducts`."""
    return f"{owner}{name[0].upper()}{name[1:]}"


def relation_where(prefix: str, node: str, edge: type, names: tuple[str, ...]) -> None:
    """`PartnerProductsWhere`, and the filter on its edges."""
    fields: dict[str, tuple[Any, Any]] = {
        "some": (f"{node}Where | None", optional("One row at least is like this.")),
        "none": (f"{node}Where | None", optional("No row is like this.")),
        "all": (f"{node}Where | None", optional("No row is unlike this; true where there are no rows.")),
        "count": (IntFilter | None, optional("How many rows there are.")),
    }
    if names:
        fields["edge"] = (_edge_where(edge, names) | None, optional("Which rows count, by what joins them."))
    make_input(f"{prefix}Where", "What the rows of a relation that hold on the day are to be like.", fields, ENTITIES)


_EDGES: dict[str, type] = {}


def _edge_where(edge: type, names: tuple[str, ...]) -> Any:
    """`EdgeSinceUntilWhere`: one for all relations whose edges have the same properties."""
    made = f"Edge{''.join(name[0].upper() + name[1:] for name in names)}Where"
    if made not in _EDGES:
        _EDGES[made] = make_input(made, "Which edges count.", where_fields(edge), ENTITIES)
    return _EDGES[made]
