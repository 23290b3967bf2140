"""The root of all queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from inspect import Parameter
from typing import Annotated, Any

import strawberry

from ...graph.errors import BadInput
from ..compiler.identity import ids_of
from ..declare import field, method, optional
from ..spec import Call, CallConnection, Column, Connection, Embedded, Lookup, Lookups
from .centrality import CENTRALITY, PARTNER_GRAPH, PartnerGraph
from .centrality import CentralityConnection as CentralityConnection  # type: ignore[attr-defined]
from .common import ExternalIdInput, Node, NodeKind
from .ecosystem import Ecosystem
from .entities import Account, Deal, Integration, Partner, Product
from .jobs import JOB, Job, JobId
from .lifts import LIFTS
from .matching import MATCHES
from .matching import MatchCandidateConnection as MatchCandidateConnection  # type: ignore[attr-defined]
from .measures import CentralityGraph, CentralityMeasure
from .next_moves import CO_SELL, RECRUIT_CANDIDATES
from .next_moves import CoSellConnection as CoSellConnection  # type: ignore[attr-defined]
from .next_moves import RecruitCandidateConnection as RecruitCandidateConnection  # type: ignore[attr-defined]
from .overlap import EVENTS, OVERLAP, WHITE_SPACE, OnePartner, Overlap, Partners, Populations, Side, WithUs
from .overlap import OverlapEventConnection as OverlapEventConnection  # type: ignore[attr-defined]
from .relations import AsOf, connection_type, listed, paged
from .sharing import SHARING, SharingRule
from .strength import Path
from .what_if import WHAT_IF, WhatIf

_TERM = re.compile(r"\w+")
_MAX_TERMS = 12


def _search(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A full-text expression in which every word must begin a word of the name or key."""
    words = _TERM.findall(arguments["text"].lower())[:_MAX_TERMS]
    if not words:
        raise BadInput("There is no word to search for.", hint="Give `text` with at least one letter or digit.")
    expression = " AND ".join(f"({word}^4 OR {word}*)" for word in words)
    kinds = arguments.get("kinds") or list(NodeKind)
    return {"expression": expression, "labels": [getattr(kind, "value", kind) for kind in kinds]}


def _paths(arguments: Mapping[str, Any]) -> dict[str, Any]:
    length = arguments["maxLength"]
    if not 1 <= length <= 6:
        raise BadInput(f"`maxLength` is {length}; it must be 1 to 6.", hint="Longer paths say little.")
    return {"maxLength": length}


def _sharing(arguments: Mapping[str, Any]) -> dict[str, Any]:
    partners = ids_of("Partner", arguments["partners"])
    at_least = arguments.get("atLeast")
    if not partners or (at_least is not None and at_least < 1):
        raise BadInput(
            "`partners` is empty or `atLeast` less than 1.", hint="Name the partners that the accounts are to share."
        )
    return {"partners": partners, "atLeast": len(partners) if at_least is None else at_least}


@strawberry.input(description="Exactly one identifier of an account.")
class AccountKeyInput:
    id: strawberry.ID | None = optional("Id (`kind:key`) or key.")
    domain: str | None = optional("An internet domain or an address on it.")
    externalId: ExternalIdInput | None = optional("Its id in another system.")


SearchResult = Annotated[
    Partner | Account | Product | Integration | Deal,
    strawberry.union("SearchResult", description="What a search finds."),
]


@strawberry.type(description="One finding of a search.")
class SearchHit:
    node: SearchResult = field(Embedded({"it": "<node>"}), "What was found.")
    score: float = field(Column("<score>"), "Relevance by the full-text index; comparable within one search only.")
    matched: str = field(Column("<node>.name"), "The text that matched.")


connection_type("SearchHit", "SearchHit", module=__name__)


@strawberry.type(description="Paths between two nodes.")
class Paths:
    nodes: list[Path] = strawberry.field(description="Shortest first.")
    truncated: bool = strawberry.field(description="There are more.")
    reason: str | None = field(
        Column("CASE <total> WHEN 0 THEN 'No path of this length joins the two over edges that hold on the day.' END"),
        "Why there are none, where there are none.",
    )


Id = Annotated[strawberry.ID | None, strawberry.argument(description="Id (`kind:key`) or key.")]
Domain = Annotated[str | None, strawberry.argument(description="An internet domain or an address on it.")]
External = Annotated[
    ExternalIdInput | None, strawberry.argument(name="externalId", description="Its id in another system.")
]


def _root(label: str) -> Any:
    spec = Connection(f"MATCH (<that>:{label})", is_root=True)
    return listed(spec, f"{label}Connection", label, f"All {label.lower()}s.")


@strawberry.type(description="Questions to the ecosystem graph.")
class Query:
    partners = _root("Partner")
    accounts = _root("Account")
    products = _root("Product")
    integrations = _root("Integration")
    deals = _root("Deal")

    @method(Lookup(None), "Any node by its id; null when there is none.")
    def node(self, id: strawberry.ID, as_of: AsOf = strawberry.UNSET) -> Node | None: ...  # noqa: A002

    @method(Lookup("Partner"), "A partner by exactly one identifier; null when there is none.")
    def partner(
        self, id: Id = strawberry.UNSET, domain: Domain = strawberry.UNSET,  # noqa: A002
        external_id: External = strawberry.UNSET, as_of: AsOf = strawberry.UNSET,
    ) -> Partner | None: ...  # fmt: skip

    @method(Lookup("Account"), "An account by exactly one identifier; null when there is none.")
    def account(
        self, id: Id = strawberry.UNSET, domain: Domain = strawberry.UNSET,  # noqa: A002
        external_id: External = strawberry.UNSET, as_of: AsOf = strawberry.UNSET,
    ) -> Account | None: ...  # fmt: skip

    @method(
        Lookups("Account"),
        "Accounts by exactly one identifier each, in the order asked; null where there is none.",
    )
    def accountsByKey(  # type: ignore[empty-body]
        self, keys: Annotated[list[AccountKeyInput], strawberry.argument(description="What to look up.")]
    ) -> list[Account | None]: ...

    sharedAccounts = paged(
        CallConnection(Call("shared_accounts", bind=_sharing), (("<it>.id", False),)),
        "AccountConnection",
        "Accounts that are accounts of several of these partners, for whatever reason.",
        where="AccountWhere",
        order="AccountOrder",
        more={
            "partners": (Partners, Parameter.empty),
            "at_least": (
                Annotated[
                    int | None,
                    strawberry.argument(
                        name="atLeast", description="How many of the partners an account must have; all if unset."
                    ),
                ],
                strawberry.UNSET,
            ),
        },
    )

    @method(OVERLAP, "The accounts on some partners' lists, by what they are to us and to each of the partners.")
    def overlap(  # type: ignore[empty-body]
        self, partners: Partners, with_us: WithUs = True, populations: Populations = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> list[Overlap]: ...  # fmt: skip

    whiteSpace = paged(
        WHITE_SPACE,
        "AccountConnection",
        "Accounts that only one of two knows: on the partner's list and nothing to us (THEIRS), or ours and not on the "
        "partner's list (OURS).",
        where="AccountWhere",
        order="AccountOrder",
        more={
            "partner": (OnePartner, Parameter.empty),
            "side": (
                Annotated[Side, strawberry.argument(description="Whose accounts the other has not.")],
                Parameter.empty,
            ),
        },
    )
    coSell = paged(
        CO_SELL,
        "CoSellConnection",
        "Our prospects, opportunities and customers with an open deal that the partner strengthens, best first.",
        where="AccountWhere",
        more={"partner": (OnePartner, Parameter.empty)},
        module=__name__,
    )
    recruitCandidates = paged(
        RECRUIT_CANDIDATES,
        "RecruitCandidateConnection",
        "Companies that are no active partners, and whose products our active accounts use; most accounts first.",
        has_as_of=False,
        module=__name__,
    )
    overlapEvents = paged(
        EVENTS,
        "OverlapEventConnection",
        "What came onto partners' account lists, left them or changed population, the latest first. The history of a "
        "list begins with its first import.",
        has_as_of=False,
        more={
            "partner": (
                Annotated[strawberry.ID | None, strawberry.argument(description="Of this partner only: id or key.")],
                strawberry.UNSET,
            ),
            "since": (Annotated[date, strawberry.argument(description="From this day on.")], Parameter.empty),
        },
        module=__name__,
    )

    @method(Lookup("Product"), "A product by id or key; null when there is none.")
    def product(self, id: Id = strawberry.UNSET, as_of: AsOf = strawberry.UNSET) -> Product | None: ...  # noqa: A002

    @method(Lookup("Integration"), "An integration by id or key; null when there is none.")
    def integration(self, id: Id = strawberry.UNSET, as_of: AsOf = strawberry.UNSET) -> Integration | None: ...  # noqa: A002

    @method(Lookup("Deal"), "A deal by id or key; null when there is none.")
    def deal(self, id: Id = strawberry.UNSET, as_of: AsOf = strawberry.UNSET) -> Deal | None: ...  # noqa: A002

    @method(
        CallConnection(
            Call("search_nodes", bind=_search), (("<score>", True), ("size(<node>.name)", False), ("<node>.id", False))
        ),
        "Nodes with names or keys in which every word of the text begins a word, best first.",
    )
    def search(
        self, text: str, kinds: list[NodeKind] | None = strawberry.UNSET, first: int = 10,
        after: str | None = strawberry.UNSET,
    ) -> SearchHitConnection: ...  # type: ignore[name-defined]  # noqa: F821  # fmt: skip

    @method(
        CallConnection(
            Call("paths", {"start": "<start>", "end": "<end>"}, _paths), (),
            start={"start": "from", "end": "to"}, is_cut_inside=True,
        ),
        "The shortest ways between two nodes; never over derived edges.",
    )  # fmt: skip
    def paths(  # type: ignore[empty-body]
        self, from_: Annotated[strawberry.ID, strawberry.argument(name="from", description="Id of the first node.")],
        to: Annotated[strawberry.ID, strawberry.argument(description="Id of the last node.")],
        max_length: Annotated[int, strawberry.argument(name="maxLength", description="Most edges, 1 to 6.")] = 4,
        first: int = 10, as_of: AsOf = strawberry.UNSET,
    ) -> Paths: ...  # fmt: skip

    @method(Embedded({}), "The whole ecosystem on a day.")
    def ecosystem(self, as_of: AsOf = strawberry.UNSET) -> Ecosystem: ...  # type: ignore[empty-body]

    @method(CENTRALITY, "The nodes of a graph by a stored measure, the largest value first.")
    def centrality(
        self, measure: CentralityMeasure, graph: CentralityGraph = CentralityGraph.PARTNERS,
        kinds: Annotated[list[NodeKind] | None, strawberry.argument(description="Of these only.")] = strawberry.UNSET,
        first: int = 20, after: str | None = strawberry.UNSET,
    ) -> CentralityConnection: ...  # fmt: skip

    lifts = paged(
        LIFTS,
        "LiftConnection",
        where="LiftWhere",
        has_as_of=False,
        description="Pairs of partners of which accounts with the first take on the second faster; the surest first.",
    )

    @method(PARTNER_GRAPH, "The partner graph for drawing; null before the first run of `ecograph measure`.")
    def partnerGraph(
        self,
        community: Annotated[int | None, strawberry.argument(description="Of this community only.")] = strawberry.UNSET,
        min_weight: Annotated[
            float | None, strawberry.argument(name="minWeight", description="No lighter ties.")
        ] = strawberry.UNSET,
        max_nodes: Annotated[int, strawberry.argument(name="maxNodes", description="Most partners.")] = 20_000,
        max_edges: Annotated[int, strawberry.argument(name="maxEdges", description="Most ties.")] = 200_000,
        as_of: AsOf = strawberry.UNSET,
    ) -> PartnerGraph | None: ...

    @method(
        SHARING,
        "What is shared of our accounts with a partner's own login, population by population; with all partners for "
        "whom something was set if `partner` is unset.",
    )
    def sharing(  # type: ignore[empty-body]
        self,
        partner: Annotated[
            strawberry.ID | None, strawberry.argument(description="With this partner: id or key.")
        ] = None,
    ) -> list[SharingRule]: ...

    @method(JOB, "A piece of work that goes on after the request for it.")
    def job(self, id: JobId) -> Job | None: ...  # noqa: A002

    matches = paged(
        MATCHES,
        "MatchCandidateConnection",
        "Pairs of accounts that may be one company, the likeliest first: those that wait for a decision, or all.",
        has_as_of=False,
        more={
            "undecided": (
                Annotated[
                    bool,
                    strawberry.argument(description="Those only that wait for a decision; else decided ones too."),
                ],
                True,
            )
        },
        module=__name__,
    )

    @method(WHAT_IF, "What would change if these partners left; ids that name no partner change nothing.")
    def whatIf(  # type: ignore[empty-body]
        self,
        without_partners: Annotated[
            list[strawberry.ID], strawberry.argument(name="withoutPartners", description="Ids or keys of partners.")
        ],
        as_of: AsOf = strawberry.UNSET,
    ) -> WhatIf: ...
