from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ecograph.graph.model import ACCOUNT, COMPANY, DEAL, PARTNER, PRODUCT, NodeKind
from ecograph.seeds.table import InMemory, Layered
from ecograph.seeds.table.references import By, Named, Outcome, Space, resolve


def graph() -> InMemory:
    known = InMemory()
    known.add(ACCOUNT, "cap1", "Capital One", ["capitalone.com"], ["salesforce:1"])
    known.add(ACCOUNT, "acme-a", "Acme", ["acme.com"])
    known.add(ACCOUNT, "acme-b", "ACME")
    known.add(PARTNER, "acme.com", "Acme", ["acme.com"])
    known.add(PRODUCT, "argo", "Argo CD")
    return known


def one(said: Named, *kinds: NodeKind, create: Sequence[NodeKind] = ()) -> Outcome:
    return resolve([said], Space(kinds or (ACCOUNT,), create), graph())[0]


def test_by_id_and_key() -> None:
    for text in ("account:cap1", "cap1"):
        assert one(Named(id=text))[:2] == ("account:cap1", By.ID)
        assert one(Named(any=text))[:2] == ("account:cap1", By.ID)


def test_by_external_id_domain_and_name() -> None:
    assert one(Named(external_id="salesforce:1"))[:3] == ("account:cap1", By.EXTERNAL_ID, "salesforce:1")
    assert one(Named(domain="capitalone.com"))[:3] == ("account:cap1", By.DOMAIN, "capitalone.com")
    assert one(Named(name="CAPITAL-ONE"))[:3] == ("account:cap1", By.NAME, "CAPITAL-ONE")


def test_any_is_whichever_it_is() -> None:
    for text, by in (
        ("salesforce:1", By.EXTERNAL_ID),
        ("https://www.capitalone.com/x", By.DOMAIN),
        ("Capital One", By.NAME),
    ):
        assert one(Named(any=text))[:2] == ("account:cap1", by)
    assert one(Named(any="argo cd"), PRODUCT)[:2] == ("product:argo", By.NAME)


def test_the_order_is_id_external_id_domain_name() -> None:
    said = Named("acme-a", "salesforce:1", "acme.com", "Acme")
    assert one(said).node == "account:acme-a"
    assert one(said._replace(id=None)).node == "account:cap1"
    assert one(said._replace(id=None, external_id=None)).node == "account:acme-a"
    assert one(said._replace(id="none", external_id="none:1")).node == "account:acme-a"


def test_a_name_counts_only_where_there_is_nothing_stronger() -> None:
    outcome = one(Named(domain="other.com", name="Capital One"))
    assert outcome.problem is not None
    assert outcome.blame == "website"
    assert one(Named(domain="other.com", name="Capital One"), create=[ACCOUNT]).node == "account:other.com"


def test_what_several_have_is_ambiguous() -> None:
    outcome = one(Named(name="acme"))
    assert outcome.problem == "is ambiguous: account:acme-a, account:acme-b have this name"
    outcome = one(Named(domain="acme.com"), PARTNER, ACCOUNT)
    assert outcome.problem == "is ambiguous: account:acme-a, partner:acme.com have this domain"


def test_an_id_of_another_kind_does_not_fit() -> None:
    assert one(Named(id="partner:acme.com")).problem is not None
    assert one(Named(id="partner:acme.com"), create=[ACCOUNT]).problem is not None


def test_what_dangles_says_what_would_permit_it() -> None:
    assert one(Named(name="Nobody")).problem == (
        "names no account in the graph or in this import; --create accounts permits new ones"
    )
    assert one(Named(id="x"), DEAL).problem == "names no deal in the graph or in this import"
    assert one(Named(id="x"), PARTNER, COMPANY).problem == (
        "names no partner or company in the graph or in this import; --create partners permits new ones"
    )
    assert one(Named()).problem == "is missing"


def test_new_nodes_have_the_strongest_key() -> None:
    for said, node in (
        (Named("k", "s:1", "d.com", "N"), "account:k"),
        (Named("account:k"), "account:k"),
        (Named(None, "s:1", "d.com", "N"), "account:d.com"),
        (Named(None, "s:1", None, "N"), "account:s-1"),
        (Named(name="Côte d'Or"), "account:cote-d-or"),
        (Named(any="www.new.io"), "account:new.io"),
        (Named(any="New Io"), "account:new-io"),
    ):
        outcome = one(said, create=[ACCOUNT])
        assert (outcome.node, outcome.is_new) == (node, True)


def test_a_key_that_cannot_be_one() -> None:
    assert "cannot be a key" in str(one(Named(id="x" * 600), create=[ACCOUNT]).problem)


def test_references_of_one_file_that_share_an_identifier_are_one_node() -> None:
    said = [
        Named(name="Amadeus"),
        Named(domain="amadeus.com", name="Amadeus IT Group"),
        Named(domain="amadeus.com", name="Amadeus"),
        Named(external_id="s:9"),
        Named(external_id="s:9", domain="amadeus.com"),
    ]
    found = resolve(said, Space([ACCOUNT], [ACCOUNT]), graph())
    assert {outcome.node for outcome in found} == {"account:amadeus.com"}
    assert all(outcome.is_new for outcome in found)


def test_a_name_of_two_companies_in_the_file_is_ambiguous() -> None:
    said = [Named(domain="a.com", name="Twin"), Named(domain="b.com", name="Twin"), Named(name="twin")]
    found = resolve(said, Space([ACCOUNT], [ACCOUNT]), graph())
    assert "ambiguous" in str(found[2].problem)


def test_two_names_with_one_slug_stay_two_nodes() -> None:
    said = [Named(name="Łódź"), Named(name="Ódź"), Named(name="ódź")]
    first, second, third = (o.node for o in resolve(said, Space([ACCOUNT], [ACCOUNT]), graph()))
    assert first != second == third


def test_repeating_an_import_finds_what_it_made() -> None:
    said = [
        Named(name="Łódź"),
        Named(name="Ódź"),
        Named(domain="d.com", name="D"),
        Named(None, "s:1", None, "S"),
    ]
    space = Space([ACCOUNT], [ACCOUNT])
    first = resolve(said, space, InMemory())
    made = InMemory()
    for ref, outcome in zip(said, first, strict=True):
        made.add(ACCOUNT, str(outcome.node).removeprefix("account:"), ref.name)
    again = resolve(said, space, made)
    assert [o.node for o in again] == [o.node for o in first]
    assert not any(o.is_new for o in again)


def test_several_resolvers_are_one() -> None:
    more = InMemory()
    more.add(ACCOUNT, "other", "Capital One")
    both = Layered(graph(), more)
    assert both.by_name(ACCOUNT, ["capitalone"]) == {"capitalone": ["account:cap1", "account:other"]}
    assert both.by_id(ACCOUNT, ["account:other", "account:x"]) == {"account:other"}


class Counting(InMemory):
    """Counts its calls, and refuses values that stand twice."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: Counter[str] = Counter()

    def by_id(self, kind: NodeKind, ids: Sequence[str]) -> set[str]:
        return self._count("id", ids) or super().by_id(kind, ids)

    def by_domain(self, kind: NodeKind, domains: Sequence[str]) -> dict[str, list[str]]:
        self._count("domain", domains)
        return super().by_domain(kind, domains)

    def by_name(self, kind: NodeKind, names: Sequence[str]) -> dict[str, list[str]]:
        self._count("name", names)
        return super().by_name(kind, names)

    def _count(self, what: str, values: Sequence[str]) -> set[str]:
        assert len(values) == len(set(values))
        self.calls[what] += 1
        return set()


def test_look_ups_are_batched() -> None:
    resolver = Counting()
    said = [Named(domain=f"d{n}.com", name=f"N{n % 7}") for n in range(500)] + [Named(name=f"N{n}") for n in range(500)]
    resolve(said, Space([ACCOUNT], [ACCOUNT]), resolver)
    assert resolver.calls == {"id": 1, "domain": 1, "name": 1}


WORD = st.one_of(
    st.none(),
    st.sampled_from(["acme", "Acme", "acme.com", "s:1", "account:acme-a", "x y", "ó"]),
    st.text(max_size=6),
)


@given(st.lists(st.builds(Named, WORD, WORD, WORD, WORD, WORD), max_size=12), st.booleans())
def test_every_reference_has_a_node_or_a_problem(said: list[Named], creates: bool) -> None:
    found = resolve(said, Space([ACCOUNT], [ACCOUNT] if creates else []), graph())
    assert len(found) == len(said)
    for outcome in found:
        assert (outcome.node is None) != (outcome.problem is None)
    assert found == resolve(said, Space([ACCOUNT], [ACCOUNT] if creates else []), graph())
