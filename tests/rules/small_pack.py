"""A pack as small as one can be, and ways to spoil it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack

HEAD = """\
pack: mini
version: 1
title: {zh: 小, en: Small}
documents:
  doc: {title: 某办法, issuer: 某办}
effective: {from: 2016-01-01, to: 2020-12-31}
"""
PARAMETERS = """\
line:
  title: {zh: 线, en: Line}
  unit: yuan-person-year
  values:
    - {from: 2016-01-01, to: 2017-12-31, value: 2952, cite: {document: doc, clause: 一, quote: 原文}}
    - {from: 2018-01-01, value: 2995, status: unconfirmed, origin: 来历}
"""
STANDARD = """\
# A comment stands where it likes.
standard: exit
title: {zh: 退出, en: Exit}
subject: household
facts:
  members:
    title: {zh: 人数, en: Members}
    over: person
    by: household
    count: birth_date < as_of
  net:
    title: {zh: 纯收入, en: Net}
    value: wage_income - business_expense
  parts:
    title: {zh: 人均, en: Per head}
    value: net
    per: household_size
    fills: income_per_capita
checks:
  fed:
    title: {zh: 吃, en: Food}
    severity: gate
    applies: annual_plan IS NOT NULL
    require: food_secure
    remedy: {zh: 办, en: Do}
    cite: {document: doc, clause: 一, quote: 原文}
  rich:
    title: {zh: 收入, en: Income}
    severity: gate
    require: income_per_capita > $line
    remedy: {zh: 办, en: Do}
    cite: {document: doc, clause: 一, quote: 原文}
outcomes:
  bad: {title: {zh: 否, en: No}, meets: false}
  good: {title: {zh: 是, en: Yes}, meets: true}
decide:
  - {outcome: bad, when: NOT (fed AND rich)}
  - {outcome: good, default: true}
"""
CASES = """\
- name: 一例
  year: 2018
  given:
    household: {food_secure: 是, income_per_capita: 3000}
    person:
      - {birth_date: 2000-01-01}
  expect:
    outcome: good
    checks: {fed: pass}
"""
FILES: Mapping[str, str] = {"pack.yaml": HEAD, "parameters.yaml": PARAMETERS, "exit.yaml": STANDARD, "cases/exit.yaml": CASES}
#: Stands in a spoilt text where the error must point, and is taken out before the file is written.
HERE = "¦"


@dataclass(frozen=True)
class Place:
    file: str
    line: int
    column: int


def write(folder: Path, files: Mapping[str, str], name: str = "mini") -> Path:
    """A pack's folder with these files."""
    for path, text in files.items():
        target = folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return folder / name


def load(folder: Path, files: Mapping[str, str] = FILES) -> LoadedPack:
    return load_pack(write(folder, files), Shelf((folder,)))


def edited(file: str, old: str, new: str) -> dict[str, str]:
    """The small pack with one text replaced; that it stood there once is made sure of."""
    text = FILES[file]
    assert text.count(old) == 1, (file, old)
    return {**FILES, file: text.replace(old, new)}


def marked(files: Mapping[str, str], name: str = "mini") -> tuple[dict[str, str], Place]:
    """The files without the mark, and where it stood; the first line of the head where there is none."""
    found = Place(f"{name}/pack.yaml", 1, 1)
    clean = {}
    for path, text in files.items():
        if HERE in text:
            before = text[: text.index(HERE)]
            found = Place(f"{name}/{path}", before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        clean[path] = text.replace(HERE, "")
    return clean, found
