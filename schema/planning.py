"""Plans of operations, kept: another request with the same shape of variables only binds its values."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from graphql import FieldNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, OperationType, is_non_null_type
from graphql.execution.values import VariableValues

from ..graph.errors import EcographError
from .bounded import Bounded
from .compiler.collect import collect
from .compiler.context import Context, Decision, Environment
from .compiler.roots import Plan, compile_root
from .compiler.traced import NeedsValue, Path, Values, at, skeleton, trace, traced_in
from .documents import Document, root_type
from .problems import Problem, from_graphql, ours

INTROSPECTION = frozenset({"__schema", "__type"})
_KEPT_PLANS = 2_000
_KEPT_CHARACTERS = 20_000_000


@dataclass(frozen=True)
class Root:
    """A root field: what to run, or why it cannot be; neither for `__typename` and introspection."""

    key: str
    nodes: list[FieldNode]
    is_non_null: bool
    plan: Plan | None = None
    problem: Problem | None = None

    @property
    def name(self) -> str:
        return self.nodes[0].name.value

    @property
    def is_introspection(self) -> bool:
        return self.name in INTROSPECTION


@dataclass
class _Form:
    """What is known of all requests whose variables have one shape: which values their plans depend on."""

    known: frozenset[Path] = frozenset()
    decisions: dict[Hashable, Decision] = field(default_factory=dict)

    def key(self, values: Values) -> Hashable:
        concrete = tuple(_hashable(at(values, path)) for path in sorted(self.known, key=str))
        return concrete, tuple(decision.result(values) for decision in self.decisions.values())


class Planner:
    """Makes plans of operations, and keeps them by document, operation, and what they depend on of the variables."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._forms: Bounded[Hashable, _Form] = Bounded(_KEPT_PLANS, _KEPT_PLANS)
        self._plans: Bounded[Hashable, list[Root]] = Bounded(_KEPT_PLANS, _KEPT_CHARACTERS)
        self.hits = self.misses = 0

    def plan(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        environment: Environment,
    ) -> list[Root]:
        """The root fields of the operation in the order of the response."""
        if operation.operation is OperationType.MUTATION:  # made for these values, for it must not be run twice
            return self._compile(document, operation, variables, environment, _Form(_leaves(variables.coerced)))
        values = variables.coerced
        base = (document.number, id(operation), environment.view, skeleton(values))
        form = self._forms.get(base)
        if form is None:
            form = _Form()
            self._forms.put(base, form)
        found = self._plans.get((base, form.key(values)))
        if found is not None:
            self.hits += 1
            return found
        self.misses += 1
        made = self._compile(document, operation, variables, environment, form)
        if not any(root.problem for root in made):
            weight = sum(len(root.plan.statement or "") + 1_000 for root in made if root.plan) + 1_000
            self._plans.put((base, form.key(values)), made, weight)
        return made

    def learn(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues,
        environment: Environment, paths: frozenset[Path],
    ) -> None:  # fmt: skip
        """Make these values part of the key of such plans: running one has shown that it depends on them."""
        base = (document.number, id(operation), environment.view, skeleton(variables.coerced))
        form = self._forms.get(base) or _Form()
        form.known |= paths
        self._forms.put(base, form)

    def _compile(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues,
        environment: Environment, form: _Form,
    ) -> list[Root]:  # fmt: skip
        leaves = _leaves(variables.coerced)
        while True:
            traced = trace(variables.coerced, form.known)
            context = Context(self._schema, document.fragments, VariableValues(variables.sources, traced), environment)
            try:
                made = self._roots(context, operation)
            except NeedsValue as needs:
                form.known |= needs.paths
                continue
            except Exception:
                # Something met a traced value where it needs a plain one, or is wrong in any case.
                if leaves <= form.known:
                    raise
                form.known |= leaves
                continue
            if any(root.problem for root in made) and not leaves <= form.known:
                # What is told of a value must be told of the value itself.
                return self._compile(document, operation, variables, environment, _Form(leaves))
            form.decisions.update((decision.identity, decision) for decision in context.decisions)
            return made

    def _roots(self, context: Context, operation: OperationDefinitionNode) -> list[Root]:
        query = root_type(self._schema, operation)
        made = []
        for key, nodes in collect(context, query, [operation.selection_set]).items():
            name = nodes[0].name.value
            if name == "__typename" or name in INTROSPECTION:
                made.append(Root(key, nodes, name == "__schema"))
                continue
            root = Root(key, nodes, is_non_null_type(query.fields[name].type))
            try:
                made.append(replace(root, plan=compile_root(context.of_root(), query, key, nodes)))
            except GraphQLError as error:
                made.append(replace(root, problem=from_graphql(error, "BAD_USER_INPUT", (key,))))
            except EcographError as error:
                made.append(replace(root, problem=ours(error, (key,))))
        return made


def _leaves(values: Values) -> frozenset[Path]:
    """The paths of all values that can be traced."""
    return frozenset[Path]().union(*(traced.paths for traced in traced_in(trace(values, frozenset()))))


def _hashable(value: object) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
