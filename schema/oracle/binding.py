"""Values of one statement as expressions of the next: nodes and edges are found again by their element ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from neo4j.graph import Node, Relationship

from ...queries import NamedQuery
from ..compiler.context import Environment
from ..spec import Shared

_PLACE = re.compile(r"<(\w+)>")
_PARAMETER = re.compile(r"\$(\w+)")


class Binding:
    """One small statement: clauses that bind what its expressions refer to, and parameters."""

    def __init__(self, environment: Environment, values: Mapping[str, Any], day: date | None) -> None:
        self._values = values
        self._shared = {**environment.shared, **({"asOf": day} if day is not None else {})}
        self._named: dict[str, str] = {}
        self._clauses: list[str] = []
        self.parameters: dict[str, Any] = {}

    def fill(self, template: str) -> str:
        """The template with expressions in its places."""
        return _PLACE.sub(lambda place: self._place(place[1]), template)

    def statement(self, rest: str) -> str:
        """The clauses, and what comes after them."""
        return " ".join([*self._clauses, rest])

    def bind(self, variable: str) -> None:
        """Have a place of templates stand for itself: the rest of the statement binds it."""
        self._named[variable] = variable

    def query(self, query: NamedQuery, inputs: Mapping[str, str], given: Mapping[str, Any]) -> str:
        """The text of a named query, with its inputs bound before it."""
        bound: dict[str, str] = {}
        for name, kind in query.parameters.items():
            value = given[name] if name in given else self._shared[name]
            if kind == "LITERAL":
                bound[name] = f"{int(value)}"
            elif isinstance(value, Shared):
                bound[name] = self.fill(value.template)
            else:
                bound[name], self.parameters[name] = f"${name}", value
        text = _PARAMETER.sub(lambda found: bound[found[1]], query.text)
        renaming = ", ".join(f"{self.fill(template)} AS {name}" for name, template in inputs.items())
        return self.statement(f"WITH {renaming} {text}" if renaming else text)

    def _place(self, name: str) -> str:
        if name not in self._named:
            self._named[name] = self._expression(self._values[name] if name in self._values else self._shared[name])
        return self._named[name]

    def _expression(self, value: Any) -> str:
        if isinstance(value, (Node, Relationship)):
            variable = f"o{len(self._clauses)}"
            pattern = f"({variable})" if isinstance(value, Node) else f"()-[{variable}]->()"
            self._clauses.append(f"MATCH {pattern} WHERE elementId({variable}) = {self._parameter(value.element_id)}")
            return variable
        if isinstance(value, list):
            return f"[{', '.join(self._expression(item) for item in value)}]"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{name}: {self._expression(item)}' for name, item in value.items())}}}"
        return self._parameter(value)

    def _parameter(self, value: Any) -> str:
        name = f"o{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"
