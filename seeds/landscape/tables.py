"""The tables that the loader takes, made of what the landscape says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from ...graph.load.tables import DTYPES, ROW, Table
from ...graph.model import (
    ACCOUNT,
    BY_TYPE,
    COMPANY,
    HISTORIES,
    INTEGRATION,
    PARTNER,
    PRODUCT,
    EdgeKind,
    HistoryKind,
    NodeKind,
    PartnerType,
    ValueType,
    node_id,
)
from .certificates import Certificates
from .companies import Company
from .integrations import Integration
from .listings import FormerProduct
from .products import Product
from .roles import Roles

Row = Mapping[str, Any]
_TIER = next(kind for kind in HISTORIES if kind.table == "tier")
_STRING, _STRINGS = DTYPES[ValueType.STRING], DTYPES[ValueType.STRINGS]


class Tables:
    """Makes the tables; `file` is the name of the present file."""

    def __init__(self, file: str, platform: Company | None, roles: Roles) -> None:
        self._file = file
        self._platform = platform
        self._roles = roles

    def nodes(
        self, products: Iterable[Product], former: Iterable[FormerProduct], integrations: Iterable[Integration]
    ) -> list[Table]:
        ours = [_company(self._platform)] if self._platform else []
        return self._filled(
            self._table(COMPANY, ours),
            self._table(PARTNER, [self._partner(company) for company in self._roles.partners]),
            self._table(PRODUCT, [*map(self._product, products), *map(self._former, former)]),
            self._table(ACCOUNT, [self._account(company) for company in self._roles.accounts]),
            self._table(INTEGRATION, [{"key": i.key, "name": i.name, ROW: _line(i.tellers[0])} for i in integrations]),
        )

    def edges(
        self,
        products: Iterable[Product],
        former: Iterable[FormerProduct],
        integrations: Iterable[Integration],
        certificates: Certificates,
    ) -> list[Table]:
        offers: list[Row] = [
            {"from": self.owner_id(company), "to": _id(product), ROW: _line(product)}
            for product in products
            for company in product.companies
        ]
        offers += [
            {"from": self.owner_id(company), "to": node_id(PRODUCT, product.key), "until": until}
            for product in former
            for company, until in product.owners.items()
        ]
        builds, connects = [], []
        for integration in integrations:
            identity, line = node_id(INTEGRATION, integration.key), _line(integration.tellers[0])
            connects += [{"from": identity, "to": _id(p), ROW: line} for p in integration.products]
            builds += [
                {"from": node_id(PARTNER, company.key), "to": identity, ROW: line}
                for company in integration.builders
                if company is not self._platform
            ]
        certified = [
            {"from": node_id(PARTNER, company.key), "to": _id(product), "level": level, ROW: line}
            for (company, product, level), line in certificates.held.items()
            if company is not self._platform
        ]
        same = [
            {"from": node_id(PARTNER, company.key), "to": node_id(ACCOUNT, company.key)}
            for company in self._roles.partners
            if company in self._roles.accounts
        ]
        return self._filled(
            self._table(BY_TYPE["OFFERS"], offers),
            self._table(BY_TYPE["BUILDS"], builds),
            self._table(BY_TYPE["CONNECTS"], connects),
            self._table(BY_TYPE["CERTIFIED_FOR"], certified),
            self._table(BY_TYPE["SAME_COMPANY_AS"], same),
        )

    def tiers(self) -> list[Table]:
        rows = [
            {"of": node_id(PARTNER, company.key), "on": day, "value": tier}
            for company, membership in self._roles.partners.items()
            if membership
            for day, tier in membership.tiers
        ]
        return self._filled(self._table(_TIER, rows))

    def owner_id(self, company: Company) -> str:
        """The id of the node that offers a company's products."""
        return node_id(COMPANY if company is self._platform else PARTNER, company.key)

    def company_id(self, company: Company) -> str | None:
        """The id of a company's node: the platform's, the partner, else the account."""
        if company is self._platform or company in self._roles.partners:
            return self.owner_id(company)
        return node_id(ACCOUNT, company.key) if company in self._roles.accounts else None

    def _partner(self, company: Company) -> Row:
        membership, services = self._roles.partners[company], self._roles.services.get(company, [])
        offers = self._roles.offers.get(company, [])
        types = [PartnerType.SERVICE] * bool(services) + [PartnerType.TECHNOLOGY] * bool(offers)
        is_told = membership is not None and (membership.is_present or not self._roles.is_listed(company))
        here = [card.item.line for card in company.present] or [_line(product) for product in offers]
        return {
            **_company(company),
            "externalIds": company.external_ids or None,
            "types": [str(t) for t in types] or None,
            "subtype": "; ".join(services) or None,
            "tier": membership.tier if membership and is_told else None,
            "joinedOn": membership.joined if membership else None,
            "leftOn": membership.left if membership and is_told else None,
            "custom.memberUntil": membership.left if membership else None,
            ROW: here[0] if here else None,
        }

    def _account(self, company: Company) -> Row:
        membership = self._roles.accounts[company]
        card = membership.card if membership else self._roles.end_users[company]
        return {
            **_company(company),
            "externalIds": company.external_ids or None,
            "customerSince": membership.joined if membership else None,
            "churnedOn": membership.left if membership else None,
            "custom.tier": card.item.subcategory,
            ROW: card.item.line if card.on is None else None,
        }

    def _product(self, product: Product) -> Row:
        return {
            "key": product.key,
            "name": product.name,
            "category": product.category,
            "isPlatform": product.is_platform,
            "listedOn": product.listed,
            "delistedOn": product.delisted,
            ROW: _line(product),
        }

    def _former(self, product: FormerProduct) -> Row:
        return {
            "key": product.key,
            "name": product.name,
            "category": product.category,
            "isPlatform": self._platform in product.owners,
            "listedOn": product.listed,
            "delistedOn": product.delisted,
        }

    def _table(self, kind: NodeKind | EdgeKind | HistoryKind, rows: Sequence[Row]) -> Table:
        schema = _columns(kind)
        used = {name: dtype for name, dtype in schema.items() if any(row.get(name) is not None for row in rows)}
        return Table(kind, pl.DataFrame(rows, schema=used, orient="row", strict=True), self._file)

    @staticmethod
    def _filled(*tables: Table) -> list[Table]:
        return [table for table in tables if table.rows.height]


def _columns(kind: NodeKind | EdgeKind | HistoryKind) -> dict[str, pl.DataType]:
    row: dict[str, pl.DataType] = {ROW: pl.Int64()}
    if isinstance(kind, HistoryKind):
        return {"of": _STRING, "on": DTYPES[ValueType.DATE], "value": DTYPES[kind.value.type]}
    properties = {p.name: DTYPES[p.type] for p in kind.properties}
    if isinstance(kind, EdgeKind):
        span = {"until": DTYPES[ValueType.DATE]} if kind.is_dated else {}
        return {"from": _STRING, "to": _STRING, **span, **properties, **row}
    identifiers: dict[str, pl.DataType] = {"domains": _STRINGS, "externalIds": _STRINGS}
    custom: dict[str, pl.DataType] = {"custom.tier": _STRING, "custom.memberUntil": DTYPES[ValueType.DATE]}
    return {"key": _STRING, "name": _STRING, **identifiers, **properties, **custom, **row}


def _company(company: Company) -> dict[str, Any]:
    return {"key": company.key, "name": company.name, "domains": list(company.domains) or None}


def _id(product: Product) -> str:
    return node_id(PRODUCT, product.key)


def _line(product: Product) -> int:
    return product.items[0].line
