"""Filters as Cypher conditions, two-valued: whatever is neither true nor false does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLField, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type

from ...graph.errors import BadInput, Internal
from ..spec import Column, Connection, Embedded, Items, Operator, Scalar, Subject, template_of
from .context import Context, Scope, below, metadata_of, spec_of
from .match import Bound, bind
from .traced import derive
from .values import native, parts

Given = Mapping[str, Any]
_PROPERTY = re.compile(r"\w+(\.\w+)?")
_SUBQUERY = re.compile(r"\b(EXISTS|COUNT|COLLECT) \{")
_VALUE = "v"
MOST_SUBQUERIES = 2
"""Among the conditions of one MATCH."""
NEVER = "false"


def filtered_type(schema: GraphQLSchema, field: GraphQLField, connection: GraphQLObjectType) -> GraphQLObjectType:
    """What the filter of a list speaks of: its rows, or the node `it` of each, whose type its name begins with."""
    if "where" in field.args:
        named = schema.type_map[get_named_type(field.args["where"].type).name.removesuffix("Where")]
        if isinstance(named, GraphQLObjectType):
            return named
    rows: GraphQLObjectType = get_named_type(connection.fields["nodes"].type)
    return rows


def condition(
    context: Context, where: GraphQLInputObjectType, of: GraphQLObjectType, scope: Scope, given: Given
) -> str | None:
    """The condition that a filter puts on an object of this type; None when it holds for all.

    What is null counts as not given.
    """
    return _all([*conditions(context, where, of, scope, given)])


def conditions(
    context: Context, where: GraphQLInputObjectType, of: GraphQLObjectType, scope: Scope, given: Given
) -> list[str]:
    """The conditions that must all hold."""
    found: list[str | None] = []
    for name in sorted(given):
        value = given[name]
        if value is None:
            continue
        if name == "and":
            found += [part for inner in value for part in conditions(context, where, of, scope, inner)]
        elif name == "or":
            found.append(_any([condition(context, where, of, scope, part) for part in value]))
        elif name == "not":
            found.append(_not(condition(context, where, of, scope, value)))
        else:
            found.append(_field(context, where, of, scope, name, value))
    return [part for part in found if part is not None]


def divided(conditions: Sequence[str]) -> tuple[list[str], list[str]]:
    """Conditions to select rows by, and those to work out for each row that these leave.

    The planner's time grows with the product of all ways to order the subqueries among the conditions of one MATCH.
    """
    light: list[str] = []
    heavy: list[str] = []
    count = 0
    for part in conditions:
        subqueries = len(_SUBQUERY.findall(part))
        is_light = not subqueries or count + subqueries <= MOST_SUBQUERIES
        count += subqueries if is_light else 0
        (light if is_light else heavy).append(part)
    return light, heavy


def _all(conditions: list[str | None]) -> str | None:
    return " AND ".join(part for part in conditions if part is not None) or None


def _any(conditions: list[str | None]) -> str | None:
    if not conditions:
        return NEVER
    alternatives = [part for part in conditions if part is not None]
    return f"({' OR '.join(alternatives)})" if len(alternatives) == len(conditions) else None


def _not(inner: str | None) -> str:
    return NEVER if inner is None else f"NOT coalesce({inner}, false)"


def _field(
    context: Context, where: GraphQLInputObjectType, of: GraphQLObjectType, scope: Scope, name: str, given: Any
) -> str | None:
    declared = where.fields[name]
    operator = metadata_of(declared)
    if isinstance(operator, Operator):
        return _operation(context, operator, scope, given, {})
    field = of.fields[name]
    spec = spec_of(field)
    filter_type: GraphQLInputObjectType = get_named_type(declared.type)
    named: GraphQLObjectType = get_named_type(field.type)
    if isinstance(spec, Connection):
        return _relation(context, filter_type, named, spec, scope, given)
    if isinstance(spec, (Column, Scalar)):
        x = native(context, spec, scope, is_date=named.name == "Date")
        return _operators(context, filter_type, {**scope, "x": x}, given)
    if isinstance(spec, Items):
        return _operators(
            context, filter_type, {**scope, "x": context.fill(template_of(spec.cypher, {}), scope)}, given
        )
    if isinstance(spec, Embedded):
        made = parts(context, spec, scope)
        if "it" in made:
            return condition(context, filter_type, named, below(scope, made), given)
        return _operators(context, filter_type, {**scope, **made}, given)
    raise Internal(f"{of.name}.{name} cannot be filtered.")


def _operators(context: Context, filter_type: GraphQLInputObjectType, scope: Scope, given: Given) -> str | None:
    """The operators of one filter on the value `x` of the scope."""
    names = [name for name in sorted(given) if given[name] is not None]
    subjects = [name for name in names if isinstance(metadata_of(filter_type.fields[name]), Subject)]
    for name in subjects:
        subject: Subject = metadata_of(filter_type.fields[name])
        scope = {**scope, "subject": context.parameter(derive(subject.convert, given[name]))}
    asked = [name for name in names if name not in subjects]
    if subjects and not asked:
        raise BadInput(
            f"A {filter_type.name} gives `{subjects[0]}` and nothing to compare with.",
            hint=f"Give one of {', '.join(f'`{name}`' for name in filter_type.fields if name not in subjects)} too.",
        )
    is_computed_twice = len(asked) > 1 and "x" in scope and not _PROPERTY.fullmatch(scope["x"])
    inner = {**scope, "x": _VALUE} if is_computed_twice else scope
    found = _all(
        [_operation(context, metadata_of(filter_type.fields[name]), inner, given[name], given) for name in asked]
    )
    return f"any({_VALUE} IN [{scope['x']}] WHERE {found})" if is_computed_twice else found


def _operation(context: Context, operator: Operator, scope: Scope, value: Any, given: Given) -> str:
    sent = derive(operator.convert, value, given) if operator.convert else derive(plain, value)
    return context.fill(operator.cypher, {**scope, "value": context.parameter(sent)})


def plain(value: Any) -> Any:
    """Members of enums as the strings that are stored."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return getattr(value, "value", value)


def _relation(
    context: Context, where: GraphQLInputObjectType, connection: GraphQLObjectType, spec: Connection, scope: Scope,
    given: Given,
) -> str | None:  # fmt: skip
    """Quantifiers over the rows of a relation that hold on the day and that `edge` lets count."""
    asked = {name: value for name, value in given.items() if value is not None}
    if set(asked) == {"edge"}:
        raise BadInput(
            f"A {where.name} says by `edge` which edges count, and nothing of them.",
            hint="Give `some`, `none`, `all` or `count` too; `some: {}` asks for one at least.",
        )
    bound = bind(context, spec, scope)
    edges: GraphQLObjectType = get_named_type(connection.fields["edges"].type)
    nodes: GraphQLObjectType = get_named_type(connection.fields["nodes"].type)

    def part(name: str, of: GraphQLObjectType) -> str | None:
        inner: GraphQLInputObjectType = get_named_type(where.fields[name].type)
        return condition(context, inner, of, bound.scope, asked[name])

    edge = part("edge", edges) if "edge" in asked else None
    found: list[str | None] = []
    for name in sorted(asked):
        if name == "some":
            found.append(f"EXISTS {{ {_rows(context, bound, edge, part(name, nodes))} }}")
        elif name == "none":
            found.append(f"NOT EXISTS {{ {_rows(context, bound, edge, part(name, nodes))} }}")
        elif name == "all":
            inner = part(name, nodes)
            found.append(inner and f"NOT EXISTS {{ {_rows(context, bound, edge, _not(inner))} }}")
        elif name == "count":
            filter_type: GraphQLInputObjectType = get_named_type(where.fields[name].type)
            counted = f"COUNT {{ {_rows(context, bound, edge)} }}"
            found.append(_operators(context, filter_type, {**scope, "x": counted}, asked[name]))
    return _all(found)


def _rows(context: Context, bound: Bound, *more: str | None) -> str:
    """The rows of a relation for which these hold too, as the body of a subquery."""
    light, heavy = divided([part for part in more if part is not None])
    if not heavy:
        return bound.where(*light)
    holds = context.variable()
    return f"{bound.where(*light)} WITH *, {' AND '.join(heavy)} AS {holds} WHERE {holds} RETURN 1"
