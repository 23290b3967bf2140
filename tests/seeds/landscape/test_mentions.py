from __future__ import annotations

import pytest

from ecograph.seeds.landscape.mentions import read_mentions
from ecograph.seeds.landscape.names import compact

KNOWN = {
    name: [name]
    for name in (
        "prometheus",
        "helm",
        "tekton",
        "spire",
        "spiffe",
        "opa",
        "modelcontextprotocol",
        "acmedb",
        "artanddesign",
    )
}
KNOWN["twin"] = ["twin a", "twin b"]


def find(name: str) -> list[str]:
    return KNOWN.get(compact(name), [])


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("Prometheus, Helm", ["prometheus", "helm"], []),
        ("Prometheus; HELM\nTekton", ["prometheus", "helm", "tekton"], []),
        ("Helm，Prometheus", ["helm", "prometheus"], []),
        ("Prometheus, Helm etc.", ["prometheus", "helm"], []),
        ("Prometheus, and many more", ["prometheus"], []),
        ("Helm (Tekton operator), SPIFFE/SPIRE (identity)", ["helm", "spiffe", "spire"], []),
        ("Prometheus and Helm (metrics and charts)", ["prometheus", "helm"], []),
        ("Model Context Protocol (MCP)", ["modelcontextprotocol"], []),
        ("40 outputs (e.g. Helm, AcmeQueue, etc)", ["helm"], ["AcmeQueue", "40 outputs"]),
        ("stores such as AcmeDB and Other.", ["acmedb"], ["stores", "Other"]),
        ("With Helm via charts.", ["helm"], ["charts"]),
        ("Prometheus, [many more](https://example.com/a,b).", ["prometheus"], []),
        ("https://example.com/docs/integrations/", [], []),
        ("See [Prometheus](https://example.com/) and https://example.com/x", ["prometheus"], []),
        ("Art and Design, Helm + Tekton", ["artanddesign", "helm", "tekton"], []),
        ("Used by AcmeDB. Prometheus works", [], ["Used by AcmeDB", "Prometheus works"]),
        ("Prometheus operator", [], ["Prometheus operator"]),
        ("Helm, helm, HELM", ["helm"], []),
        ("", [], []),
        ("((( , ) ]", [], ["((("]),
    ],
)
def test_texts(text: str, found: list[str], unknown: list[str]) -> None:
    mentions = read_mentions(text, find)
    assert mentions.found == found
    assert [name for name in mentions.unknown if compact(name)] == [n for n in unknown if compact(n)]


def test_a_name_of_several_is_ambiguous() -> None:
    mentions = read_mentions("Twin, Helm (Twin)", find)
    assert (mentions.found, mentions.ambiguous, mentions.unknown) == (["helm"], ["Twin"], [])
