"""The document of a table's pages: nothing but the way to the connection, which is asked from a cursor on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    print_ast,
    visit,
)

from .find import Reading, Step, Way

PAGE = "ecograph_page"
TOTAL = "ecograph_total"
CURSOR = "ecograph_after"


@dataclass(frozen=True)
class Pruned:
    """Two documents: of a page, whose cursor is the variable CURSOR, and of the number of all rows."""

    page: str
    total: str
    after: str | VariableNode | None
    """Where the document itself begins."""


def prune(reading: Reading, operation: OperationDefinitionNode, way: Way) -> Pruned:
    """The documents of the table that the way leads to."""
    connection = way.steps[-1]
    info = _field("pageInfo", PAGE, (_field("hasNextPage"), _field("endCursor")))
    cursor = ArgumentNode(name=_name("after"), value=VariableNode(name=_name(CURSOR)))
    rest = [argument for argument in _arguments(connection) if argument.name.value != "after"]
    page = _asked(connection, [*rest, cursor], [_asked(way.rows, _arguments(way.rows)), info])
    total = _asked(connection, rest, [_field("totalCount", TOTAL)])
    after = next((a.value for a in _arguments(connection) if a.name.value == "after"), None)
    declared = VariableDefinitionNode(
        variable=VariableNode(name=_name(CURSOR)), type=NamedTypeNode(name=_name("String")), directives=()
    )
    return Pruned(
        _document(reading, operation, _wrapped(reading, way.steps, page), (declared,)),
        _document(reading, operation, _wrapped(reading, way.steps, total), ()),
        after.value if isinstance(after, StringValueNode) else after if isinstance(after, VariableNode) else None,
    )


def _wrapped(reading: Reading, steps: tuple[Step, ...], innermost: FieldNode) -> SelectionNode:
    """The field within the fields that lead to it, each asked of the type that the way goes by."""
    made: SelectionNode = innermost
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        if at < len(steps) - 1:
            made = _asked(step, _arguments(step), [made])
        if step.parent is not reading.schema.query_type:
            condition = NamedTypeNode(name=_name(step.parent.name))
            made = InlineFragmentNode(type_condition=condition, directives=(), selection_set=_set([made]))
    return made


def _document(
    reading: Reading,
    operation: OperationDefinitionNode,
    selected: SelectionNode,
    more: tuple[VariableDefinitionNode, ...],
) -> str:
    fragments = _used_fragments(reading, selected)
    used = {name for node in (selected, *fragments) for name in _names_of(node, VariableNode)}
    asked = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        directives=(),
        variable_definitions=(
            *(d for d in operation.variable_definitions or () if d.variable.name.value in used),
            *more,
        ),
        selection_set=_set([selected]),
    )
    return print_ast(DocumentNode(definitions=(asked, *fragments)))


def _used_fragments(reading: Reading, selected: Node) -> list[FragmentDefinitionNode]:
    found: dict[str, FragmentDefinitionNode] = {}
    waiting: list[Node] = [selected]
    while waiting:
        for name in _names_of(waiting.pop(), FragmentSpreadNode):
            if name not in found:
                found[name] = reading.fragments[name]
                waiting.append(found[name])
    return list(found.values())


def _names_of(node: Node, kind: type[VariableNode] | type[FragmentSpreadNode]) -> Iterator[str]:
    names: list[str] = []

    class Names(Visitor):
        def enter(self, found: Node, *_: object) -> None:
            if isinstance(found, kind):
                names.append(found.name.value)

    visit(node, Names())
    yield from names


def _asked(
    step: Step, arguments: Iterable[ArgumentNode], selections: Iterable[SelectionNode] | None = None
) -> FieldNode:
    """The field of a step with these arguments, asking for these fields or for what it asks for itself."""
    if selections is None:
        selections = [s for node in step.nodes if node.selection_set for s in node.selection_set.selections]
    name = step.nodes[0].name.value
    return FieldNode(
        name=_name(name),
        alias=_name(step.key) if step.key != name else None,
        arguments=tuple(arguments),
        directives=(),
        selection_set=_set(selections),
    )


def _field(name: str, alias: str | None = None, selections: Iterable[SelectionNode] = ()) -> FieldNode:
    inner = tuple(selections)
    return FieldNode(
        name=_name(name), alias=_name(alias) if alias else None, arguments=(), directives=(),
        selection_set=_set(inner) if inner else None,
    )  # fmt: skip


def _arguments(step: Step) -> tuple[ArgumentNode, ...]:
    return tuple(step.nodes[0].arguments or ())


def _set(selections: Iterable[SelectionNode]) -> SelectionSetNode:
    return SelectionSetNode(selections=tuple(selections))


def _name(value: str) -> NameNode:
    return NameNode(value=value)
