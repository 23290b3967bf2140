"""The catalogue as tables: products, integrations, and the edges that hold them together."""

from __future__ import annotations

import numpy as np
import polars as pl

from . import words
from .catalog import OURS, Integrations, Products
from .draws import joined
from .partners import Partners
from .span import Span

COMPANY_KEY = words.COMPANY_NAME.lower()
COMPANY_ID = f"company:{COMPANY_KEY}"


def product_rows(products: Products, span: Span) -> pl.DataFrame:
    """The columns of the product table."""
    categories = np.array((*words.SECTORS, "Platform"))
    return pl.DataFrame(
        {
            "key": products.keys,
            "name": products.names,
            "category": categories[products.sector],
            "isPlatform": products.owner == OURS,
            "listedOn": span.dates(products.listed),
            "delistedOn": span.dates(products.delisted),
        }
    )


def integration_rows(integrations: Integrations, span: Span) -> pl.DataFrame:
    """The columns of the integration table."""
    return pl.DataFrame(
        {
            "key": integrations.keys,
            "name": integrations.names,
            "kind": np.array(words.INTEGRATION_KINDS)[integrations.kind],
            "depth": integrations.depth,
            "launchedOn": span.dates(integrations.launched),
            "retiredOn": span.dates(integrations.retired),
        }
    )


def offers_rows(products: Products, partners: Partners, span: Span) -> pl.DataFrame:
    """Who offers each product: its partner, or we."""
    owner_ids = pl.concat([partners.ids, pl.Series([COMPANY_ID])])
    owner = np.where(products.owner == OURS, partners.count, products.owner)
    return pl.DataFrame(
        {
            "from": owner_ids.gather(owner),
            "to": products.ids,
            "since": span.dates(products.listed),
            "until": span.dates(products.delisted),
        }
    )


def builds_rows(integrations: Integrations, partners: Partners, span: Span) -> pl.DataFrame:
    """Who builds each integration that a partner builds."""
    built = np.flatnonzero(integrations.builder != OURS)
    return pl.DataFrame(
        {
            "from": partners.ids.gather(integrations.builder[built]),
            "to": integrations.ids.gather(built),
            "since": span.dates(integrations.launched[built]),
            "until": span.dates(integrations.retired[built]),
        }
    )


def connects_rows(integrations: Integrations, products: Products, span: Span) -> pl.DataFrame:
    """The two or three products that each integration joins."""
    every = np.arange(integrations.count)
    triples = np.flatnonzero(integrations.is_on_platform & (integrations.right != 0))
    integration = joined(every, every, triples)
    product = joined(integrations.left, integrations.right, np.zeros(triples.size, dtype=np.int64))
    return pl.DataFrame(
        {
            "from": integrations.ids.gather(integration),
            "to": products.ids.gather(product),
            "since": span.dates(integrations.launched[integration]),
            "until": span.dates(integrations.retired[integration]),
        }
    )
