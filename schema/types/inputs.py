"""Input types that are made, not written: those which follow from other declarations; and types that come later."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import new_class
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

ENTITIES = "ecograph.schema.types.entities"
"""Where all types about entities are looked up."""

if TYPE_CHECKING:
    from .entities import Account, Partner, Product

PartnerRef = Annotated["Partner", strawberry.lazy(ENTITIES)]
AccountRef = Annotated["Account", strawberry.lazy(ENTITIES)]
ProductRef = Annotated["Product", strawberry.lazy(ENTITIES)]
"""Entities in types that are declared before them."""


def later(name: str, *, is_list: bool = False) -> Any:
    """An input type that is made once all entities are declared, or a list of it; null permitted."""
    made: Any = Annotated[name, strawberry.lazy(ENTITIES)]
    wanted: Any = list[made] if is_list else made
    return wanted | None


def make_input(name: str, description: str, fields: Mapping[str, tuple[Any, Any]], module: str) -> type:
    """A strawberry input; string annotations are looked up in `module`, where the type itself is put."""

    def fill(namespace: dict[str, Any]) -> None:
        namespace["__annotations__"] = {key: annotation for key, (annotation, _) in fields.items()}
        namespace["__module__"] = module
        namespace.update({key: value for key, (_, value) in fields.items()})

    made = strawberry.input(new_class(name, (), {}, fill), description=description)
    setattr(sys.modules[module], name, made)
    return made
