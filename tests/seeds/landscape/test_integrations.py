from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Landscape = Callable[..., Any]
PLATFORM = [
    {
        "name": "OpenTelemetry",
        "key": "the-foundation",
        "project": "graduated",
        "site": "https://opentelemetry.io/",
    },
    {
        "name": "Argo",
        "key": "the-foundation",
        "project": "graduated",
        "repo": "https://forge.com/argoproj/argo-cd",
    },
    {"name": "The Update Framework (TUF)", "key": "the-foundation", "project": "graduated"},
]


def telling(text: str | list[str], *others: dict[str, Any]) -> dict[str, Any]:
    card = {"name": "Dash", "key": "dash-inc", "summary_integrations": text}
    return {"Tools / Observability": [*PLATFORM, card, *others]}


def partners_of(found: Any, integration: str) -> set[str]:
    return {start for start, end in found.edges("builds") if end == f"integration:{integration}"}


def test_the_owner_of_the_telling_product_builds_it(landscape: Landscape) -> None:
    found = landscape(telling("Open Telemetry"))
    assert [(row["key"], row["name"]) for row in found.rows("integration")] == [
        ("dash--opentelemetry", "Dash – OpenTelemetry")
    ]
    assert found.edges("connects") == {
        ("integration:dash--opentelemetry", "product:dash"),
        ("integration:dash--opentelemetry", "product:opentelemetry"),
    }
    assert found.edges("builds") == {("partner:dash-inc", "integration:dash--opentelemetry")}


def test_the_platform_company_builds_none(landscape: Landscape) -> None:
    alpha = {
        "name": "Alpha",
        "key": "the-foundation",
        "project": "sandbox",
        "summary_integrations": "Argo, Dash",
    }
    found = landscape(telling("Alpha", alpha))
    assert partners_of(found, "alpha--argo") == set()
    assert partners_of(found, "alpha--dash") == {"partner:dash-inc"}
    assert "1 item names" not in found.notes
    assert "1 partner-built, 1 the platform's own" in found.notes


def test_a_product_without_owner_credits_nobody(landscape: Landscape) -> None:
    found = landscape(telling("", {"name": "Orphan", "summary_integration": "OpenTelemetry"}))
    assert found.edges("connects") >= {("integration:opentelemetry--orphan", "product:orphan")}
    assert not found.edges("builds")
    assert "1 of products without a known owner" in found.notes


def test_two_that_name_each_other_share_one_integration(landscape: Landscape) -> None:
    found = landscape(telling("Other", {"name": "Other", "key": "other-inc", "summary_integrations": "Dash, Other"}))
    assert found.keys("integration") == {"dash--other"}
    assert partners_of(found, "dash--other") == {"partner:dash-inc", "partner:other-inc"}


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("OTEL-less", None),
        ("opentelemetry.io", "opentelemetry"),
        ("Argo CD", "argo"),
        ("Argo Workflows", None),
        ("TUF", "the-update-framework-tuf"),
        ("The Update Framework", "the-update-framework-tuf"),
        ("The Update Framework (TUF)", "the-update-framework-tuf"),
        ("HashiCorp Vault", "vault"),
        ("Vault", "vault"),
        ("Spark", "apache-spark"),
        ("FlowCD", "flow"),
        ("Go", "golang"),
        ("Pipelines", None),
        ("Operator", None),
        ("Docker", None),
        ("Docker (Wasm)", "docker-wasm"),
    ],
)
def test_what_a_product_may_be_called(landscape: Landscape, name: str, product: str | None) -> None:
    forge = "https://forge.com"
    found = landscape(
        telling(
            name,
            {"name": "Vault", "key": "hashicorp", "repo": f"{forge}/hashicorp/vault"},
            {"name": "Apache Spark", "key": "apache", "repo": f"{forge}/apache/spark"},
            {
                "name": "Flow",
                "key": "the-foundation",
                "site": "https://flowcd.io",
                "repo": f"{forge}/flowcd/flow2",
            },
            {"name": "Golang", "repo": f"{forge}/golang/go"},
            {"name": "Kubeflow Pipelines", "repo": f"{forge}/kubeflow/pipelines"},
            {"name": "Spark Operator", "repo": f"{forge}/kubeflow/operator"},
            *(
                {"name": f"{n} (Wasm)", "site": f"https://{n}.com".lower(), "key": n.lower()}
                for n in ("Docker", "A1", "B1")
            ),
        )
    )
    expected = set() if product is None else {f"product:{product}"}
    assert {end for _, end in found.edges("connects")} - {"product:dash"} == expected
    if product is None:
        assert f"1 integration left, whose names are of no product listed here: {name}" in found.notes


def test_ambiguous_names_are_told_and_left(landscape: Landscape) -> None:
    twins = [{"name": f"Elastic Kube Service{n} (EKS)", "key": f"k{n}"} for n in ("", " Two")]
    found = landscape(telling("EKS, Argo", *twins))
    assert found.keys("integration") == {"argo--dash"}
    assert "1 integration left, whose names fit several products: EKS" in found.notes


def test_a_list_of_texts(landscape: Landscape) -> None:
    assert landscape(telling(["Argo", "OpenTelemetry"])).keys("integration") == {
        "argo--dash",
        "dash--opentelemetry",
    }
