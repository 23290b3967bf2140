from __future__ import annotations

import os
from pathlib import Path

import pytest
from golden import same_as_golden
from graphql import build_schema, is_input_type
from graphql.utilities import BreakingChangeType, find_breaking_changes

from ecograph.schema.sdl import graphql_schema, print_sdl

ROOT = Path(__file__).parents[2]
CONTRACT = Path(os.environ.get("ECOGRAPH_CONTRACT", ROOT.parent / "shared" / "contract.graphql"))
NOT_YET = {
    BreakingChangeType.TYPE_REMOVED,
    BreakingChangeType.FIELD_REMOVED,
    BreakingChangeType.ARG_REMOVED,
    BreakingChangeType.TYPE_REMOVED_FROM_UNION,
    BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
}


def test_the_printed_schema_is_the_committed_one() -> None:
    same_as_golden(ROOT / "schema" / "schema.graphql", print_sdl())


def test_nothing_differs_from_the_contract_but_what_is_not_there_yet() -> None:
    if not CONTRACT.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CONTRACT} is missing, and CI must have it")
        pytest.skip("the contract is not on this machine (ECOGRAPH_CONTRACT names it)")
    changes = find_breaking_changes(build_schema(CONTRACT.read_text("utf-8")), build_schema(print_sdl()))
    assert [change.description for change in changes if change.type not in NOT_YET] == []


def test_everything_is_described() -> None:
    for name, named in graphql_schema().type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        assert named.description, name
        for field_name, field in getattr(named, "fields", {}).items():
            if not is_input_type(named):
                assert field.description, f"{name}.{field_name}"
