"""The named queries: one `.cypher` file each, whose header declares what it takes and gives.

    // description: Partners that strengthen one account.
    // in: account Account                 variables bound by the caller
    // parameters: asOf DATE               every `$name` in the text, with its type
    // columns: partner Partner, score FLOAT
    // mode: read
    // allow: NodeByLabelScan              plan operators that are right here (optional)
    // view: partner                       as it stands for partners' logins: it hides itself what they may not see

The name is the file's, the question its folder's. A text may use another query, which gives its columns:

    CALL ecograph.account_population(account)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..graph.errors import Internal

_HEADER = re.compile(r"// (\w+): ?(.*)")
_KEYS = ("description", "in", "parameters", "columns", "mode", "allow", "view")
_REQUIRED = ("description", "columns", "mode")
_PARAMETER = re.compile(r"\$(\w+)")
_USE = re.compile(r"CALL ecograph\.(\w+)\(([\w, ]*)\)")


@dataclass(frozen=True)
class NamedQuery:
    """One query: `inputs`, `parameters` and `columns` map names to types, in the order of the header."""

    name: str
    folder: str
    description: str
    inputs: Mapping[str, str]
    parameters: Mapping[str, str]
    columns: Mapping[str, str]
    mode: str
    allow: frozenset[str]
    text: str
    is_for_partners: bool = False

    @property
    def file(self) -> str:
        return f"{self.folder}/{self.name}.cypher"


class BadQueryFile(Internal):
    """A query file's header is wrong; the message says file:line and the fix."""


def parse(folder: str, name: str, content: str) -> NamedQuery:
    """Read one query file.

    Raises:
        BadQueryFile: a header line is unknown, missing or repeated, or parameters are undeclared or unused.
    """
    file = f"queries/{folder}/{name}.cypher"
    header: dict[str, str] = {}
    body: list[str] = []
    for number, line in enumerate(content.splitlines(), start=1):
        match = _HEADER.fullmatch(line) if not body else None
        if match is None:
            body.append(line)
        elif match[1] not in _KEYS:
            raise BadQueryFile(f"{file}:{number}: unknown header {match[1]!r}; use one of {', '.join(_KEYS)}.")
        elif match[1] in header:
            raise BadQueryFile(f"{file}:{number}: header {match[1]!r} stands twice; merge the two lines.")
        else:
            header[match[1]] = match[2].strip()
    for key in _REQUIRED:
        if not header.get(key):
            raise BadQueryFile(f"{file}:1: header {key!r} is missing; add `// {key}: …`.")
    if header["mode"] not in ("read", "write"):
        raise BadQueryFile(f"{file}:1: mode is {header['mode']!r}; use read or write.")
    if header.get("view", "partner") != "partner":
        raise BadQueryFile(f"{file}:1: view is {header['view']!r}; leave it out, or use partner.")
    query = NamedQuery(
        name=name,
        folder=folder,
        description=header["description"],
        inputs=_typed(file, header.get("in", "")),
        parameters=_typed(file, header.get("parameters", "")),
        columns=_typed(file, header["columns"]),
        mode=header["mode"],
        allow=frozenset(part.strip() for part in header.get("allow", "").split(",") if part.strip()),
        text="\n".join(body).strip(),
        is_for_partners="view" in header,
    )
    _check_parameters(file, query, body, len(content.splitlines()) - len(body))
    return query


def _typed(file: str, text: str) -> dict[str, str]:
    pairs = [part.split() for part in text.split(",") if part.strip()]
    for pair in pairs:
        if len(pair) != 2:
            raise BadQueryFile(f"{file}:1: {' '.join(pair)!r} is not `name TYPE`; write both, separated by a space.")
    return dict(pairs)


def _check_parameters(file: str, query: NamedQuery, body: list[str], offset: int) -> None:
    used: set[str] = set()
    for number, line in enumerate(body, start=offset + 1):
        for name in _PARAMETER.findall(line):
            used.add(name)
            if name not in query.parameters:
                raise BadQueryFile(f"{file}:{number}: ${name} is not declared; add it to `// parameters:`.")
    if not _USE.search(query.text):
        _check_used(query, used)


def _check_used(query: NamedQuery, used: set[str]) -> None:
    for name in query.parameters:
        if name not in used:
            raise BadQueryFile(f"queries/{query.file}:1: parameter {name!r} is declared but not used; remove it.")


def expanded(query: NamedQuery, known: Mapping[str, NamedQuery], within: tuple[str, ...] = ()) -> NamedQuery:
    """The query with the texts of those that it uses in their places.

    Raises:
        BadQueryFile: one of them is unknown, writes, leads back here, takes other inputs or an undeclared parameter.
    """
    if not _USE.search(query.text):
        return query

    def text_of(use: re.Match[str]) -> str:
        used, inputs = known.get(use[1]), [name.strip() for name in use[2].split(",") if name.strip()]
        if used is None or used.mode != "read" or used.name in (*within, query.name):
            raise BadQueryFile(f"queries/{query.file}: {use[1]!r} is no other query that reads; use one.")
        if len(inputs) != len(used.inputs):
            raise BadQueryFile(f"queries/{query.file}: {use[0]} must give {', '.join(used.inputs) or 'nothing'}.")
        for name, kind in used.parameters.items():
            if query.parameters.get(name) != kind:
                raise BadQueryFile(f"queries/{query.file}:1: {use[1]} takes ${name}; declare `{name} {kind}`.")
        renaming = ", ".join(f"{given} AS {name}" for given, name in zip(inputs, used.inputs, strict=True))
        start = f"WITH {renaming} " if renaming else ""
        inner = expanded(used, known, (*within, query.name)).text
        return f"CALL ({', '.join(dict.fromkeys(inputs))}) {{ {start}{inner} }}"

    whole = replace(query, text=_USE.sub(text_of, query.text))
    _check_used(whole, set(_PARAMETER.findall(whole.text)))
    return whole


@cache
def catalog() -> Mapping[str, NamedQuery]:
    """All named queries by name.

    Raises:
        BadQueryFile: a file's header is wrong, or two files have the same name.
    """
    found: dict[str, NamedQuery] = {}
    for folder, file in _files():
        name = file.name.removesuffix(".cypher")
        if name in found:
            raise BadQueryFile(f"queries/{folder}/{file.name}:1: {found[name].file} has the same name; rename one.")
        found[name] = parse(folder, name, file.read_text("utf-8"))
    return {name: expanded(query, found) for name, query in found.items()}


def _files() -> Iterator[tuple[str, Traversable]]:
    for folder in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
                if file.name.endswith(".cypher"):
                    yield folder.name, file
