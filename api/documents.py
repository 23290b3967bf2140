"""Trusted documents: GraphQL documents in folders of the operator's, which clients ask for by hash or by name.

Known in the GraphQL-over-HTTP specification as persisted documents. A client never adds one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from graphql import GraphQLError, GraphQLSchema, parse, validate

from ..graph.errors import SettingsError
from ..graph.settings import Settings

BUILT_IN = Path(__file__).resolve().parent / "operations"
"""The operations of our own pages and commands."""


def sha256_id(text: str) -> str:
    """The document identifier that the specification makes of a document's source text."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


class TrustedDocuments:
    """Documents by `sha256:` identifier, and by the name of their file without `.graphql`.

    `only` says that no other document is answered.
    """

    def __init__(self, texts: Mapping[str, str], *, only: bool = False) -> None:
        self.only = only
        self._texts = dict(texts)
        for text in texts.values():
            # Build tools hash what they print, which ends without a new line.
            self._texts |= {sha256_id(form): form for form in (text, text.rstrip())}

    @classmethod
    def load(cls, settings: Settings, schema: GraphQLSchema) -> TrustedDocuments:
        """The built-in documents and those of the configured folder, which wins where both have a name.

        Raises:
            SettingsError: the folder or a file cannot be read, or a document does not hold on the schema.
        """
        folders = [BUILT_IN] if settings.documents is None else [BUILT_IN, settings.documents.expanduser()]
        texts = {path.stem: _read(path, schema) for folder in folders for path in _files(folder)}
        return cls(texts, only=settings.only_documents)

    def get(self, identifier: str) -> str | None:
        """The document of this identifier, or None."""
        return self._texts.get(identifier)

    def admits(self, text: str) -> bool:
        """True when this document may be answered."""
        return not self.only or sha256_id(text) in self._texts


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise SettingsError(f"{folder} is no folder of documents.", hint="Mend ECOGRAPH_DOCUMENTS.")
    return sorted(folder.glob("*.graphql"))


def _read(path: Path, schema: GraphQLSchema) -> str:
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error
    broken = _broken(text, schema)
    if broken is not None:
        line = broken.locations[0].line if broken.locations else 1
        raise SettingsError(f"{path}:{line}: {broken.message}", hint="Mend the document, or take it out of the folder.")
    return text


def _broken(text: str, schema: GraphQLSchema) -> GraphQLError | None:
    try:
        return next(iter(validate(schema, parse(text), max_errors=1)), None)
    except GraphQLError as error:
        return error
