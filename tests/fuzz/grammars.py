"""Ways to spoil what has a grammar: markup, text tables, YAML, conditions."""

import random
import re
from collections.abc import Sequence
from typing import Any

from mutations import MAX_SIZE, NUMBERS, few, spoil_bytes

_TOKEN = re.compile(rb"<[^<>]*>|[^<>]+|[<>]")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)=("[^"]*"|'[^']*')""")
_NAME = re.compile(rb"(</?)([\w:.-]+)")
REFERENCES = (
    b"A1", b"B2", b"XFD1048576", b"XFE1", b"A1048577", b"A0", b"", b"1", b"A", b"a1", b"$A$1", b"A1:XFD1048576", b"A1:A1", b"C3:B2",
    b"ZZZZZZZZ99999999999999999999", b"R1C1", "Ａ１".encode(), b"A-1", b"A1 B2",
)  # fmt: skip
_TYPES = (b"s", b"n", b"b", b"e", b"str", b"inlineStr", b"d", b"x", b"", b"Number", b"String", b"DateTime", b"Boolean", b"Error")
_ELEMENTS = (
    b"row", b"c", b"v", b"f", b"is", b"t", b"r", b"rPh", b"si", b"sst", b"sheetData", b"worksheet", b"dimension", b"mergeCell",
    b"mergeCells", b"cols", b"col", b"sheet", b"sheets", b"workbook", b"workbookPr", b"calcPr", b"Relationship", b"xf", b"numFmt",
    b"cellXfs", b"table", b"tr", b"td", b"th", b"tbody", b"script", b"style", b"meta", b"Row", b"Cell", b"Data", b"Table", b"Worksheet",
)  # fmt: skip
_PIECES = (
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x y?>", b"&amp;", b"&lt;", b"&#0;", b"&#x110000;", b"&#xD800;", b"&#65;", b"&x;", b"_x000D_",
    b"_x0000_", b"_xD800_", b"<!DOCTYPE a>", b'<!DOCTYPE a [<!ENTITY x "y">]>', b"<x>", b"</x>", b"<x/>", b'xml:space="preserve"',
    b"<mc:AlternateContent>", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\0", b"\x0b", b"\xc2\xa0",
    b'<?xml version="1.0" encoding="utf-16"?>', b'<?xml version="1.1" encoding="gb18030"?>', "数".encode("gb18030"), "数".encode(),
)  # fmt: skip
_VALUES: tuple[Sequence[bytes], ...] = (
    REFERENCES,
    _TYPES,
    NUMBERS,
    (b"1", b"true", b"0", b"false", b"hidden", b"rId1", b"../x", b"/"),
)


def spoil_markup(data: bytes, chance: random.Random) -> bytes:
    """XML or HTML: tags moved, doubled, renamed, left out; attributes and numbers that readers stumble over."""
    tokens = _TOKEN.findall(data)
    for _ in range(few(chance)):
        _spoil_token(tokens, chance)
    spoilt = _joined(tokens)
    match chance.randrange(60):
        case 0:
            spoilt = spoilt.decode("utf-8", "replace").encode(
                chance.choice(("utf-16", "utf-16-le", "utf-32", "gb18030", "utf-8-sig")), "replace"
            )
        case 1 | 2:
            spoilt = spoil_bytes(spoilt, chance)
    return spoilt[:MAX_SIZE]


def _joined(tokens: Sequence[bytes]) -> bytes:
    """The tokens as one text, no longer than a reader is given: a token doubled again and again would take all memory."""
    size, kept = 0, 0
    while kept < len(tokens) and size <= MAX_SIZE:
        size += len(tokens[kept])
        kept += 1
    return b"".join(tokens[:kept])


def _spoil_token(tokens: list[bytes], chance: random.Random) -> None:  # noqa: C901  # one case for each way
    if not tokens:
        tokens.append(chance.choice(_PIECES))
    at = chance.randrange(len(tokens))
    token = tokens[at]
    other = chance.randrange(len(tokens))
    match chance.randrange(12):
        case 0:
            del tokens[at : at + chance.choice((1, 1, 1, 2, 5, 40))]
        case 1:
            tokens[at:at] = tokens[at : at + chance.choice((1, 2, 3, 10))] * chance.choice((1, 1, 1, 3, 2000))
            del tokens[200_000:]
        case 2:
            tokens[at], tokens[other] = tokens[other], token
        case 3:
            tokens.insert(at, tokens[other])
        case 4:
            tokens.insert(at, chance.choice(_PIECES) * chance.choice((1, 1, 1, 3)))
        case 5 | 6 | 7 if attributes := list(_ATTRIBUTE.finditer(token)):
            found = chance.choice(attributes)
            value = chance.choice(chance.choice(_VALUES))
            piece = chance.choice((found[1] + b'="' + value + b'"', b"", found[0] + b" " + found[0]))
            tokens[at] = token[: found.start()] + piece + token[found.end() :]
        case 8 if name := _NAME.match(token):
            tokens[at] = name[1] + chance.choice(_ELEMENTS) + token[name.end() :]
        case 9 if not token.startswith(b"<"):
            tokens[at] = chance.choice(NUMBERS)
        case 10 if token.startswith(b"<"):
            tokens[at] = (
                token[:-1]
                + b" "
                + chance.choice((b"r", b"t", b"s", b"rowspan", b"colspan", b"ss:Index", b"hidden"))
                + b'="'
                + chance.choice(chance.choice(_VALUES))
                + b'">'
            )
        case _:
            deep = b"<" + chance.choice(_ELEMENTS) + b">"
            tokens.insert(at, deep * chance.choice((1, 2, 30, 5000)))


_TABLE_PIECES = (
    *NUMBERS,
    b",", b";", b"\t", b'"', b'""', b"\n", b"\r", b"\r\n", b'"\n', b"sep=;\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"=1+1",
    "，".encode(), "户编号".encode(), "户编号".encode("gb18030"), "合计".encode(), "人均纯收入（万元）".encode(), b"\xa0", b"\x80", b"\xff",
    "\u3000".encode(), "\u200b".encode(), "2018年5月1日".encode(), b"2018-02-30", b"3,999.99", "￥4000元".encode(), b"349900195001011232",
)  # fmt: skip
_CELL = re.compile(rb"[,;\t\r\n]+|[^,;\t\r\n]+")


def spoil_table(data: bytes, chance: random.Random) -> bytes:
    """Separated values: cells, separators and lines."""
    tokens = _CELL.findall(data)
    _shuffle(tokens, _TABLE_PIECES, chance)
    spoilt = b"".join(tokens)
    match chance.randrange(30):
        case 0:
            spoilt = spoilt.decode("utf-8", "replace").encode(
                chance.choice(("utf-16", "gb18030", "utf-8-sig", "utf-32")), "replace"
            )
        case 1 | 2 | 3:
            spoilt = spoil_bytes(spoilt, chance)
    return spoilt[:MAX_SIZE]


_YAML_PIECES = (
    *NUMBERS,
    b"&a ", b"*a", b"!!int ", b"!x ", b"? ", b"- ", b": ", b"|", b">", b"|2-", b"{", b"}", b"[", b"]", b"[" * 200, b"{a: " * 50, b"#", b"'",
    b'"', b'"\\x00"', b'"\\ud800"', b"\n", b"\n\n", b"\t", b"  ", b"---\n", b"...\n", b"%YAML 1.2\n", b"<<: ", b"\0", b"\x85", b"\xe2\x80\xa8",
    b"\xff", b"\xef\xbb\xbf", b"~", b"null", b"no", b"010", b"1e3", b"2018-13-01", b"0001-01-01", b"9999-12-31", b"''", b"a" * 3000,
    b"title", b"checks", b"decide", b"outcomes", b"facts", b"require", b"cite", b"values", b"from", b"to", b"over", b"fills", b"per", b"value",
    b"default: true", b"applies: false", b"extends: national-2016", b"without: [x]", b"$poverty_line", b"income_per_capita", b"previous.x",
)  # fmt: skip
_YAML_TOKEN = re.compile(rb"\n[ ]*(?:- )?|[\w.-]+|[^\w\n]")


def spoil_yaml(data: bytes, chance: random.Random) -> bytes:
    """A file of a pack; its first line names the file and stays."""
    name, _, text = data.partition(b"\n")
    tokens = _YAML_TOKEN.findall(text)
    _shuffle(tokens, _YAML_PIECES, chance)
    spoilt = b"".join(tokens)
    return name + b"\n" + (spoil_bytes(spoilt, chance) if chance.random() < 0.1 else spoilt)[: 1 << 20]


_CONDITION_PIECES = (
    " AND ", " OR ", " NOT ", "(", ")", "=", "<>", "!=", "<", "<=", ">", ">=", "==", "+", "-", "*", "/", "%", ",", "'", "''",
    "''''", ".", ";", "--", "/*", "*/", "$", "$poverty_line", "$x", ":x", "?", "@x", "#", " IN ", " NOT IN ", " BETWEEN ",
    " IS NULL", " IS NOT NULL", " IS UNKNOWN", " IS DISTINCT FROM ", " LIKE ", " CASE WHEN ", " THEN ", " END", "(SELECT 1)",
    "*", "x", "TRUE", "FALSE", "NULL", "'A'", "'甲'", "DATE '2018-01-01'", "INTERVAL 1 DAY", "::INT", "[1]", "{'a': 1}",
    "x -> x", "1_000", ".5", "1.", "1e3", "0x1F", "1e999", "year", "household_size", "income_per_capita", "housing_grade",
    "review_date", "food_secure", "net_income", "age_on(", "days_between(", "valid_id_number(", "count(", "sum(",
    "count(*) OVER ()", "\"household_size\"", "`x`", "[x]", "é", "户", "\n", "\t", "\u200b", "\u3000", "（", "）", "、", "，",
    "$$x$$", "E'\\n'", "U&'x'", "(" * 40, "NOT " * 25, "- " * 37, "previous.year", "as_of", "AS x", "FROM x", "household.year",
)  # fmt: skip
_CONDITION_TOKEN = re.compile(r"\s+|\w+|[<>=!]+|.", re.DOTALL)


def spoil_condition(data: bytes, chance: random.Random) -> bytes:
    """A condition of the rule language."""
    tokens = _CONDITION_TOKEN.findall(data.decode("utf-8", "replace"))
    _shuffle(tokens, _CONDITION_PIECES, chance)
    spoilt = "".join(tokens).encode("utf-8", "replace")
    return (spoil_bytes(spoilt, chance) if chance.random() < 0.1 else spoilt)[:5000]


def _shuffle(tokens: list[Any], pieces: Sequence[Any], chance: random.Random) -> None:
    """Tokens left out, doubled, exchanged, and pieces of the grammar put in between or in their place."""
    for _ in range(few(chance)):
        at = chance.randrange(len(tokens) + 1)
        match chance.randrange(6):
            case 0:
                del tokens[at : at + chance.choice((1, 1, 1, 2, 5, 40))]
            case 1:
                tokens[at:at] = tokens[at : at + chance.choice((1, 2, 5, 20))] * chance.choice((1, 1, 1, 2, 30))
            case 2 if len(tokens) > 1:
                other = chance.randrange(len(tokens))
                tokens[at % len(tokens)], tokens[other] = tokens[other], tokens[at % len(tokens)]
            case 3 if tokens:
                tokens[at % len(tokens)] = chance.choice(pieces)
            case _:
                tokens.insert(at, chance.choice(pieces))
    del tokens[100_000:]
