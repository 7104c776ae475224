"""Packs so small that their coverage can be counted by hand."""

from pathlib import Path

from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack

HEAD = """\
pack: {name}
version: 1
title: {{zh: 小, en: Small}}
documents:
  doc: {{title: 某办法, issuer: 某办}}
effective: {{from: 2016-01-01, to: 2020-12-31}}
"""
WORDS = "remedy: {zh: 办, en: Do}\n    cite: {document: doc, clause: 一, quote: 原文}"
STANDARD = f"""\
standard: exit
title: {{zh: 退出, en: Exit}}
subject: household
checks:
  fed:
    title: {{zh: 吃穿, en: Food}}
    severity: gate
    require: food_secure AND clothing_secure
    {WORDS}
  water:
    title: {{zh: 水, en: Water}}
    severity: warning
    require: water_safe
    {WORDS}
outcomes:
  bad: {{title: {{zh: 否, en: No}}, meets: false}}
  good: {{title: {{zh: 是, en: Yes}}, meets: true}}
decide:
  - {{outcome: bad, when: NOT fed}}
  - {{outcome: good, default: true}}
"""
#: Food, clothing, water; the outcome.
CASES = """\
- {name: 一, year: 2018, given: {household: {food_secure: 是, clothing_secure: 是, water_safe: 是}}, expect: {outcome: good}}
- {name: 二, year: 2018, given: {household: {food_secure: 否, clothing_secure: 是}}, expect: {outcome: bad}}
- {name: 三, year: 2018, given: {household: {food_secure: '', clothing_secure: 是}}, expect: {outcome: undetermined, missing: [food_secure]}}
"""


def write(folder: Path, name: str = "tiny", standard: str = STANDARD, cases: str = CASES, extends: str = "") -> Path:
    """A pack's folder; without text there is no such file."""
    root = folder / name
    (root / "cases").mkdir(parents=True)
    (root / "pack.yaml").write_text(HEAD.format(name=name) + (f"extends: {extends}\n" if extends else ""), encoding="utf-8")
    for path, text in (("exit.yaml", standard), ("cases/exit.yaml", cases)):
        if text:
            (root / path).write_text(text, encoding="utf-8")
    return root


def load(root: Path) -> LoadedPack:
    return load_pack(root, Shelf((root.parent,)))
