"""A named query as a subquery of a compiled statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...graph.errors import Internal
from ...queries import catalog
from ..spec import Call, Shared
from ..visibility import AS_IT_IS
from .context import Context, Scope
from .traced import derive, now

_PARAMETER = re.compile(r"\$(\w+)")
_SHARED = ("asOf", "activeWithin", "hasDatedActivity", "hasCustomerDates")


def call_clause(
    context: Context, call: Call, scope: Scope, arguments: Mapping[str, Any], limit: str | None = None
) -> tuple[str, list[str]]:
    """`CALL (…) { … }` with the query's text, and the names of its columns."""
    query = catalog()[call.query]
    bound: dict[str, str] = {} if limit is None else {"limit": limit}
    bind = call.bind
    values = bind(now(arguments)) if bind else {}
    for name in query.parameters:
        if name in bound:
            continue
        if name in _SHARED and name not in values:
            bound[name] = context.fill(f"<{name}>", scope)
        elif query.parameters[name] == "LITERAL":
            bound[name] = f"{context.decide(_bound, bind, name, arguments):d}"
        elif isinstance(values.get(name), Shared):
            bound[name] = context.fill(values[name].template, scope)
        elif name in values:
            bound[name] = context.parameter(derive(_bound, bind, name, arguments))
        else:
            raise Internal(f"{query.file}: nothing is bound to ${name}.")
    text = _PARAMETER.sub(lambda match: bound[match[1]], query.text)
    inputs = {name: context.fill(template, scope) for name, template in call.inputs.items()}
    imported = ", ".join(dict.fromkeys(inputs.values()))
    renaming = ", ".join(f"{expression} AS {name}" for name, expression in inputs.items())
    start = f"WITH {renaming} " if renaming else ""
    mark = AS_IT_IS if query.is_for_partners else ""
    return f"CALL ({imported}) {{{mark or ' '}{start}{text} }}", list(query.columns)


def _bound(bind: Callable[[Mapping[str, Any]], Mapping[str, Any]], name: str, arguments: Mapping[str, Any]) -> Any:
    return bind(arguments)[name]
