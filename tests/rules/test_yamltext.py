"""YAML is read as it was written: every scalar text, everything clever refused with its line and column."""

from pathlib import Path

import pytest

from fupin_cli.errors import PackRefused
from fupin_cli.rules.yamltext import YamlText, read_yaml


def read(folder: Path, content: str | bytes) -> YamlText:
    path = folder / "a.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_yaml(path, "pack/a.yaml")


def refused(folder: Path, content: str | bytes) -> tuple[str, object, object]:
    with pytest.raises(PackRefused) as caught:
        read(folder, content)
    assert caught.value.facts["file"] == "pack/a.yaml"
    return caught.value.code, caught.value.facts["line"], caught.value.facts["column"]


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "010",
        "0x1F",
        "0o17",
        "1e3",
        "1_000",
        "2018-05-01",
        "12:30:00",
        "null",
        "~",
        ".nan",
        ".inf",
        "true",
        "1.10",
    ],
)
def test_a_scalar_stays_what_was_written(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, f"key: {written}\n").data == {"key": written}
    assert read(tmp_path, f"- {written}\n").data == [written]


def test_a_key_stays_what_was_written(tmp_path: Path) -> None:
    assert read(tmp_path, "no: a\n010: b\n1e3: c\nnull: d\n").data == {"no": "a", "010": "b", "1e3": "c", "null": "d"}


def test_nothing_after_a_colon_is_an_empty_text(tmp_path: Path) -> None:
    assert read(tmp_path, "key:\n").data == {"key": ""}


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    assert read(tmp_path, "").data == ""
    assert read(tmp_path, "# nothing\n").data == ""


def test_every_value_and_key_knows_its_place(tmp_path: Path) -> None:
    text = read(tmp_path, "a:\n  - x\n  - 'y'\nb: {c: no, 年: '是'}\n")
    places = {where: (spot.line, spot.column) for where, spot in text.values.items()}
    assert places[("a", 0)] == (2, 5)
    assert places[("a", 1)] == (3, 6)  # inside the quotes
    assert places[("b", "c")] == (4, 8)
    assert places[("b", "年")] == (4, 16)
    assert (text.keys[("b", "年")].line, text.keys[("b", "年")].column) == (4, 12)


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "pack-yaml-duplicate", 3, 1),
        ("a:\n  x: 1\n  x: 2\n", "pack-yaml-duplicate", 3, 3),
        ("a: {x: 1, x: 2}\n", "pack-yaml-duplicate", 1, 11),
        ("'a': 1\na: 2\n", "pack-yaml-duplicate", 2, 1),
        ("a: &x 1\n", "pack-yaml-alias", 1, 4),
        ("a: &x {b: 1}\nc: *x\n", "pack-yaml-alias", 1, 4),
        ("a: 1\nb: *x\n", "pack-yaml-alias", 2, 4),
        ("&x a: 1\n", "pack-yaml-alias", 1, 1),
        ("a: !!str 1\n", "pack-yaml-tag", 1, 4),
        ("a: !!python/object/apply:os.system [ls]\n", "pack-yaml-tag", 1, 4),
        ("a: !mine 1\n", "pack-yaml-tag", 1, 4),
        ("a: ! 1\n", "pack-yaml-tag", 1, 4),
        ("!!map {a: 1}\n", "pack-yaml-tag", 1, 1),
        ("? [a, b]\n: 1\n", "pack-yaml-key", 1, 3),
        ("? {a: b}\n: 1\n", "pack-yaml-key", 1, 3),
        ("a: [1, 2\n", "pack-not-yaml", 2, 1),
        ("a: b: c\n", "pack-not-yaml", 1, 5),
        ("a: 1\n  b: 2\n", "pack-not-yaml", 2, 4),
        ("a: 'open\n", "pack-not-yaml", 2, 1),
        ("a: 1\n---\nb: 2\n", "pack-not-yaml", 2, 1),
        ("a:\n\t- 1\n", "pack-not-yaml", 2, 1),
        ("a: @x\n", "pack-not-yaml", 1, 4),
    ],
)
def test_what_is_clever_or_broken_is_refused_where_it_stands(
    tmp_path: Path, content: str, code: str, line: int, column: int
) -> None:
    assert refused(tmp_path, content) == (code, line, column)


def test_a_merge_key_merges_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "a: {b: 1}\n<<: {c: 2}\n").data == {"a": {"b": "1"}, "<<": {"c": "2"}}


def test_a_nest_of_thirteen_is_refused_where_it_becomes_too_deep(tmp_path: Path) -> None:
    assert refused(tmp_path, "a: " + "[" * 12 + "]" * 12 + "\n") == ("pack-yaml-deep", 1, 15)
    assert read(tmp_path, "a: " + "[" * 11 + "]" * 11 + "\n").data


@pytest.mark.parametrize(
    "content", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000, "a:\n" + "".join(" " * i + "b:\n" for i in range(1, 1000))]
)
def test_an_absurd_nest_is_refused_and_breaks_nothing(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content)[0] in ("pack-yaml-deep", "pack-not-yaml")


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    bomb = 'a: &a ["lol","lol"]\n' + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(tmp_path, bomb) == ("pack-yaml-alias", 1, 4)


def test_a_file_over_a_megabyte_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a: 1\n#" + "x" * 1_000_000) == ("pack-file-too-large", 1, 1)
    assert read(tmp_path, "a: 1\n#" + "x" * 900_000).data == {"a": "1"}


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        read_yaml(tmp_path / "none.yaml", "pack/none.yaml")
    assert (caught.value.code, caught.value.facts) == ("pack-file-unreadable", {"file": "pack/none.yaml", "line": 1, "column": 1})


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"\xffa: 1\n", 1, 1),
        (b"a: 1\nb: 2\n" + b"\xd6\xd0: x\n", 3, 1),
        ("标题: 好\n标题: ".encode() + b"\xb9\xfa\n", 2, 5),
    ],
)
def test_bytes_that_are_not_utf8_are_refused_where_they_stand(tmp_path: Path, content: bytes, line: int, column: int) -> None:
    assert refused(tmp_path, content) == ("pack-not-utf8", line, column)


def test_utf16_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a: 1\n".encode("utf-16"))[0] in ("pack-not-utf8", "pack-not-yaml")


def test_a_control_character_is_refused_where_it_stands(tmp_path: Path) -> None:
    code, line, _ = refused(tmp_path, "a: 1\nb: x\x07y\n")
    assert (code, line) == ("pack-not-yaml", 2)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    text = read(tmp_path, b"\xef\xbb\xbf" + "键: 值\n".encode())
    assert text.data == {"键": "值"}
    assert (text.keys[("键",)].line, text.keys[("键",)].column) == (1, 1)


def test_line_ends_of_windows_change_neither_values_nor_places(tmp_path: Path) -> None:
    content = "a: 1\nb: |\n  x\n  y\nc: >-\n  p\n  q\nd: 'm\n  n'\n"
    unix, windows = read(tmp_path, content), read(tmp_path, content.replace("\n", "\r\n"))
    assert unix.data == windows.data == {"a": "1", "b": "x\ny\n", "c": "p q", "d": "m n"}
    assert unix.values == windows.values
    assert unix.keys == windows.keys


@pytest.mark.parametrize(
    ("content", "word", "line", "column"),
    [
        ("when: aa AND bb\n", "bb", 1, 14),
        ("when: 'aa AND bb'\n", "bb", 1, 15),
        ('when: "aa AND bb"\n', "bb", 1, 15),
        ("when: |\n  aa\n  AND bb\n", "bb", 3, 7),
        ("when: |-\n    aa\n    AND bb AND cc\n", "cc", 3, 16),
        ("when: >-\n  aa AND bb\n", "bb", 2, 10),
        ("when: >-\n  aa\n  AND bb\n", "bb", 3, 7),
        ("when: >\n  aa AND aaa\n  AND bb\n  AND cc\n", "cc", 4, 7),
        ("when: >-\n  aa\n\n  AND bb\n", "bb", 4, 7),
        ("when:\n  aa\n  AND bb\n", "bb", 3, 7),
        ("when: 'aa\n  AND bb'\n", "bb", 2, 7),
        ("when: 'it''s AND bb'\n", "bb", 1, 18),
    ],
)
def test_a_place_inside_a_scalar_is_the_place_in_the_file(
    tmp_path: Path, content: str, word: str, line: int, column: int
) -> None:
    """An error in a condition counts characters of the text; what a reader needs is the line and column of the file."""
    text = read(tmp_path, content)
    offset = str(text.data["when"]).index(word)  # type: ignore[index,call-overload]
    error = text.refuse("expression-name-unknown", ("when",), offset=offset)
    assert (error.facts["line"], error.facts["column"]) == (line, column)
