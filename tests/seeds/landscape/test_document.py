from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ecograph.graph.errors import BadInput
from ecograph.seeds.landscape import text
from ecograph.seeds.landscape.document import MAX_DEPTH, Mapped, read_document

Write = Callable[..., Path]


def test_scalars_stay_text_and_know_their_lines(write: Write) -> None:
    root, data = read_document(write("a: 1.10\nb: 2023-02-31\nc: on\nd: ~\ne: 'null'\nf:\n"))
    assert root == {"a": "1.10", "b": "2023-02-31", "c": "on", "d": None, "e": "null", "f": None}
    assert isinstance(root, Mapped)
    assert (root.line, root.line_of("c"), root.line_of("missing")) == (1, 3, 1)
    assert data.startswith(b"a: 1.10")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_byte_order_mark(write: Write, encoding: str) -> None:
    assert read_document(write("name: Zoë 株式会社".encode(encoding)))[0] == {"name": "Zoë 株式会社"}


def test_latin_1_names_the_line_and_the_byte(write: Write) -> None:
    with pytest.raises(BadInput, match=r"landscape\.yml:2: byte 13 is not UTF-8"):
        read_document(write("a: 1\nname: Zoë\n".encode("latin-1")))


def test_cut_off_utf_16(write: Write) -> None:
    with pytest.raises(BadInput, match="is not UTF-16"):
        read_document(write("a: 1".encode("utf-16")[:-1]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: &a [x, *a]", r":1: the alias \*a stands within what it refers to: a cycle"),
        ("a: &a\n  b: *a", r":2: the alias \*a stands within"),
        ("a: *b", r":1: the alias \*b refers to nothing"),
        ("a: [1", r":2: is not YAML"),
        ("a: b: c", r":1: is not YAML"),
        ("\ta: 1", r":1: is not YAML"),
        ("a: 1\n---\nb: 2", r":2: a second YAML document begins"),
        ("a: !!python/object/apply:os.system [ls]", r":1: the tag .*python.* is not allowed"),
        ("a: !secret x", r":1: the tag !secret is not allowed"),
        ("a: 1\nb: \0", r":2: holds a character"),
        ("? [1]\n: 2", r":1: a key is no text"),
        ("<<: 1", r":1: << is followed by no mapping"),
    ],
)
def test_refusals_name_the_line(write: Write, content: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read_document(write(content))


def test_billion_laughs_are_refused_at_once(write: Write) -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.monotonic()
    with pytest.raises(BadInput, match="expands to more than 1,000,000 values"):
        read_document(write("\n".join(lines)))
    assert time.monotonic() - started < 2


def test_long_texts_count_as_several_values(write: Write) -> None:
    content = f"a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 200)}]"
    with pytest.raises(BadInput, match="expands to more than"):
        read_document(write(content))


def test_depth_is_limited_directly_and_through_aliases(write: Write) -> None:
    with pytest.raises(BadInput, match=f"nests more than {MAX_DEPTH} levels"):
        read_document(write("[" * (MAX_DEPTH + 1)))
    with pytest.raises(BadInput, match="maximum nesting depth"):  # of the parser, before ours
        read_document(write("[" * 5000))
    chain = "k0: &a0 [x]\n" + "".join(f"k{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 200))
    with pytest.raises(BadInput, match=f"nests more than {MAX_DEPTH} levels"):
        read_document(write(chain))


def test_size_is_limited(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 3)
    with pytest.raises(BadInput, match="is 0 MB; a landscape file has at most"):
        read_document(write("a: 1"))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            read_document(path)


def test_aliases_merges_and_repeated_keys(write: Write) -> None:
    root, _ = read_document(write("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: *x\nz: 4\n"))
    assert isinstance(root, Mapped)
    assert root["y"] == {"a": "1", "b": "3"}
    assert root["z"] == "4"
    assert root.repeated == ["z"]


def test_an_empty_file_holds_nothing(write: Write) -> None:
    assert read_document(write(""))[0] is None
