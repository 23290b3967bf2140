"""Making the changes that the fields of a mutation stand for."""

from __future__ import annotations

import logging

from graphql import GraphQLField, get_argument_values
from graphql.execution.values import VariableValues

from ..graph.connection import Database
from ..graph.errors import EcographError, Internal
from .compiler.context import spec_of
from .planning import Root
from .problems import Problem, ours
from .spec import Change
from .viewer import Viewer

log = logging.getLogger("ecograph.schema")


async def perform(
    database: Database, root: Root, field: GraphQLField, variables: VariableValues, who: Viewer
) -> Problem | None:
    """Make the change that a root field stands for; what went wrong, if it did."""
    spec = spec_of(field)
    if root.problem is not None or not isinstance(spec, Change):
        return root.problem
    try:
        await spec.perform(database, get_argument_values(field, root.nodes[0], variables), who.name)
    except EcographError as error:
        return ours(error, (root.key,))
    except Exception:
        log.exception("root field %s", root.name)
        return ours(Internal("Something went wrong in Ecograph; its log says what."), (root.key,))
    return None
