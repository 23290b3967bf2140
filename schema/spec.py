"""What a GraphQL field is in Cypher. The compiler knows these few kinds; everything else is declared with them.

Templates are Cypher with `<name>` where a variable of the enclosing scope stands: `<it>` is the node of an entity.
`<asOf>`, `<activeWithin>`, `<hasDatedActivity>` and `<hasCustomerDates>` stand for parameters of the request, and the
names in `compiler.measured` for where stored measures are.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..graph.connection import Database
from ..graph.errors import Internal
from ..graph.jobs import Jobs
from ..graph.model import ValueType
from ..graph.settings import Settings
from ..queries import catalog
from .asked import Asked

METADATA = "ecograph"


Template = str | Callable[[Mapping[str, Any]], str]
"""A template, or a function that makes it of the field's arguments, of enums among them only."""


def template_of(template: Template, arguments: Mapping[str, Any]) -> str:
    """The template for these arguments."""
    return template if isinstance(template, str) else template(arguments)


@dataclass(frozen=True)
class Shared:
    """In place of a parameter's value: the template of what every statement may refer to. Which one may depend on
    arguments that are enums."""

    template: str


@dataclass(frozen=True)
class Argument:
    """What was given for an argument of the field, or what `convert` makes of it; null where nothing was."""

    name: str
    convert: Callable[[Any], Any] | None = None

    def of(self, arguments: Mapping[str, Any]) -> Any:
        """The value among the arguments of the field."""
        given = arguments.get(self.name)
        return self.convert(given) if self.convert else given


@dataclass(frozen=True)
class Column:
    """A value: one Cypher expression, and what turns its result into JSON where that is not the same.

    `as_of` is the expression to use in its place where a day was asked for; `native` the one to compare and order by
    where `cypher` only writes it for JSON. An expression that depends on the field's arguments is a function of them.
    """

    cypher: Template
    convert: Callable[[Any], Any] | None = None
    as_of: Template | None = None
    native: str | None = None


@dataclass(frozen=True)
class Embedded:
    """An object made of the same row: `scope` names expressions for its fields; null where `present` is null.

    `as_of` is the scope to use in its place where a day was asked for; `present` is one of its names, or a template.
    `given` are names in the scope for what the field's arguments were.
    """

    scope: Mapping[str, Template]
    present: str | None = None
    as_of: Mapping[str, Template] | None = None
    given: Mapping[str, Argument] = field(default_factory=dict)


@dataclass(frozen=True)
class Ref:
    """At most one other node: a MATCH that binds `<that>`."""

    match: str


@dataclass(frozen=True)
class Items:
    """A short list without paging: one object for each element of a Cypher list, named `item` in its scope."""

    cypher: Template


@dataclass(frozen=True)
class Call:
    """A named query: `inputs` are its variables by templates, `bind` makes its parameters of the field's arguments.

    `asOf`, `activeWithin`, `hasDatedActivity` and `hasCustomerDates` need no binding; others that every statement may
    refer to are bound as `Shared`.
    """

    query: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    bind: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        if set(catalog()[self.query].inputs) != set(self.inputs):
            raise Internal(
                f"{catalog()[self.query].file} takes {', '.join(catalog()[self.query].inputs) or 'nothing'}."
            )


@dataclass(frozen=True)
class Rows:
    """All rows of a named query, without paging; its columns are the scope of the objects.

    `is_long` says that they may be many thousands: they are then made apart from other such lists, for Neo4j counts
    what a row already holds for each row that is made beside it.
    """

    call: Call
    is_long: bool = False


@dataclass(frozen=True)
class One:
    """The only row of a named query, as an object; its columns are the scope of the object."""

    call: Call


@dataclass(frozen=True)
class Scalar:
    """The value of a named query with one column and at most one row."""

    call: Call
    convert: Callable[[Any], Any] | None = None


Order = tuple[tuple[str, bool], ...]
"""Templates to order by, each with True for descending; the last ones tell any two rows apart."""


@dataclass(frozen=True)
class Connection:
    """Pages of nodes: `match` binds `<that>` and, for a relation, `<edge>`; fields of the edge type see both.

    `ties` tell any two rows apart: the order where none is asked for, and the end of any other.
    """

    match: str
    ties: tuple[str, ...] = ("<that>.id",)
    is_dated: bool = False
    is_root: bool = False


@dataclass(frozen=True)
class CallConnection:
    """Pages of the rows of a named query; its columns are the scope of the objects."""

    call: Call
    order: Order
    start: Mapping[str, str] = field(default_factory=dict)
    """Inputs that are looked up by an id argument first: input name → argument."""
    why: Call | None = None
    """A query that says in words why the list is empty; `<why>` in the fields of the connection."""
    is_cut_inside: bool = False
    """The query takes `limit` itself and is already in order."""
    about: Mapping[str, Template] = field(default_factory=dict)
    """Templates for fields of the connection that speak of the list as a whole."""


@dataclass(frozen=True)
class Operator:
    """What a field of a filter says: `<x>` is the value that is looked at, `<value>` a parameter of what was given.

    `convert` makes the parameter's value of what was given and of the whole filter. A template that is null or false
    does not hold.
    """

    cypher: str
    convert: Callable[[Any, Mapping[str, Any]], Any] | None = None


@dataclass(frozen=True)
class Subject:
    """A field of a filter that says what its operators speak of: a parameter `<subject>` in their templates."""

    convert: Callable[[Any], Any]


@dataclass(frozen=True, eq=False)
class OrderKey:
    """What a list can be ordered by: a value, an amount of money, or the number of rows of a relation.

    `type` is what stands in cursors; a key that is not `is_nullable` has a value in every row. `currencies` names the
    query that lists the currencies of an amount: `<factors>` in templates is a map from them that makes them one.
    """

    spec: Column | Scalar | Embedded | Connection
    type: ValueType
    is_nullable: bool
    currencies: str | None = None

    def __repr__(self) -> str:
        return "OrderKey"


@dataclass(frozen=True)
class Aggregate:
    """Figures over all rows of the connection that it stands in, whichever page is asked for."""


@dataclass(frozen=True)
class Figures:
    """Figures of one value over those rows: of a DATE, an INTEGER or, per currency, MONEY."""

    of: Column | Scalar | Embedded
    type: ValueType


@dataclass(frozen=True)
class Groups:
    """Those rows in groups, largest first."""


@dataclass(frozen=True)
class GroupKey:
    """What rows are grouped by: a value of their nodes or, with `via`, of the nodes that it joins them to.

    Without `of` it is that other node itself. A list groups a row once per value.
    """

    of: Column | Scalar | None
    via: Ref | Connection | None = None
    is_date: bool = False
    is_list: bool = False


@dataclass(frozen=True)
class Lookup:
    """One node by exactly one of its identifiers; `label` None means that the id tells the kind."""

    label: str | None


@dataclass(frozen=True)
class Computed:
    """A value that one or a few named queries and a numeric step in Python make, where one statement cannot.

    `queries` names the queries; a query that no field names is an error of the catalogue's test.

    Without `key`, `compute` is called once and returns one tree:

        async def concentration(asked: Asked) -> Tree:
            shares = [share for _, share in await asked.rows("coverage_shares")]
            return {"hhi": hhi(shares), "topShare": lambda top: top_share(shares, top), "basis": "ACCOUNTS"}

        concentration: Concentration | None = field(Computed(concentration, ("coverage_shares",)), "…")

    With `key`, a template such as `"<it>.id"`, it is called once per response and argument set with the keys of all
    parents in `asked.keys`, and returns a mapping from key to tree; a key that it leaves out is null:

        async def performance(asked: Asked) -> Mapping[str, Tree]:
            rows = await asked.rows("partner_deals", ids=list(asked.keys), start=asked.arguments.get("from"))
            return {partner: _measured(deals) for partner, deals in grouped(rows)}

    A tree is data by the field names of the GraphQL type: dicts, lists, scalars (dates, Decimals and enum members
    too) and None. A callable is called with the field's arguments by name, as coerced. NaN and infinities become null.
    An object of an interface or a union names its type under `__typename`. The types are plain strawberry types: their
    fields need no spec. The selection shapes the tree, so return all of it, or make dear parts callables.

    Results are kept by viewer, graph version, day and arguments, so the function must depend on nothing else. It runs
    under the request's time limit; let long numeric work run in `asyncio.to_thread`. An EcographError that it raises
    is told at the field's path; `cost` is what one call (one key) counts for in the request's cost in rows.
    """

    compute: Callable[[Asked], Awaitable[Any]]
    queries: tuple[str, ...] = ()
    key: str | None = None
    cost: int = 100


MADE = object()
"""Stands in the parameters of what a `Change` reads for the id that its `perform` made."""


@dataclass(frozen=True)
class Changing:
    """What making a change takes: the graph, the work of this process that goes on after the request, who asks."""

    database: Database
    settings: Settings
    jobs: Jobs
    by: str


@dataclass(frozen=True)
class Change:
    """A field of Mutation: `perform` changes the graph, given the field's arguments, then `read` says what is there.

    `perform` gives the id of what it made where `read` asks for it as `MADE`. `cost` is what the field counts for in
    the request's cost in rows.
    """

    perform: Callable[[Changing, Mapping[str, Any]], Awaitable[str | None]]
    read: One
    cost: int = 100


@dataclass(frozen=True)
class Lookups:
    """Nodes of a label by their identifiers, in the order of these, null for each that there is none of."""

    label: str


Spec = (
    Column | Embedded | Ref | Items | Rows | One | Scalar | Connection | CallConnection | Aggregate | Figures | Groups
    | GroupKey | Lookup | Lookups | Computed | Change
)  # fmt: skip
