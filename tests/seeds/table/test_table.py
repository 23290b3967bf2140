from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecograph.graph.errors import BadInput
from ecograph.graph.load.tables import ROW, Dataset
from ecograph.graph.load.validate import validate
from ecograph.graph.model import ACCOUNT, COMPANY, PARTNER, PRODUCT
from ecograph.seeds.table import KINDS, InMemory, read_table

Import = Callable[..., Dataset]


def rows(data: Dataset, kind: str) -> list[dict[str, Any]]:
    """The rows of a kind's only table, without line numbers."""
    (table,) = [t for t in data.tables if t.kind.table == kind]
    return table.rows.drop(ROW).to_dicts()


def reasons(data: Dataset) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(bad.line, bad.column, bad.value, bad.reason) for bad in data.bad]


def kinds(data: Dataset) -> dict[str, int]:
    return {table.kind.table: table.rows.height for table in data.tables}


EXAMPLES = {
    "company": "key,name,website\nus,Us,usinc.com\n",
    "partner": "key,types,tier,joined on\np1,technology;Service,Gold,2024-01-01\n",
    "product": "name,partners,is_platform\nNew,Initech,no\n",
    "account": "key,ARR,arr currency,Customer Since\na1,10.50,EUR,2024-01-01\n",
    "integration": "key,name,products,partner,depth\ni1,I,Argo CD;falco,initech.com,3\n",
    "deal": "key,account,status,amount,amountCurrency,products\nd9,acme.com,won,5,USD,falco\n",
    "offers": "partner,product\nInitech,Falco\n",
    "builds": "partner,integration\nInitech,i1\n",
    "connects": "integration,product\ni1,Falco\n",
    "uses": "account,product,since,activity\nAcme,Falco,2024-01-01,3.5\n",
    "enabled": "account,integration\nacme.com,i1\n",
    "implements_for": "partner,account\nInitech,Acme\n",
    "resells_to": "partner,account\nInitech,Acme\n",
    "referred": "partner,account\nInitech,Acme\n",
    "with": "deal,account\nd1,acme\n",
    "includes": "deal,product\nd1,falco\n",
    "touched": "partner,deal,kind,on\nInitech,salesforce:d1,workshop,2024-01-01\n",
    "sourced": "partner,deal\nInitech,d1\n",
    "influenced": "partner,deal,on\nInitech,d1,2024-01-01\n",
    "certified_for": "partner,product,level\nInitech,Falco,Expert\n",
    "allied_with": "from,to\ninitech,Initech Two\n",
    "same_company_as": "partner,account\ninitech,acme\n",
    "knows": "from,account,population\nusinc.com,acme,customer\n",
    "arr": "account,on,arr,currency\nacme,2024-01-01,10.50,EUR\n",
    "tier": "partner,on,tier\ninitech,2024-01-01,Gold\n",
    "stage": "deal,on,stage\nd1,2024-01-01,Proposal\n",
    "rate": "from,to,on,rate\nEUR,USD,2024-01-01,1.1\n",
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_read_by_its_headers(imported: Import, kind: str) -> None:
    data = imported(EXAMPLES[kind], kind, create=["partners", "integrations"])
    assert data.bad == ()
    assert data.notes == ()
    own = [table for table in data.tables if table.kind is KINDS[kind]]
    assert sum(table.rows.height for table in own) >= 1
    for table in data.tables:
        good, bad = validate(table)
        assert bad == []
        assert good.rows.height == table.rows.height
        assert table.file.endswith("t.csv")


def test_the_values_of_a_node(imported: Import) -> None:
    assert rows(imported(EXAMPLES["account"], "account"), "account") == [
        {"key": "a1", "arr": 1050, "arrCurrency": "EUR", "customerSince": date(2024, 1, 1)}
    ]
    assert rows(imported(EXAMPLES["arr"], "arr"), "arr") == [
        {"on": date(2024, 1, 1), "value": 1050, "valueCurrency": "EUR", "of": "account:acme"}
    ]
    assert rows(imported(EXAMPLES["rate"], "rate"), "rate") == [
        {"from": "EUR", "to": "USD", "on": date(2024, 1, 1), "rate": 1.1}
    ]


def test_inline_columns_are_edges(imported: Import) -> None:
    data = imported(EXAMPLES["integration"], "integration")
    assert rows(data, "connects") == [
        {"from": "integration:i1", "to": "product:argo-cd"},
        {"from": "integration:i1", "to": "product:falco"},
    ]
    assert rows(data, "builds") == [{"from": "partner:initech", "to": "integration:i1"}]
    data = imported(EXAMPLES["deal"], "deal")
    assert rows(data, "with") == [{"from": "deal:d9", "to": "account:acme"}]
    assert rows(data, "includes") == [{"from": "deal:d9", "to": "product:falco"}]


def test_a_deal_without_account_is_bad(imported: Import) -> None:
    data = imported("key,account,status\nd1,,won\nd2,Nobody,won\nd3,acme,won\n", "deal")
    assert reasons(data) == [
        (2, "account", None, "is missing"),
        (
            3,
            "account",
            "Nobody",
            "names no account in the graph or in this import; --create accounts permits new ones",
        ),
    ]
    assert kinds(data) == {"deal": 1, "with": 1}
    with pytest.raises(BadInput, match="needs a column for `account`"):
        imported("key,status\nd1,won\n", "deal")


def test_a_node_without_key_is_found_or_made(imported: Import) -> None:
    text = (
        "externalIds,website,name\n"
        "salesforce:1,,Acme again\n"
        "salesforce:2,globex.com,\n"
        "salesforce:3,www.new.com,New\n"
        "salesforce:4,,Bare\n"
        ",,Globex corporation\n"
        ",,\n"
    )
    data = imported(text, "account")
    (table,) = data.tables
    assert table.rows["key"].to_list() == ["acme", "globex", "new.com", "salesforce-4"]
    assert table.rows["name"].to_list() == ["Acme again", "Globex corporation", "New", "Bare"]
    assert table.rows["domains"].to_list() == [None, ["globex.com"], ["new.com"], None]
    assert [bad.reason for bad in data.bad] == ["says nothing that tells which node it is"]
    assert any("1 row names the same account as an earlier one" in note for note in data.notes)
    found = [(r["row"], r["node"], r["probability"], r["reason"]) for r in data.records[0].rows.to_dicts()]
    assert found == [
        (3, "account:globex", 1.0, "domain globex.com"),
        (4, "account:new.com", 1.0, "domain new.com"),
        (6, "account:globex", 0.9, "name Globex corporation"),
    ]


def test_a_key_is_the_key_whatever_else_the_row_says(imported: Import) -> None:
    data = imported("key,website,name\nother,acme.com,Acme\n", "account")
    assert rows(data, "account") == [{"key": "other", "domains": ["acme.com"], "name": "Acme"}]
    assert data.records == ()


def test_a_key_that_stands_twice_is_bad(imported: Import) -> None:
    data = imported("key,name,account,status\nd,A,acme,won\nd,B,acme,won\n", "deal")
    assert reasons(data) == [(3, "key", "d", "stands in this file already")]
    assert kinds(data) == {"deal": 1, "with": 1}


def test_bad_values_are_named_with_header_and_cell(imported: Import) -> None:
    text = (
        "Account,Product,Since,Until,Activity\n"
        "Acme,Falco,2023-02-30,,\n"
        "Acme,Falco,,,much\n"
        "Acme,Falco,2024-02-01,2024-01-01,\n"
        "Acme,Falco,,,-1\n"
    )
    assert reasons(imported(text, "uses")) == [
        (2, "Since", "2023-02-30", "is no day of the calendar"),
        (3, "Activity", "much", "is not a decimal number such as 1234.50 (no currency signs, no units)"),
        (4, "Until", "2024-01-01", "is before since"),
        (5, "Activity", "-1", "is below 0"),
    ]


def test_bad_rows_make_no_nodes(imported: Import) -> None:
    text = "account,product,since\nNew One,Falco,never\nNew Two,No Product,\nNew Three,Falco,2024-01-01\n"
    data = imported(text, "uses", create=["accounts"])
    assert len(data.bad) == 2
    assert [row["key"] for row in rows(data, "account")] == ["new-three"]
    assert kinds(data) == {"account": 1, "uses": 1}


def test_dangling_references_are_bad_unless_they_may_be_made(imported: Import) -> None:
    text = "account,product\nacme.com,Unheard Of\n"
    assert imported(text, "uses").tables == ()
    data = imported(text, "uses", create=["products"])
    assert rows(data, "product") == [{"key": "unheard-of", "name": "Unheard Of"}]
    data = imported(text, None, "as: uses\ncreate: [products]\n")
    assert kinds(data) == {"product": 1, "uses": 1}
    with pytest.raises(BadInput, match="cannot create 'deals'"):
        imported(text, "uses", create=["deals"])


def test_what_one_end_makes_the_other_may_name(imported: Import) -> None:
    mapping = "as: allied_with\ncreate: [partners]\nreferences: {from: {website: a_site, name: a}, to: {name: b}}\n"
    data = imported("a,a_site,b\nFoo,foo.com,Bar\nBar,bar.com,Foo\n", None, mapping)
    assert {row["key"] for row in rows(data, "partner")} == {"foo.com", "bar.com", "bar"} - {"bar"} | {"bar.com"}
    assert rows(data, "allied_with")[0] == {"from": "partner:foo.com", "to": "partner:bar.com"}


def test_ambiguous_names_are_bad(imported: Import, graph: InMemory) -> None:
    graph.add(PRODUCT, "falco-2", "falco")
    data = imported("account,product\nAcme,Falco\n", "uses")
    assert reasons(data) == [(2, "product", "Falco", "is ambiguous: product:falco, product:falco-2 have this name")]


def test_json_lines_and_parquet(tmp_path: Path, graph: InMemory) -> None:
    (tmp_path / "t.jsonl").write_text(
        '{"key": "i", "products": ["Argo CD", "falco"], "depth": 3}\n{"key": "j", "depth": "x"}\n'
    )
    data = read_table(tmp_path / "t.jsonl", kind="integration", resolver=graph)
    assert kinds(data) == {"integration": 1, "connects": 2}
    assert reasons(data) == [(2, "depth", "x", "is not a whole number")]
    frame = pl.DataFrame(
        {
            "key": ["i", "j"],
            "products": [["Argo CD", "falco"], None],
            "depth": [3.0, 9.0],
            "launchedOn": [date(2024, 1, 1)] * 2,
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    data = read_table(tmp_path / "t.parquet", kind="integration", resolver=graph)
    assert kinds(data) == {"integration": 1, "connects": 2}
    assert reasons(data) == [(2, "depth", "9.0", "is above 5")]


def test_custom_columns_have_the_type_of_the_mapping(imported: Import) -> None:
    mapping = (
        "as: account\n"
        "custom:\n"
        "  employees: {column: Staff, type: integer, thousands: ','}\n"
        "  isPublic: {column: Public, type: boolean}\n"
        "  founded: {column: Founded, type: date, format: '%d.%m.%Y'}\n"
        "  tags: {column: Tags, type: strings, separator: '/'}\n"
    )
    data = imported('key,Staff,Public,Founded,Tags\na,"1,200",yes,31.12.1999,x/y\n', None, mapping)
    assert rows(data, "account") == [
        {
            "key": "a",
            "custom.employees": 1200,
            "custom.isPublic": True,
            "custom.founded": date(1999, 12, 31),
            "custom.tags": ["x", "y"],
        }
    ]
    with pytest.raises(BadInput, match="takes no custom columns"):
        imported("account,product,x\n", "uses", "custom: {x: x}")


def test_a_mapping_of_values_and_constants(imported: Import) -> None:
    mapping = (
        "as: deal\n"
        "columns:\n"
        "  status: {column: Phase, values: {Closed Won: WON, Closed Lost: LOST, '*': OPEN}}\n"
        "  amountCurrency: {value: eur}\n"
        "  amount: {column: Amount, thousands: '.'}\n"
        "references: {account: {external_id: {column: Acct, system: salesforce}}}\n"
    )
    data = imported("key;Phase;Amount;Acct\nx;closed won;1.234,50;1\ny;Talk;;1\n", None, mapping)
    assert [(r["status"], r["amount"], r["amountCurrency"]) for r in rows(data, "deal")] == [
        ("WON", 123450, "EUR"),
        ("OPEN", None, None),
    ]
    assert rows(data, "with")[0]["to"] == "account:acme"


def test_a_reference_may_be_of_one_kind_only(imported: Import, graph: InMemory) -> None:
    graph.add(COMPANY, "same", "Same")
    graph.add(PARTNER, "same-partner", "Same")
    text = "owner,account,population\nSame,acme,prospect\n"
    assert "ambiguous" in imported(text, "knows", "references: {from: {name: owner}}").bad[0].reason
    data = imported(text, "knows", "references: {from: {column: owner, kind: company}}")
    assert rows(data, "knows")[0]["from"] == "company:same"


def test_an_amount_needs_a_currency(imported: Import) -> None:
    with pytest.raises(BadInput, match="a column `arrCurrency`, or one currency for all"):
        imported("key,arr\na,5\n", "account")
    data = imported("key,arr,arrCurrency\na,5,\nb,5,euro\nc,1.001,EUR\n", "account")
    assert [(bad.line, bad.column) for bad in data.bad] == [
        (2, "arrCurrency"),
        (3, "arrCurrency"),
        (4, "arr"),
    ]


def test_unknown_kinds_are_answered_with_the_known_ones(imported: Import) -> None:
    with pytest.raises(BadInput, match="no kind of table 'usse'") as caught:
        imported("a,b\n1,2\n", "usse")
    assert "Did you mean uses?" in str(caught.value.hint)
    assert all(kind in str(caught.value.hint) for kind in KINDS)
    with pytest.raises(BadInput, match="which kind"):
        imported("a,b\n1,2\n", None)
    with pytest.raises(BadInput, match="is for tables of uses, not of knows"):
        imported("a,b\n1,2\n", "knows", "as: uses")


def test_a_plural_names_the_kind(imported: Import) -> None:
    assert kinds(imported(EXAMPLES["account"], "Accounts")) == {"account": 1}


def test_a_missing_column_lists_what_is_needed_and_found(imported: Import) -> None:
    with pytest.raises(BadInput) as caught:
        imported("account,prodct,populaton\nx,y,z\n", "uses")
    assert "a table of uses (Account to Product) needs a column for `to` (Product)" in caught.value.message
    assert "The file has: 'account', 'prodct', 'populaton'" in str(caught.value.hint)
    with pytest.raises(BadInput, match="needs a column `population`") as caught:
        imported("partner,account,populaton\nx,y,z\n", "knows")
    assert "Is 'populaton' meant for a column `population`?" in str(caught.value.hint)
    with pytest.raises(BadInput, match="needs a column key or name or domains or externalIds"):
        imported("industry\nx\n", "account")


def test_a_mapping_that_does_not_fit_the_file(imported: Import) -> None:
    with pytest.raises(BadInput, match="has no column 'Strt', which the mapping names at") as caught:
        imported("account,product,Start\nx,y,z\n", None, "as: uses\ncolumns: {since: Strt}")
    assert "Did you mean 'Start'?" in str(caught.value.hint)
    with pytest.raises(BadInput, match="no such column") as caught:
        imported("account,product\nx,y\n", None, "as: uses\ncolumns: {sinc: account}")
    assert "Did you mean since?" in str(caught.value.hint)
    with pytest.raises(BadInput, match="no such reference"):
        imported("account,product\nx,y\n", None, "as: uses\nreferences: {account: account}")
    with pytest.raises(BadInput, match="'deal' is none of its kinds"):
        imported("a,account,population\n", "knows", "references: {from: {name: a, kind: deal}}")
    with pytest.raises(BadInput, match="no column 'notes', which the mapping names at `record`"):
        imported("account,product,note\nx,y,z\n", "uses", "record: notes")
    with pytest.raises(BadInput, match="no name for a column"):
        imported("key\nx\n", "account", "custom: {'a b': key}")


def test_columns_that_nothing_reads_are_noted(imported: Import) -> None:
    data = imported("account,product,sinse,Contact email\nAcme,Falco,2024,jane@acme.com\n", "uses")
    assert any("columns not used: sinse (did you mean since?), Contact email." in note for note in data.notes)


def test_only_what_is_read_is_kept_of_a_row(imported: Import) -> None:
    text = "account,product,Contact email,note\nAcme,Falco,jane@acme.com,hello\n"
    data = imported(text, None, "as: uses\nrecord: [note]\n")
    kept = [json.loads(v) for v in data.records[0].rows["values"]]
    assert kept == [{"account": "Acme", "product": "Falco", "note": "hello"}] * 2
    assert "jane" not in repr(data)


def test_shared_and_useless_websites_do_not_identify(imported: Import) -> None:
    names = ["Kubrix", "Batumbu", "Polarpoint"]
    text = "account_name,website,product\n" + "".join(f"{n},https://forge.com/{n},Falco\n" for n in names)
    text += "Acme,n/a,Falco\n,https://www.gov.uk/x,Falco\n"
    data = imported(text, "uses", create=["accounts"])
    assert [row["key"] for row in rows(data, "account")] == ["kubrix", "batumbu", "polarpoint"]
    assert [row["from"] for row in rows(data, "uses")][-1] == "account:acme"
    assert reasons(data) == [
        (6, "website", "https://www.gov.uk/x", "is no company's own website, and the row says no more")
    ]
    assert any("forge.com" in note for note in data.notes)
    assert any("2 websites are no company's own" in note for note in data.notes)


def test_the_name_of_a_new_account_is_the_most_frequent(imported: Import) -> None:
    text = (
        "account_name,website,product\n"
        "Amadeus IT Group,amadeus.com,Falco\n"
        "Amadeus,amadeus.com,Argo CD\n"
        "Amadeus,www.amadeus.com,x\n"
    )
    data = imported(text, "uses", create=["accounts", "products"])
    assert rows(data, "account") == [
        {"key": "amadeus.com", "name": "Amadeus", "domains": ["amadeus.com"], "externalIds": []}
    ]


def test_fingerprints_tell_contents_apart(imported: Import) -> None:
    text = EXAMPLES["uses"]
    first = imported(text, "uses").fingerprint
    assert imported(text, "uses").fingerprint == first
    others = {
        imported(text + "\n", "uses").fingerprint,
        imported(text, "uses", source="other").fingerprint,
        imported(text, "uses", "html: true").fingerprint,
        imported(text, "uses", create=["accounts"]).fingerprint,
    }
    assert first not in others
    assert len(others) == 4


def test_a_fingerprint_is_of_the_nodes_found_too(imported: Import, graph: InMemory) -> None:
    text = "account_name,product\nNew,Falco\n"
    first = imported(text, "uses", create=["accounts"])
    graph.add(ACCOUNT, "new", "New")
    second = imported(text, "uses", create=["accounts"])
    assert (kinds(first), kinds(second)) == ({"account": 1, "uses": 1}, {"uses": 1})
    assert first.fingerprint != second.fingerprint


def test_a_table_without_rows(imported: Import) -> None:
    for kind in KINDS:
        data = imported(EXAMPLES[kind].split("\n")[0] + "\n", kind)
        assert data.tables == ()
        assert data.bad == ()
        assert data.notes[-1].endswith("has no rows.")


def test_the_source_is_the_name_of_the_file_unless_it_is_said(imported: Import) -> None:
    assert imported(EXAMPLES["uses"], "uses").source == "t"
    assert imported(EXAMPLES["uses"], "uses", "source: m").source == "m"
    assert imported(EXAMPLES["uses"], "uses", "source: m", source="s").source == "s"


CELL = st.one_of(
    st.sampled_from(
        ["", "Acme", "acme.com", "account:acme", "account:x", "salesforce:1", "2024-01-01", "9" * 600, "ó"]
    ),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(table=st.lists(st.lists(CELL, min_size=6, max_size=6), min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_the_tables_are_good(imported: Import, table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([["account", "website", "account_name", "account_external_id", "product", "since"], *table])
    data = imported(out.getvalue(), "uses", create=["accounts", "products"])
    used = sum(t.rows.height for t in data.tables if t.kind.table == "uses")
    assert used + len(data.bad) == len(table)
    ids = {f"{t.kind.table}:{key}" for t in data.tables if t.kind.table != "uses" for key in t.rows["key"]}
    for made in data.tables:
        assert validate(made)[1] == []
        if made.kind.table == "uses":
            ends = {*made.rows["from"], *made.rows["to"]} - ids
            assert ends <= {"account:acme", "account:globex", "product:argo-cd", "product:falco"}
    for bad in data.bad:
        assert bad.line is not None
        assert bad.reason


class Steps:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, what: str, total: int | None) -> None:
        self.said.append(what)

    def advance(self, n: int) -> None: ...

    def finish(self) -> None:
        self.said.append("done")


def test_progress_is_told(imported: Import) -> None:
    steps = Steps()
    imported(EXAMPLES["uses"], "uses", progress=steps)
    assert steps.said == ["Reading t.csv", "done", "Matching t.csv", "done"]
