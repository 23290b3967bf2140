"""The mapping file: which header of a table is which column of the model, and how its cells are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import polars as pl
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ...graph.errors import BadInput
from ...graph.load.cast import How, parse_dates
from ._yaml import load_yaml
from .headers import suggestion

BUNDLED = Path(__file__).parent / "mappings"


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str | list) else value


M = TypeVar("M", bound="Mapping")
Strings = Annotated[list[str], BeforeValidator(_as_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """Where a value comes from, and how its cells are written.

    `column` is a header, or several of which the first that the file has is taken; `value` a constant for every row,
    `default` what stands for empty cells.
    """

    column: Strings = Field(default_factory=list)
    value: bool | int | float | date | str | None = None
    format: Strings = Field(default_factory=list)
    default: str | None = None
    separator: str = Field(default=";", min_length=1)
    thousands: Literal[",", ".", " ", "'", "’", "\u00a0", "\u202f"] | None = None
    decimal: Literal[".", ","] | None = None
    values: dict[str, str] = Field(default_factory=dict)
    system: str | None = Field(default=None, min_length=1, pattern=r"^[^:\s]+$")

    @model_validator(mode="after")
    def _check(self) -> Column:
        if bool(self.column) == (self.value is not None):
            raise ValueError("give either `column` or `value`")
        if self.thousands is not None and self.thousands == self.how.decimal:
            raise ValueError("`thousands` and `decimal` are the same mark")
        for form in self.format:
            day = date(2024, 12, 31)
            if parse_dates(pl.Series([day.strftime(form)]), form)[0] != day:
                raise ValueError(f'{form!r} is no date format such as "%m/%d/%Y"')
        return self

    @property
    def constant(self) -> str | None:
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return None if self.value is None else str(self.value)

    @property
    def how(self) -> How:
        decimal = self.decimal or ("," if self.thousands == "." else ".")
        return How(tuple(self.format), self.separator, self.thousands, decimal, self.values)


class CustomColumn(Column):
    """A column that the model does not have, kept as `custom.NAME`."""

    type: Literal["string", "strings", "integer", "float", "boolean", "date"] = "string"


ColumnField = Annotated[Column, BeforeValidator(_as_column)]
CustomField = Annotated[CustomColumn, BeforeValidator(_as_column)]


class ReferenceColumns(_Strict):
    """The columns that name a node; `any` takes an id, key, external id, website or name, whichever it is."""

    any: ColumnField | None = None
    id: ColumnField | None = None
    external_id: ColumnField | None = None
    website: ColumnField | None = None
    name: ColumnField | None = None
    kind: str | None = None
    pick: Literal["all", "first"] = "all"

    @model_validator(mode="after")
    def _check(self) -> ReferenceColumns:
        if not dict(self.fields()):
            raise ValueError("name at least one of `any`, `id`, `external_id`, `website`, `name`")
        return self

    def fields(self) -> Iterator[tuple[str, Column]]:
        for name in ("id", "external_id", "website", "name", "any"):
            column = getattr(self, name)
            if column is not None:
                yield name, column


def _as_reference(value: Any) -> Any:
    """A header, or one column written out, stands for `any`."""
    if isinstance(value, str | list):
        return {"any": value}
    if isinstance(value, dict) and "column" in value:
        own = {name: value[name] for name in ("kind", "pick") if name in value}
        return {"any": {name: of for name, of in value.items() if name not in own}, **own}
    return value


ReferenceField = Annotated[ReferenceColumns, BeforeValidator(_as_reference)]


class Mapping(_Strict):
    """A whole mapping file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: str | None = Field(default=None, alias="as")
    source: str | None = Field(default=None, min_length=1)
    encoding: str | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    html: bool = False
    footer: bool = False
    columns: dict[str, ColumnField] = Field(default_factory=dict)
    references: dict[str, ReferenceField] = Field(default_factory=dict)
    custom: dict[str, CustomField] = Field(default_factory=dict)
    create: Strings = Field(default_factory=list)
    generic: Strings = Field(default_factory=list)
    record: Strings = Field(default_factory=list)
    optional: bool = False

    def canonical(self) -> str:
        """The mapping as one text, the same for every way of writing it."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True)


def load_mapping(path: Path) -> Mapping:
    """The mapping in a YAML file, or the one of this name that comes with Ecograph (`adopters.yml`).

    Raises:
        BadInput: there is no such file, it is no YAML, or says what a mapping cannot say.
    """
    found = path if path.exists() or path.parent != Path() else BUNDLED / path.name
    if not found.is_file():
        known = ", ".join(sorted(p.name for p in BUNDLED.glob("*.yml")))
        raise BadInput(f"{path}: there is no such mapping file.", hint=f"With Ecograph come: {known}.")
    try:
        return parse_mapping(found.read_text(encoding="utf-8-sig"), str(path), Mapping)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read: {error}.") from None


def parse_mapping(text: str, name: str, model: type[M]) -> M:
    """The mapping that a YAML text holds, or a kind of mapping that says more.

    Raises:
        BadInput: as `load_mapping`.
    """
    try:
        content = load_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}" if mark else name
        raise BadInput(f"{place}: is not YAML: {getattr(error, 'problem', None) or error}.") from None
    if not isinstance(content, dict):
        raise BadInput(f"{name}: is no mapping; it begins with `as: KIND`.")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise BadInput(f"{name}: {'; '.join(_problems(error))}.") from None


def _problems(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        where = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            known = _known(problem["loc"])
            near = suggestion(str(problem["loc"][-1]), known)
            hint = f"did you mean {near!r}?" if near else f"known are {', '.join(known)}"
            yield f"`{where}` is not known here; {hint}"
        else:
            message = problem["msg"].removeprefix("Value error, ")
            yield f"`{where}`: {message[:1].lower()}{message[1:]}" if where else message


def _known(place: tuple[str | int, ...]) -> list[str]:
    models: dict[str, type[BaseModel]] = {
        "columns": Column,
        "custom": CustomColumn,
        "references": ReferenceColumns,
    }
    if len(place) == 1:
        model: type[BaseModel] = Mapping
    elif place[0] == "references" and len(place) > 3:
        model = Column
    else:
        model = models.get(str(place[0]), Mapping)
    return [field.alias or name for name, field in model.model_fields.items()]
