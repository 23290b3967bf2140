"""Lists of synthetic companies with known truth, to measure the matching of companies on.

    made = company_lists(50_000, seed=1)
    made.rows     # what `ecograph.graph.matching.match` takes
    made.truth    # row → company

The noise is what lists of customers and partners have: other legal forms, spellings and cases, slips of the pen,
brands beside companies, renames, regional subsidiaries with a domain of their own, several domains, none, free mail,
profile pages, shared sites, wrong entries, and distinct companies with like names.
"""

from __future__ import annotations

from .lists import CompanyLists, company_lists

__all__ = ["CompanyLists", "company_lists"]
