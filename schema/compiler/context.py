"""What one compilation carries along: parameters, variables, and the document's fragments."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphql import FragmentDefinitionNode, GraphQLSchema
from graphql.execution.values import VariableValues

from ...graph.errors import BadInput, EcographError
from ..spec import METADATA, Computed, Spec
from ..viewer import View, Viewer
from .once import Level, Table
from .shapes import Slot
from .traced import Recipe, Values, canonical, now, recipe_of

_PLACE = re.compile(r"<(\w+)>")
_WORD = re.compile(r"\w+")
_VARIABLE = re.compile(r"(?<![\w$.])n\d+\b")

Scope = Mapping[str, str]
"""Names of templates → Cypher expressions."""


class LimitExceeded(BadInput):
    """The request asks for more than is allowed."""

    code = "LIMIT_EXCEEDED"


@dataclass(frozen=True)
class Environment:
    """Who asks, and what every statement of a request may refer to."""

    viewer: Viewer
    as_of: date
    active_within: int
    has_dated_activity: bool
    has_customer_dates: bool
    measured: Mapping[str, Any] = field(default_factory=dict)
    """Where stored measures are, by the names that templates have for it."""

    @property
    def view(self) -> View:
        """What the texts of statements depend on of who asks; plans are never shared between views."""
        return self.viewer.view

    @property
    def shared(self) -> dict[str, Any]:
        """The values of the parameters that any statement may refer to, by their names in templates."""
        return {
            "asOf": self.as_of,
            "activeWithin": self.active_within,
            "hasDatedActivity": self.has_dated_activity,
            "hasCustomerDates": self.has_customer_dates,
            **self.viewer.parameters,
            **self.measured,
        }


@dataclass(frozen=True)
class Computation:
    """A call of a computed field: `day` names the parameter of the day that holds there."""

    where: str
    spec: Computed
    arguments: Mapping[str, Any]
    day: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """Equal for calls that give the same."""
        return self.where, canonical(self.arguments), self.day


@dataclass(frozen=True)
class Decision:
    """Something that a plan's text or shape depends on, made of the variables."""

    function: Callable[..., Hashable]
    arguments: Recipe
    name: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """Equal for the same question of the same variables."""
        return self.function.__module__, self.function.__qualname__, self.name

    def result(self, values: Values) -> Hashable:
        """What it is for these variables; the error where the function refuses them."""
        try:
            return self.function(*self.arguments(values))
        except EcographError as error:
            return type(error), error.message


@dataclass
class Context:
    """One root field being compiled.

    Values become parameters named by position, so that equal shapes have equal texts. Values of variables are traced:
    what a plan makes of one goes through `derive`, or through `decide` where the text depends on it. `clauses` come
    before the RETURN, by the variable that each gives; `identities` name the parameters that nodes are looked up by.
    `level` are the rows that are being made, where lists within them can be found again.
    """

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    environment: Environment
    parameters: dict[str, Any] = field(default_factory=dict)
    shared_names: dict[str, None] = field(default_factory=dict)
    slots: list[Any] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    clauses: dict[str, str] = field(default_factory=dict)
    computations: list[Computation] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    level: Level | None = None
    depth: int = 0
    _variables: int = 0

    def of_root(self) -> Context:
        """The context of a root field by itself: it shares with this one what its plan depends on, and nothing else."""
        return Context(self.schema, self.fragments, self.variables, self.environment, decisions=self.decisions)

    def parameter(self, value: Any) -> str:
        """A parameter for this value."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def slot(self, value: Any) -> Slot:
        """A place for a value that the shape needs and that may be another for each request."""
        self.slots.append(value)
        return Slot(len(self.slots) - 1)

    def decide(self, function: Callable[..., Hashable], *arguments: Any) -> Any:
        """What the function makes of the arguments, for the text or the shape of the plan: part of the plan's key."""
        make = recipe_of(list(arguments))
        if make is None:
            return function(*arguments)
        decision = Decision(function, make, canonical(arguments))
        self.decisions.append(decision)
        return function(*now(list(arguments)))

    def variable(self) -> str:
        """A fresh Cypher variable."""
        self._variables += 1
        return f"n{self._variables}"

    def shared(self, name: str) -> str:
        """A parameter of the request itself, by its template name."""
        self.shared_names[name] = None
        return f"${name}"

    def fill(self, template: str, scope: Scope) -> str:
        """The template with the scope's expressions in its places."""

        def place(match: re.Match[str]) -> str:
            name = match[1]
            return scope[name] if name in scope else self.shared(name)

        return _PLACE.sub(place, template)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Within a list or another node."""
        self.depth += 1
        yield
        self.depth -= 1

    @contextmanager
    def at(self, level: Level | None) -> Iterator[None]:
        """Within the rows of a level."""
        before, self.level = self.level, level
        yield
        self.level = before


def metadata_of(declared: Any) -> Any:
    """What the declaration of a field, of an object or of an input, carries for the compiler."""
    definition = declared.extensions.get("strawberry-definition")
    return definition.metadata.get(METADATA) if definition is not None else None


def spec_of(graphql_field: Any) -> Spec | None:
    """The spec that a field's declaration carries."""
    found: Spec | None = metadata_of(graphql_field)
    return found


def used(names: Iterable[str], text: str) -> str:
    """Those of the variables that a piece of Cypher uses, for a CALL that takes them in.

    They are named, for within an expression Neo4j 5.26 knows no `CALL (*)`.
    """
    there = set(_WORD.findall(text))
    return ", ".join(dict.fromkeys(name for name in names if name in there))


def variables_of(scope: Scope) -> list[str]:
    """The variables that the expressions of a scope are made of."""
    return [name for expression in scope.values() for name in _VARIABLE.findall(expression)]


def below(scope: Scope, names: Mapping[str, str]) -> Scope:
    """The scope of an object further down: its own names, and the day as of which everything is read."""
    return {**({"asOf": scope["asOf"]} if "asOf" in scope else {}), **names}
