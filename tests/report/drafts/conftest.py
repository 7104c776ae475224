"""Drafts for the tests: judged once, read back by python-docx, which knows nothing of how they are made."""

import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.pipeline import check
from fupin_cli.tasks import Request, open_pack

sys.path.insert(0, str(Path(__file__).parent))

#: A household that may exit and has gone no step yet; what is said of others replaces it.
FIT: Mapping[str, str] = {
    "户编号": "", "户主姓名": "样某", "户主证件号码": "", "联系电话": "", "县": "样县", "乡镇": "样乡", "行政村": "样村", "村民小组": "一组", "年度": "2020",
    "家庭人口数": "3", "脱贫属性": "未脱贫", "人均纯收入": "5000", "不愁吃": "是", "不愁穿": "是", "义务教育有保障": "是", "基本医疗有保障": "是",
    "住房安全有保障": "是", "饮水安全": "是", "纳入年度脱贫计划": "是", "民主评议日期": "", "核实日期": "", "农户认可": "", "认可日期": "", "公示开始日期": "",
    "公示结束日期": "", "公示有异议": "", "公告日期": "", "销号日期": "", "备忘": "", "建档立卡": "", "贫困户属性": "", "脱贫年度": "", "工资性收入": "",
    "生产经营性收入": "", "财产性收入": "", "转移性收入": "", "生产经营性支出": "", "有劳动能力": "", "人均可支配收入": "",
}  # fmt: skip
Judge = Callable[..., Result]


@pytest.fixture(scope="session")
def households(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Judges households, each said by what it has beside ``FIT``; the same ones once."""
    folder, known, read = tmp_path_factory.mktemp("households"), dict[str, Result](), cache(open_pack)
    no_rules = cache(lambda *_: replace(read(None, CHECK_EXIT.pack), standards={}))

    def judge(*rows: Mapping[str, str], name: str = "名册", **request: Any) -> Result:
        key = repr((rows, name, request))
        if key not in known:
            path = folder / str(len([*folder.iterdir()])) / f"{name}.csv"
            path.parent.mkdir()
            path.write_text(_sheet(rows), "utf-8-sig")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("fupin_cli.tasks.open_pack", read)
                patch.setattr("fupin_cli.pipeline.open_quality", no_rules)
                known[key] = check(CHECK_EXIT, Request([str(path)], **request))[0]
        return known[key]

    return judge


def _sheet(rows: Sequence[Mapping[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(FIT)
    for number, row in enumerate(rows):
        assert row.keys() <= FIT.keys()
        writer.writerow({**FIT, "户编号": f"3499{number:08}", **row}.values())
    return stream.getvalue()
