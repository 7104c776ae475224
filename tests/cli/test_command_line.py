"""The command line as a stranger meets it: exit codes, one clear line, the next step, nothing written, no traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.cli.main import COMMANDS, root

Run = Callable[..., subprocess.CompletedProcess[bytes]]

HEADER = ["户编号", "年度", "人均纯收入", "不愁吃", "不愁穿", "义务教育有保障", "基本医疗有保障", "住房安全有保障", "饮水安全"]
GOOD = ["H1", 2018, 5000, "是", "是", "是", "是", "是", "是"]


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "户"
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    text = done.stderr.decode("utf-8")
    assert "Traceback" not in text
    return text


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return workbook(tmp_path / "好.xlsx", HEADER, GOOD)


def test_exit_code_is_0_when_every_household_meets_the_standard(fupin_process: Run, good: Path) -> None:
    done = fupin_process("check-exit", good, LC_ALL="C", LANG="en_US")
    assert done.returncode == 0, said(done)
    # Chinese, whatever the locale.
    assert "全部符合" in done.stdout.decode("utf-8")
    # What a process writes into a pipe has no colour.
    assert b"\x1b" not in done.stdout


def test_exit_code_is_1_when_one_household_does_not(fupin: Run, tmp_path: Path) -> None:
    assert fupin("check-exit", workbook(tmp_path / "a.xlsx", HEADER, GOOD, ["H2", 2018, 2995, *GOOD[3:]])).returncode == 1


def test_exit_code_is_1_when_one_household_is_undetermined(fupin: Run, tmp_path: Path) -> None:
    assert fupin("check-exit", workbook(tmp_path / "a.xlsx", HEADER, GOOD, ["H2", 2018, None, *GOOD[3:]])).returncode == 1


def test_exit_code_is_1_when_a_household_got_no_verdict_because_its_number_stands_twice(fupin: Run, tmp_path: Path) -> None:
    assert fupin("check-exit", workbook(tmp_path / "a.xlsx", HEADER, GOOD, ["H2", *GOOD[1:]], ["H2", *GOOD[1:]])).returncode == 1


@pytest.mark.parametrize(("arguments", "code"), [(["chek-exit"], 2), (["check-exit", "nowhere.xlsx"], 3)])
def test_a_refusal_is_the_exit_code_of_the_process_and_nothing_is_on_stdout(
    arguments: list[str], code: int, fupin_process: Run
) -> None:
    done = fupin_process(*arguments)
    assert (done.returncode, done.stdout) == (code, b"")
    assert "提示：" in said(done)


USAGE = {
    "no command": ([], "缺少命令"),
    "misspelt command": (["chek-exit", "{good}"], "是不是 check-exit"),
    "misspelt subcommand": (["rules", "lst"], "是不是 list"),
    "misspelt option": (["check-exit", "--rulse", "x", "{good}"], "是不是 --rules"),
    "no file": (["check-exit"], "没有给出文件"),
    "unknown format": (["check-exit", "{good}", "--format", "pdf"], "table csv json"),
    "unknown suffix": (["check-exit", "{good}", "-o", "{folder}/out.pdf"], "--format"),
    "unknown parameter": (["check-exit", "{good}", "--set", "poverty_lin=1"], "是不是 poverty_line"),
    "parameter that is no number": (["check-exit", "{good}", "--set", "poverty_line=1e3x"], "不是普通数字"),
    "parameter without a value": (["check-exit", "{good}", "--set", "poverty_line"], "名称=值"),
    "unknown field": (["check-exit", "{good}", "--assume", "water_saf=是"], "是不是 water_safe"),
    "assumption that cannot be read": (["check-exit", "{good}", "--assume", "water_safe=也许"], "不是“饮水安全”的取值"),
    "assumption of who it is": (["check-exit", "{good}", "--assume", "household_id=1"], "不能假设"),
    "unknown pack": (["check-exit", "{good}", "--rules", "national-2061"], "是不是 national-2016"),
    "missing rules directory": (["check-exit", "{good}", "--rules", "./nowhere"], "规则目录不存在"),
    "date that is none": (["check-exit", "{good}", "--as-of", "2018-02-30"], "--as-of"),
    "limit that is none": (["check-exit", "{good}", "--limit", "-1"], "--limit"),
    "output is the input": (["check-exit", "{good}", "-o", "{good}", "--format", "csv"], "就是输入文件"),
    "unmasked on the terminal": (["check-exit", "{good}", "--no-mask"], "--no-mask"),
    "unmasked on stdout": (["check-exit", "{good}", "--no-mask", "--format", "json"], "--no-mask"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_command_line_is_refused_with_exit_code_2_and_writes_nothing(
    name: str, fupin: Run, good: Path, tmp_path: Path
) -> None:
    arguments, words = USAGE[name]
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = fupin(*(part.format(good=good, folder=tmp_path) for part in arguments))
    assert done.returncode == 2
    assert words in said(done)
    assert done.stdout == b""
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def refused_files(folder: Path) -> dict[str, tuple[Path, str]]:
    empty = folder / "empty.xlsx"
    empty.write_bytes(b"")
    picture = folder / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    locked = folder / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)
    return {
        "missing": (folder / "nowhere.xlsx", "找不到文件"),
        "a folder": (folder, "文件夹"),
        "empty": (empty, "空文件"),
        "not a workbook": (picture, "不是能读的表格"),
        "password": (locked, "密码"),
        "header only": (workbook(folder / "h.xlsx", HEADER), "没有数据行"),
        "no known column": (workbook(folder / "u.xlsx", ["甲", "乙"], [1, 2]), "找不到认识的表头"),
        "nothing at all": (workbook(folder / "n.xlsx"), "没有任何内容"),
    }


@pytest.mark.parametrize(
    "name", ["missing", "a folder", "empty", "not a workbook", "password", "header only", "no known column", "nothing at all"]
)
def test_file_that_cannot_be_judged_is_refused_with_exit_code_3(name: str, fupin: Run, tmp_path: Path) -> None:
    path, words = refused_files(tmp_path)[name]
    output = tmp_path / "out.json"
    done = fupin("check-exit", path, "-o", output)
    assert done.returncode == 3
    text = said(done)
    assert words in text
    assert "提示：" in text
    assert not output.exists()


def test_data_without_a_year_asks_for_as_of(fupin: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER[0], *HEADER[2:]], [GOOD[0], *GOOD[2:]])
    done = fupin("check-exit", path)
    assert done.returncode == 2
    assert "--as-of" in said(done)
    assert fupin("check-exit", path, "--as-of", "2018-12-31").returncode == 0


def test_the_year_of_as_of_chooses_the_line_where_the_data_has_none(fupin: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER[0], *HEADER[2:]], [GOOD[0], 3500, *GOOD[3:]])
    assert fupin("check-exit", path, "--as-of", "2018-12-31").returncode == 0  # 3500 > 2995
    assert fupin("check-exit", path, "--as-of", "2020-12-31").returncode == 1  # 3500 < 4000


def test_one_bad_file_of_a_batch_is_told_and_the_rest_is_judged(fupin: Run, good: Path, tmp_path: Path) -> None:
    done = fupin("check-exit", good, tmp_path / "nowhere.xlsx", "--format", "json")
    assert done.returncode == 3
    assert "找不到文件" in said(done)
    assert json.loads(done.stdout)["summary"]["subjects"] == 1


def test_a_mistake_in_a_pack_names_file_line_and_column_and_the_nearest_name(
    fupin: Run, good: Path, tmp_path: Path, samples: Path
) -> None:
    pack = tmp_path / "national-2016"
    source = samples.parent / "rules" / "national-2016"
    for path in source.rglob("*.yaml"):
        target = pack / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8").replace("require: water_safe", "require: water_saef"), "utf-8")
    line = (pack / "household-exit.yaml").read_text("utf-8")[
        : (pack / "household-exit.yaml").read_text("utf-8").index("water_saef")
    ].count("\n") + 1
    done = fupin("check-exit", good, "--rules", pack)
    assert done.returncode == 3
    assert f"national-2016/household-exit.yaml:{line}:14" in said(done)
    assert "是不是 water_safe" in said(done)


def test_setting_a_parameter_and_assuming_a_value_stand_in_the_report(fupin: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, ["H1", 2018, 3000, None, *GOOD[4:]])
    done = fupin("check-exit", path, "--set", "poverty_line=3100", "--assume", "food_secure=是", "--format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["rules"]["parameters"]["poverty_line"] == [{"value": "3100", "status": "set"}]
    assert report["assumptions"] == {"food_secure": "是"}
    failed = [check for check in report["results"][0]["checks"] if check["status"] == "fail"]
    assert [(check["id"], check["margin"]["value"]) for check in failed] == [("income", "-100")]


def test_assumption_never_fills_a_value_that_is_there_but_unreadable(fupin: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, ["H1", 2018, 5000, "大概", *GOOD[4:]])
    done = fupin("check-exit", path, "--assume", "food_secure=是", "--format", "json")
    assert json.loads(done.stdout)["results"][0]["outcome"] == "undetermined"


@pytest.mark.parametrize("suffix", ["json", "csv", "txt"])
def test_the_suffix_of_the_output_chooses_the_format(suffix: str, fupin: Run, good: Path, tmp_path: Path) -> None:
    output = tmp_path / f"结果.{suffix}"
    done = fupin("check-exit", good, "-o", output)
    assert done.returncode == 0, said(done)
    assert done.stdout == b""
    start = {"json": b'{\n "schema"', "csv": b"\xef\xbb\xbf", "txt": "贫困户".encode()}[suffix]
    assert output.read_bytes().startswith(start)
    if os.name == "posix":
        assert output.stat().st_mode & 0o777 == 0o600


def test_an_output_that_cannot_be_written_ends_with_exit_code_3(fupin: Run, good: Path, tmp_path: Path) -> None:
    done = fupin("check-exit", good, "-o", tmp_path / "nowhere" / "out.csv")
    assert done.returncode == 3
    assert "写不了" in said(done)


def test_the_same_input_gives_the_same_bytes_whatever_seed_locale_and_zone(samples: Path, tmp_path: Path) -> None:
    ways = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    ]
    # What stands first in each of the files that a run writes.
    files = {"a.json": b'{\n "schema": "fupin.result/1"', "a.csv": "\ufeff户编号".encode(), "a.txt": "贫困户退出检查".encode()}
    made = []
    for number, way in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = [sys.executable, "-m", "fupin_cli", "check-exit", "everything-wrong.xlsx", "--quiet"]
        outputs = [word for name in files for word in ("-o", str(folder / name))]
        done = subprocess.run(
            [*command, *outputs], cwd=samples, env={**os.environ, **way}, capture_output=True, check=False, timeout=120
        )
        assert done.returncode == 1, done.stderr
        made.append({name: (folder / name).read_bytes() for name in files})
    assert made[0] == made[1]
    for name, beginning in files.items():
        assert beginning in made[0][name]


def test_english_is_spoken_on_request(fupin: Run, good: Path) -> None:
    assert "All households meet" in fupin("check-exit", good, "--lang", "en").stdout.decode()
    assert "All households meet" in fupin("check-exit", good, FUPIN_LANG="en").stdout.decode()
    assert "Did you mean check-exit?" in said(fupin("chek-exit", "--lang", "en"))


def test_no_colour_and_no_trailing_blanks_where_no_terminal_is(fupin: Run, samples: Path) -> None:
    text = fupin("check-exit", samples / "households.xlsx").stdout.decode("utf-8")
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_reader_that_has_enough_of_us_ends_the_run_quietly(samples: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "fupin_cli", "check-exit", str(samples / "households.xlsx"), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_ctrl_c_ends_with_130_one_line_and_no_file(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    code = (
        "import sys, signal, os\n"
        "from fupin_cli.cli import main as m\n"
        "import fupin_cli.pipeline\n"
        # A shell that runs us in the background lets us inherit a SIGINT that is ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def stop(*a, **k): os.kill(os.getpid(), signal.SIGINT)\n"
        "fupin_cli.pipeline.read_files = stop\n"
        f"sys.exit(m.main(['check-exit', 'x.xlsx', '-o', {str(output)!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 130
    assert said(done).split() == ["已中断，没有写入任何结果。"]
    assert not output.exists()


def test_a_bug_of_ours_ends_with_4_and_quotes_no_data(fupin: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("349900199001011234")

    monkeypatch.setattr("fupin_cli.pipeline.read_files", broken)
    done = fupin("check-exit", "x.xlsx")
    assert done.returncode == 4
    assert "RuntimeError" in said(done)
    assert "3499001990" not in said(done)


def test_the_table_of_commands_is_the_commands() -> None:
    context = root.make_context("fupin", [], resilient_parsing=True)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize("arguments", [("--help",), ("check-exit", "--help"), ("rules", "--help"), ("rules", "show", "--help")])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_is_there_in_both_languages(arguments: tuple[str, ...], lang: str, fupin: Run) -> None:
    done = fupin(*arguments, FUPIN_LANG=lang)
    assert done.returncode == 0
    text = done.stdout.decode("utf-8")
    assert ("用法：" if lang == "zh" else "Usage: ") in text
    assert "opt-" not in text
    assert "help-" not in text


def test_help_loads_no_heavy_module() -> None:
    code = (
        "import sys\n"
        "from fupin_cli.cli.main import main\n"
        "main(['--help'])\n"
        "heavy = {'pydantic', 'pyarrow', 'duckdb', 'sqlglot', 'openpyxl', 'rich', 'numpy', 'yaml'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.stderr == b""
    assert done.returncode == 0


def test_rules_list_show_and_test_answer(fupin: Run) -> None:
    assert "national-2016" in fupin("rules", "list").stdout.decode("utf-8")
    shown = fupin("rules", "show", "national-2016", COLUMNS="400").stdout.decode("utf-8")
    for words in (
        "poverty_line",
        "2995",
        "未确认",
        "厅字〔2016〕16号",
        "income_per_capita > $poverty_line",
        "年人均纯收入是否稳定超过国家脱贫标准",
    ):
        assert words in shown
    tested = fupin("rules", "test")
    assert tested.returncode == 0, tested.stdout.decode("utf-8")


def test_rules_test_fails_on_a_case_that_does_not_hold(fupin: Run, tmp_path: Path) -> None:
    pack = tmp_path / "wrong-case"
    (pack / "cases").mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "pack: wrong-case\nversion: 1\ntitle: {zh: 例, en: Example}\ndocuments: {}\neffective: {from: 2018-01-01}\nextends: national-2016\n",
        "utf-8",
    )
    (pack / "cases" / "household-exit.yaml").write_text(
        "- name: 空白的户不可能符合\n  year: 2018\n  given: {household: {income_per_capita: ''}}\n  expect: {outcome: eligible}\n",
        "utf-8",
    )
    done = fupin("rules", "test", f"{pack}")
    assert done.returncode == 1
    assert "空白的户不可能符合" in done.stdout.decode("utf-8")
