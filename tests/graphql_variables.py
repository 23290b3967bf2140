"""Values for variables of any input type of the schema, and documents in which every argument is a variable."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import strategies as st

_IDS = ("bolt", "partner:bolt", "account:north", "product:core", "deal:d1", "nobody", "", "x:y", "'\"\\$p0")
_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "ID": st.sampled_from(_IDS),
    "String": st.sampled_from((*_IDS, "care", "bolt.com", "n", "%")),
    "Int": st.integers(-1, 30),
    "Float": st.floats(-5, 1e6, allow_nan=False, allow_infinity=False),
    "Boolean": st.booleans(),
    "Date": st.dates(date(2021, 1, 1), date(2027, 1, 1)).map(str),
    "Decimal": st.integers(-100, 10**7).map(lambda cents: f"{cents / 100:.2f}"),
    "JSON": st.sampled_from((7, 7.5, "x", True, [1, 2])),
}


def values(named: GraphQLInputType, depth: int = 3) -> st.SearchStrategy[Any]:
    """JSON values that the type accepts; null where it may be."""
    if isinstance(named, GraphQLNonNull):
        return _present(named.of_type, depth)
    return st.none() | _present(named, depth)


def _present(named: Any, depth: int) -> st.SearchStrategy[Any]:
    if isinstance(named, GraphQLList):
        return st.lists(values(named.of_type, depth), max_size=3 if depth > 0 else 0)
    if isinstance(named, GraphQLEnumType):
        return st.sampled_from(sorted(named.values))
    if isinstance(named, GraphQLInputObjectType):
        return st.deferred(lambda: _object(named, depth - 1))
    return _SCALARS[named.name]


def _object(named: GraphQLInputObjectType, depth: int) -> st.SearchStrategy[Any]:
    required = {name: values(f.type, depth) for name, f in named.fields.items() if is_required_input_field(f)}
    if depth <= 0:
        return st.fixed_dictionaries(required)
    optional = [name for name in named.fields if name not in required]
    chosen = st.lists(st.sampled_from(optional), max_size=2, unique=True) if optional else st.just([])
    return chosen.flatmap(
        lambda names: st.fixed_dictionaries(required | {name: values(named.fields[name].type, depth) for name in names})
    )


class Asked:
    """A document with a variable for every argument down to some depth, and their types."""

    def __init__(self, schema: GraphQLSchema, root: str, depth: int = 2) -> None:
        self.types: dict[str, GraphQLInputType] = {}
        self._schema = schema
        assert schema.query_type is not None
        field = self._field(root, schema.query_type.fields[root], depth)
        assert field is not None
        declared = ", ".join(f"${name}: {named}" for name, named in self.types.items())
        self.text = f"query Q{f'({declared})' if declared else ''} {{ {field} }}"

    @property
    def variables(self) -> st.SearchStrategy[dict[str, Any]]:
        """Values for some or all of the variables."""
        required = {n: values(t) for n, t in self.types.items() if isinstance(t, GraphQLNonNull)}
        optional = {n: values(t) for n, t in self.types.items() if n not in required}
        return st.fixed_dictionaries(required, optional=optional)

    def _field(self, name: str, field: GraphQLField, depth: int) -> str | None:
        named = get_named_type(field.type)
        selection = ""
        before = dict(self.types)
        arguments = []
        for argument, declared in field.args.items():
            variable = f"{argument}_{len(self.types)}"
            given = declared.type
            if isinstance(given, GraphQLNonNull) and not is_required_argument(declared):
                given = given.of_type
            self.types[variable] = given
            arguments.append(f"{argument}: ${variable}")
        if not is_leaf_type(named):
            inner = self._selection(named, depth)
            if not inner:
                self.types = before
                return None
            selection = f" {{ {inner} }}"
        given = f"({', '.join(arguments)})" if arguments else ""
        return f"{name}{given}{selection}"

    def _selection(self, named: Any, depth: int) -> str:
        if not isinstance(named, GraphQLObjectType):
            return "__typename"
        found = ["__typename"]
        is_page = "nodes" in named.fields
        for name, field in named.fields.items():
            is_leaf = is_leaf_type(get_named_type(field.type))
            if is_leaf or is_page or depth > 0:
                made = self._field(name, field, depth if is_page else depth - 1)
                if made is not None:
                    found.append(made)
        return " ".join(found)
