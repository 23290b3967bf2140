"""Which encoding a text file has, and the proof that all of it can be read."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from ...graph.errors import BadInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


@dataclass(frozen=True)
class TextFile:
    """A text file that has been read once: its encoding, the hash of its bytes, and its size."""

    path: Path
    encoding: str
    digest: str
    size: int


def examine(path: Path, encoding: str | None = None) -> TextFile:
    """Reads the whole file once.

    Raises:
        BadInput: the encoding is unknown or wrong (with the byte and the line), or the file holds NUL characters.
    """
    with path.open("rb") as file:
        start = file.read(4)
    name = _encoding(start, encoding)
    decoder = codecs.getincrementaldecoder(name)()
    digest = blake2b(digest_size=16)
    at, lines = 0, 1
    for chunk in _chunks(path):
        digest.update(chunk)
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            byte = at + len(chunk) - len(error.object) + error.start
            line = lines + _before(name, error).count("\n")
            raise _undecodable(path, name, byte, line, encoding) from None
        if "\0" in text:
            line = lines + text[: text.index("\0")].count("\n")
            raise BadInput(
                f"{path}: line {line} holds a NUL character.",
                hint="Is it UTF-16 without a byte order mark? Then give --encoding utf-16-le.",
            )
        at += len(chunk)
        lines += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _undecodable(path, name, at - len(error.object) + error.start, lines, encoding) from None
    return TextFile(path, name, digest.hexdigest(), at)


def _before(encoding: str, error: UnicodeDecodeError) -> str:
    return bytes(error.object[: error.start]).decode(encoding, errors="ignore")


def _encoding(start: bytes, wanted: str | None) -> str:
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if wanted is None:
        return marked or "utf-8"
    try:
        name = codecs.lookup(wanted).name
        "".encode(name)  # refuses codecs that are no text encodings
    except LookupError:
        raise BadInput(
            f"There is no encoding {wanted!r}.", hint="Such as utf-8, utf-16, cp1252, latin-1, shift_jis."
        ) from None
    return "utf-8-sig" if name == "utf-8" else name


def _undecodable(path: Path, name: str, at: int, line: int, given: str | None) -> BadInput:
    hint = (
        "Name another one with --encoding."
        if given
        else "Name its encoding with --encoding, such as --encoding cp1252 for files of Excel on Windows."
    )
    return BadInput(f"{path}: byte {at} (line {line}) is not {name.removesuffix('-sig').upper()}.", hint=hint)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
