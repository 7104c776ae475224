"""A pack of a few rules and a roster of a few people, in which every kind of finding stands once or twice."""

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import chdir
from functools import cache
from pathlib import Path

from fupin_cli.evaluate.verification.findings import findings_of
from fupin_cli.model.job import CHECK_DATA
from fupin_cli.model.run import Result
from fupin_cli.model.verification import Verification
from fupin_cli.pipeline import check
from fupin_cli.tasks import Request

PACK = """\
pack: tiny
version: 3
title: {zh: 小, en: Small}
documents:
  doc: {title: 某办法, issuer: 某办}
effective: {from: 2014-01-01}
"""
PARAMETERS = """\
line:
  title: {zh: 线, en: Line}
  unit: yuan-person-year
  values:
    - {from: 2014-01-01, value: 3000.50, status: unconfirmed, origin: 来历}
"""
HOUSEHOLD = """\
standard: household-quality
title: {zh: 户, en: Households}
subject: household
kind: quality
checks:
  contact:
    title: {zh: 有联系人, en: Somebody is named}
    severity: warning
    require: head_name != address AND contact_phone != head_id_number
    remedy: {zh: 写上联系人, en: Name somebody}
    cite: {document: doc, clause: 二, quote: 应当有联系人}
  over_line:
    title: {zh: '收入|过<线>', en: 'Income | over the <line>'}
    why: {zh: 100% 的户都应当过线, en: '100% of them should be over it'}
    severity: gate
    require: income_per_capita > $line
    remedy: {zh: 核对收入, en: Look at the income again}
    cite: {document: doc, clause: 一, quote: 收入应当过线}
  safe:
    title: {zh: 住房安全, en: Safe house}
    severity: gate
    require: housing_secured
    remedy: {zh: 修房, en: Mend the house}
    cite: {document: doc, clause: 三, quote: 住房应当安全}
  plan:
    title: {zh: 纳入计划, en: In the plan}
    severity: gate
    applies: poverty_status = '返贫'
    require: annual_plan
    remedy: {zh: 纳入计划, en: Put it into the plan}
    cite: {document: doc, clause: 四, quote: 应当纳入计划}
  water:
    title: {zh: 饮水, en: Water}
    severity: gate
    require: water_safe
    remedy: {zh: 通水, en: Lay a pipe}
    cite: {document: doc, clause: 五, quote: 饮水应当安全}
outcomes:
  errors: {title: {zh: 有错, en: Errors}, meets: false}
  consistent: {title: {zh: 无错, en: Consistent}, meets: true}
decide:
  - {outcome: errors, when: NOT (over_line AND safe AND plan AND water)}
  - {outcome: consistent, default: true}
"""
PERSON = """\
standard: person-quality
title: {zh: 人, en: Members}
subject: person
kind: quality
checks:
  number_fits:
    title: {zh: 证件号码校验, en: Check character}
    severity: gate
    applies: id_number IS NOT NULL
    require: valid_id_number(id_number)
    remedy: {zh: 核对号码, en: Look at the number again}
    cite: {document: doc, clause: 六, quote: 号码应当无误}
outcomes:
  errors: {title: {zh: 有错, en: Errors}, meets: false}
  consistent: {title: {zh: 无错, en: Consistent}, meets: true}
decide:
  - {outcome: errors, when: NOT number_fits}
  - {outcome: consistent, default: true}
"""
FILES = {"pack.yaml": PACK, "parameters.yaml": PARAMETERS, "household-quality.yaml": HOUSEHOLD, "person-quality.yaml": PERSON}

#: Must stand in no report for machines that others read.
NAMES = ("样赵甲", "样钱乙", "样孙丙", "样李丁")
#: Numbers with a wrong check character.
ID, OTHER_ID, PHONE = "349900199001010017", "349900199101010036", "13812345678"
#: The file's own name is Chinese, and has what every format has to guard.
PATH = "某 村/2018 名册,%3A#1.csv"

HEADER = ("户编号", "户主姓名", "户主证件号码", "家庭住址", "户联系电话", "年度", "人均纯收入", "住房安全有保障", "脱贫属性")
#: Two below the line (one exactly at it), one unsafe house, an income and an identity number that cannot be read.
HOUSEHOLDS = (
    ("H1", NAMES[0], ID, NAMES[0], PHONE, 2018, "3000.5", "是", "未脱贫"),
    ("H2", NAMES[1], "", "", "", 2018, "2900", "否", "未脱贫"),
    ("H3", NAMES[2], "", "", "", 2018, f"3,20O {ID}", "是", "未脱贫"),
    ("H4", NAMES[3], "3.499E+17", "", "", 2018, "4000", "是", "已脱贫"),
)
PEOPLE_HEADER = ("人编号", "户编号", "年度", "姓名", "证件号码", "联系电话")
#: Two people of one household without a number of their own, with identity numbers that do not fit.
PEOPLE = (
    ("P1", "H1", 2018, NAMES[0], ID, PHONE),
    ("", "H2", 2018, NAMES[1], ID, PHONE),
    ("", "H2", 2018, NAMES[2], OTHER_ID, ""),
)
Rows = Sequence[Sequence[object]]


def write_pack(folder: Path) -> str:
    """Write the pack and give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def write_roster(name: str, rows: Rows, header: Sequence[str]) -> None:
    """Write a roster as csv."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")


@cache
def pack() -> str:
    """The folder of the pack, written once."""
    return write_pack(Path(tempfile.mkdtemp()) / "tiny")


def judged(files: Mapping[str, Rows]) -> Result:
    """The verdicts on rosters of these names: those whose name holds 人 list members."""
    return _judged(tuple((name, tuple(rows)) for name, rows in files.items()))


@cache
def _judged(given: tuple[tuple[str, Rows], ...]) -> Result:
    files = dict(given)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, rows in files.items():
            write_roster(name, rows, PEOPLE_HEADER if "人" in name else HEADER)
        return check(CHECK_DATA, Request([*files], rules=pack()))[0]


def many(count: int, key: str = "H{}") -> Rows:
    """As many households below the line, the first of them in an unsafe house."""
    return [(key.format(number), "样某", "", "", "", 2018, "2900", "是" if number else "否", "") for number in range(count)]


@cache
def several() -> Verification:
    """More findings than anybody reads."""
    return verified(judged({"a.csv": many(400)}))


def usual() -> Result:
    """The verdicts on the roster above."""
    return judged({PATH: HOUSEHOLDS, "人.csv": PEOPLE})


def verified(result: Result) -> Verification:
    """A result with its findings."""
    return Verification(result, findings_of(result))
