"""Shared texts that are as usual come out as a parser of XML reads them; all others are left to one."""

import random
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from workbooks import MAIN, MakeBook

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import archive, strings
from fupin_cli.load.cells.strings import read_strings

PART = "xl/sharedStrings.xml"
TEXTS = ("甲", "a&amp;lt;b &gt; c", "", "x\ny", "&quot;&apos;", "长" * 300, "]]", "a>b", "!1", "é", "\ufffd")
ODD = (
    "<si><t>a_x000D_b</t></si>",
    "<si><r><t>甲</t></r><r><t xml:space='preserve'> 乙</t></r></si>",
    "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>",
    "<si/>",
    "<si></si>",
    "<si><t/></si>",
    "\n <si><t>a</t></si>",
    "<!-- <si><t>no</t></si> -->",
    "<si><t><![CDATA[<t>]]></t></si>",
    "<si><t>a&#10;b</t></si>",
    "<si><t>a\r\nb</t></si>",
)


def written(book: MakeBook, texts: str, *, start: str = "") -> Path:
    return book("", strings=f'{start}<sst xmlns="{MAIN}" count="1">{texts}</sst>')


def read(path: Path) -> list[str]:
    with archive.Archive(path) as opened:
        return read_strings(opened, PART)


def by_parser(path: Path) -> list[str]:
    """The texts as a parser that shares no code with ours has them: without pronunciation, escapes undone."""
    with archive.Archive(path) as opened:
        root = ET.fromstring(b"".join(opened.chunks(PART)))  # noqa: S314 - our own text
    found = []
    for item in root.iter(f"{{{MAIN}}}si"):
        direct = [*item.findall(f"{{{MAIN}}}t"), *item.findall(f"{{{MAIN}}}r/{{{MAIN}}}t")]
        found.append("".join(text.text or "" for text in direct).replace("_x000D_", "\r"))
    return found


@pytest.fixture
def usual(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each block of texts, whether it was as usual."""
    found: list[bool] = []
    read_usual = strings._usual

    def noted(texts: bytes) -> list[str]:
        found.append(False)
        result = read_usual(texts)
        found[-1] = True
        return result

    monkeypatch.setattr(strings, "_usual", noted)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_texts_in_any_mixture_and_blocks_of_any_size(
    book: MakeBook, monkeypatch: pytest.MonkeyPatch, usual: list[bool], seed: int
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(archive, "_CHUNK", chance.choice([7, 60, 500, 5000]))
    texts = "".join(
        chance.choice(ODD)
        if chance.random() < 0.03
        else f"<si><t{chance.choice(['', ' xml:space=' + chr(34) + 'preserve' + chr(34)])}>{chance.choice(TEXTS)}</t></si>"
        for _ in range(400)
    )
    path = written(book, texts, start=chance.choice(["", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']))
    assert read(path) == by_parser(path)
    assert usual


def test_what_is_usual_is_read_as_such(book: MakeBook, usual: list[bool]) -> None:
    path = written(book, "".join(f"<si><t>{text}</t></si>" for text in TEXTS))
    assert read(path) == by_parser(path)
    assert all(usual)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_not_is_for_the_parser(book: MakeBook, usual: list[bool], odd: str) -> None:
    path = written(book, f"<si><t>甲</t></si>{odd}<si><t>乙</t></si>")
    assert read(path) == by_parser(path)
    assert False in usual


@pytest.mark.parametrize(
    "broken",
    [
        "<si><t>a</si>",
        "<si><t>a</t></si></t>",
        "<si><t>a\x01</t></si>",
        "<si><t>]]></t></si>",
        "<si><t>&no;</t></si>",
        "<si><t>a<b/></t></si>",
    ],
)
def test_what_is_broken_damages_the_workbook(book: MakeBook, broken: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(written(book, f"<si><t>甲</t></si>{broken}<si><t>乙</t></si>"))
    assert refused.value.code == "workbook-damaged"


def test_texts_in_another_encoding_are_not_taken_for_utf_8(book: MakeBook, usual: list[bool]) -> None:
    path = written(book, "<si><t>caf\u00e9</t></si>", start='<?xml version="1.0" encoding="iso-8859-1"?>')
    assert read(path) == ["cafÃ©"]
    assert usual == []
