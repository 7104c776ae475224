"""Write the clause files: ``python tests/docs/clause_files.py FOLDER``, with the texts of the five source documents in FOLDER.

The documents themselves are not part of this repository. Of each clause its file keeps where it stands, how it begins, the
words that packs quote, and the words in which it fixes a number; that is what the tests compare the packs with. Run again when
a pack quotes something new; a quotation that does not stand under its clause stops the run.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
CLAUSES, RULES = HERE / "clauses", HERE.parents[1] / "rules"


@dataclass(frozen=True)
class Source:
    """A document: the beginning of its file's name, and the words with which it begins and ends in it."""

    title: str
    file: str
    begins: str = ""
    ends: str = ""


SOURCES: Mapping[str, Source] = {
    "chishui": Source("赤水镇新时期城乡精准扶贫精准脱贫的实施方案(2016-2018年)", "000", "一、总体思路", "赤水镇党政办公室"),
    "kaizhou": Source("瞄准贫困人口精准发力 全力消除扶贫死角——重庆市开州区贫困村与非贫困村精准扶贫调研报告", "001", "按:重庆市"),
    "red_bridge": Source("红桥社区2019年扶贫计划", "002", "结合红桥社区", "1、重点推进产业扶贫"),
    "plan_2020": Source("2020年脱贫攻坚工作计划", "002", "1、重点推进产业扶贫", "帮扶人:"),
    "helper_plan": Source("帮扶人2018年对一户的帮扶计划", "002", "帮扶人:", "一、村基本情况"),
    "helin": Source("河林村扶贫计划", "002", "一、村基本情况", "(一)扎实做好产业扶贫工作"),
    "disabled_federation": Source("残联2020年上半年总结和下半年计划", "002", "(一)扎实做好产业扶贫工作", "紧扣稳定实现"),
    "hundred_days": Source("脱贫攻坚“百日行动”计划", "002", "紧扣稳定实现", "全面完善规范脱贫攻坚"),
    "archive_rules": Source("脱贫攻坚档案资料规范整理工作计划", "002", "全面完善规范脱贫攻坚", "一、工作目标\n全面贯彻落实"),
    "village_2018": Source("XX村2018年脱贫攻坚计划", "002", "一、工作目标\n全面贯彻落实", "坚持精准扶贫精准脱贫基本方略"),
    "prevention": Source("防止致贫监测和帮扶计划", "002", "坚持精准扶贫精准脱贫基本方略", "全面坚持以新时代"),
    "bureau_2020": Source("2020年教育局脱贫攻坚帮扶计划", "002", "全面坚持以新时代", "为贯彻落实省、州、县精准扶贫"),
    "selfcheck": Source("打赢打好脱贫攻坚战三年行动落实情况自查报告", "002", "为贯彻落实省、州、县精准扶贫"),
    "linghai": Source("2017年凌海市脱贫攻坚方案", "003", "按照锦州市扶贫开发领导小组办公室", "凌海市扶贫办\n"),
    "anhui": Source("贫困县退出实施意见", "004", "为贯彻落实省委", "安徽省扶贫开发领导小组\n2018年9月7日"),
}
#: Where a clause begins: 三、 or (三) or 3. after the end of a sentence.
_MARK = re.compile(
    r"(?:^|(?<=[。;:\n”.|)]))\s*(?:(?P<chapter>[一二三四五六七八九十]{1,2})、|\((?P<paragraph>[一二三四五六七八九十]{1,2})\)"
    r"|(?P<item>\d{1,2})[.、](?!\d))"
)
_SENTENCE = re.compile(r"[^。;\n]+[。;]?")
_PHRASE = re.compile(r"[^,。;\n]+")
#: A number or a fixed order in words: 4类18项, 45%, 八步二公示一公告, 一核、二看.
_NUMBER = re.compile(r"\d|(?<!进)[一二三四五六七八九十]+(?:步|公示|公告|核|看|比|评议|类|项以上|次)|“[^”]*、[^”]*、[^”]*”")
#: A year alone fixes nothing but when: 2018年, 2016-2018年.
_YEAR = re.compile(r"20\d\d(?:[-—]20\d\d)?年?")


@dataclass
class Clause:
    """A clause of a document."""

    place: str
    text: str
    quoted: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Full and half width alike, and no spaces but line ends."""
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))


def folded(text: str) -> str:
    """How a quotation is compared with its document."""
    return plain(text).replace("\n", "")


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a document in their order; what stands before the first one is 首."""
    chapter = paragraph = item = ""
    start = 0
    for mark in _MARK.finditer(text):
        yield Clause(chapter + paragraph + item or "首", text[start : mark.start()])
        start = mark.start()
        if mark["chapter"]:
            chapter, paragraph, item = mark["chapter"], "", ""
        elif mark["paragraph"]:
            paragraph, item = f"({mark['paragraph']})", ""
        else:
            item = mark["item"]
    yield Clause(chapter + paragraph + item or "首", text[start:])


def document(source: Source, folder: Path) -> str:
    """The text of a document, out of the file that holds it."""
    (file,) = folder.glob(f"{source.file}*.txt")
    text = plain(file.read_text(encoding="utf-8"))
    begin = text.index(plain(source.begins)) if source.begins else 0
    end = text.index(plain(source.ends), begin + 1) if source.ends else len(text)
    return text[begin:end]


def quotations() -> Iterator[tuple[str, str, str]]:
    """Document, clause and words of everything that the packs cite."""
    for path in sorted(RULES.glob("*/*.yaml")):
        loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes texts only
        yield from _cites(loaded)


def _cites(node: object) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, dict):
        if "quote" in node:
            yield node["document"], node["clause"], node["quote"]
        for inner in node.values():
            yield from _cites(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _cites(inner)


def heading(text: str) -> str:
    """How a clause begins, without its number."""
    return re.split(r"(?<=..)[。:;\n]", folded(_MARK.sub("", text, count=1)), maxsplit=1)[0][:24]


def kept(clause: Clause) -> list[str]:
    """The words of a clause that its file keeps: the sentences that are quoted, and phrases that hold a number."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(_MARK.sub("", clause.text, count=1)):
        here = [quote for quote in clause.quoted if quote in folded(sentence)]
        numbers = [phrase for phrase in _PHRASE.findall(sentence) if _NUMBER.search(_YEAR.sub("", phrase))]
        found += here + [phrase for phrase in numbers if not any(folded(phrase) in quote for quote in here)]
    found += [quote for quote in clause.quoted if not any(quote in folded(words) for words in found)]
    return list(dict.fromkeys(words.strip() for words in found))


def main(folder: Path) -> None:
    """Write every clause file."""
    quoted = list(quotations())
    for name, source in SOURCES.items():
        parts = list(clauses(document(source, folder)))
        for _, place, quote in (one for one in quoted if one[0] == name):
            holders = [part for part in parts if part.place.startswith(place) and folded(quote) in folded(part.text)]
            if not holders:
                where = [part.place for part in parts if folded(quote) in folded(part.text)]
                sys.exit(f"{name} {place}: {quote} (stands in: {where})")
            holders[0].quoted.append(folded(quote))
        told = [{"clause": part.place, "begins": heading(part.text), "words": kept(part)} for part in parts if part.text.strip()]
        content = yaml.safe_dump({"title": source.title, "clauses": told}, allow_unicode=True, sort_keys=False, width=10_000)
        (CLAUSES / f"{name}.yaml").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
