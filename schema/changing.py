"""Making the changes that the fields of a mutation stand for."""

from __future__ import annotations

import logging

from graphql import GraphQLField, get_argument_values
from graphql.execution.values import VariableValues

from ..graph.errors import EcographError, Internal
from .compiler.context import spec_of
from .planning import Root
from .problems import Problem, ours
from .spec import Change, Changing

log = logging.getLogger("ecograph.schema")


async def perform(
    changing: Changing, root: Root, field: GraphQLField, variables: VariableValues
) -> tuple[str | None, Problem | None]:
    """Make the change that a root field stands for: the id of what it made, and what went wrong, if something did."""
    spec = spec_of(field)
    if root.problem is not None or not isinstance(spec, Change):
        return None, root.problem
    try:
        return await spec.perform(changing, get_argument_values(field, root.nodes[0], variables)), None
    except EcographError as error:
        return None, ours(error, (root.key,))
    except Exception:
        log.exception("root field %s", root.name)
        return None, ours(Internal("Something went wrong in Ecograph; its log says what."), (root.key,))
