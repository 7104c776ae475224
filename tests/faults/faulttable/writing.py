"""What must hold of everything that fupin writes, and of the rules that it reads: proved by tests that stand elsewhere."""

from faulttable.row import Fault, Group, Proved

_WRITE, _CSV, _MASK, _LINE = (
    "tests/report/test_write.py",
    "tests/report/test_csv.py",
    "tests/report/test_mask.py",
    "tests/cli/test_command_line.py",
)
_HERE, _YAML, _PARSER = "tests/faults/test_writing.py", "tests/rules/test_yamltext.py", "tests/rules/test_parser.py"


def _proved(identity: str, zh: str, en: str, does_zh: str, does_en: str, *tests: str) -> Fault:
    return Fault(identity, zh, en, Proved(tests, does_zh, does_en))


_refuses = ("不写，退出码 2", "not written, exit code 2")
WRITING = Group(
    "writing",
    "写结果文件",
    "Writing results",
    [
        _proved(
            "output-input-path",
            "输出就是输入（换一种写法的路径）",
            "The output is the input by another path",
            *_refuses,
            f"{_WRITE}::test_an_output_that_is_an_input_is_refused_by_whatever_name",
        ),
        _proved(
            "output-input-case",
            "输出就是输入，只差大小写",
            "The output is the input in other letter case",
            *_refuses,
            f"{_WRITE}::test_an_output_that_is_an_input_is_refused_by_whatever_name",
        ),
        _proved(
            "output-input-symlink",
            "输出是指向输入的符号链接",
            "The output is a symbolic link to the input",
            *_refuses,
            f"{_WRITE}::test_a_symbolic_link_to_an_input_is_refused",
        ),
        _proved(
            "output-input-hard-link",
            "输出是输入的硬链接",
            "The output is a hard link to the input",
            *_refuses,
            f"{_WRITE}::test_a_hard_link_to_an_input_is_refused",
        ),
        _proved(
            "disk-full",
            "磁盘满",
            "The disk is full",
            "不写，旧文件原样保留，退出码 3",
            "not written, the old file stays as it was, exit code 3",
            f"{_WRITE}::test_a_full_disk_leaves_the_old_file_and_is_refused",
            f"{_HERE}::test_a_disk_that_fills_up_leaves_the_old_file",
        ),
        _proved(
            "killed",
            "写到一半进程被强行结束（kill -9）",
            "The process is killed while it writes (kill -9)",
            "旧文件原样保留；可能留下一个以“.”开头的临时文件，可以删除",
            "the old file stays as it was; a temporary file whose name begins with a dot may be left, delete it",
            f"{_HERE}::test_kill_9_in_the_middle_leaves_the_old_file",
        ),
        _proved(
            "interrupted",
            "写到一半按 Ctrl-C 或出错",
            "Ctrl-C or an error in the middle",
            "旧文件原样保留，没有半个文件",
            "the old file stays as it was, there is no half file",
            f"{_WRITE}::test_what_breaks_in_the_middle_leaves_the_old_file_and_no_other",
            f"{_LINE}::test_ctrl_c_ends_with_130_one_line_and_no_file",
        ),
        _proved(
            "open-elsewhere",
            "结果文件正在别处打开",
            "The target is open elsewhere",
            "不写，旧文件原样保留，退出码 3",
            "not written, the old file stays as it was, exit code 3",
            f"{_WRITE}::test_a_file_that_another_program_holds_open_is_refused_and_kept",
        ),
        _proved(
            "read-only",
            "文件夹只读或不存在",
            "The folder is read-only or missing",
            "不写，退出码 3",
            "not written, exit code 3",
            f"{_WRITE}::test_a_folder_that_may_not_be_written_is_refused",
            f"{_WRITE}::test_a_place_that_cannot_hold_the_file_is_refused",
        ),
        _proved(
            "permissions",
            "别的用户能否看到结果",
            "May other users read the result?",
            "不能：权限 0600",
            "no: its mode is 0600",
            f"{_WRITE}::test_only_the_owner_may_read_what_is_written",
            f"{_WRITE}::test_while_it_is_written_nobody_else_may_read_it_either",
            "tests/cli/test_template.py::test_only_the_owner_may_read_it",
            "tests/cli/test_inspect.py::test_it_writes_a_file_that_only_its_owner_reads",
        ),
        _proved(
            "formula-injection",
            "姓名写成公式、制表符开头、全角等号",
            "A name that is a formula, or begins with TAB or a full-width sign",
            "csv 里加 ' 作文字",
            "stays text in csv behind a '",
            f"{_CSV}::test_a_text_that_a_spreadsheet_would_run_is_quoted",
            f"{_CSV}::test_no_cell_of_the_report_starts_live_whatever_names_and_paths_hold",
        ),
        _proved(
            "terminal-injection",
            "姓名里有控制终端的字符",
            "A name with characters that steer a terminal",
            "显示出来，不起作用",
            "shown, without effect",
            "tests/report/test_terminal.py::test_a_name_cannot_steer_the_terminal",
            "tests/report/test_terminal.py::test_a_name_is_never_markup",
        ),
        _proved(
            "json-lossless",
            "任何文字写进 JSON",
            "Any text in JSON",
            "读回来一字不差",
            "comes back as it was",
            "tests/report/test_json.py::test_a_name_is_lossless_whatever_it_holds",
        ),
        _proved(
            "surrogate-written",
            "写不出的半个字符",
            "Half a character that no encoding knows",
            "换成“?”",
            "becomes a question mark",
            f"{_WRITE}::test_what_no_encoding_knows_becomes_a_question_mark_not_an_error",
        ),
        _proved(
            "same-bytes",
            "同样的输入再跑一次，换时区、语言",
            "The same input again, in another zone and locale",
            "结果逐字节相同",
            "the same bytes",
            f"{_LINE}::test_the_same_input_gives_the_same_bytes_whatever_seed_locale_and_zone",
            "tests/prepare/test_template.py::test_the_same_template_is_the_same_bytes_and_knows_no_time",
        ),
        _proved(
            "canaries",
            "证件号码、电话会不会漏出去",
            "Do identity or telephone numbers leak?",
            "不会：结果、提示、错误里都打码",
            "no: masked in results, hints and errors",
            f"{_MASK}::test_no_digit_of_a_canary_is_in_any_report",
            f"{_LINE}::test_a_bug_of_ours_ends_with_4_and_quotes_no_data",
            "tests/faults/test_faults.py::test_what_the_table_says_happens",
        ),
    ],
)
RULES = Group(
    "rules",
    "规则包与界限",
    "Rule packs and thresholds",
    [
        _proved(
            "threshold",
            "数值正好在界限上",
            "A value exactly at a threshold",
            "按十进制精确比较",
            "compared exactly, in decimals",
            "tests/evaluate/test_thresholds.py::*",
        ),
        _proved(
            "operand-missing",
            "算式里缺一项",
            "A part of a sum is missing",
            "结果作未知，不当 0",
            "the sum is unknown, never 0",
            "tests/evaluate/test_blanks.py::*",
        ),
        _proved(
            "expression",
            "条件写错、写了不许写的东西",
            "A condition that is wrong or hostile",
            "规则包不用，指出行、列和最接近的名称",
            "the pack is refused, with line, column and the nearest name",
            f"{_PARSER}::*",
        ),
        _proved(
            "yaml",
            "YAML 里有重复键、别名、标签、过深、过大",
            "YAML with a duplicate key, alias, tag, too deep, too large",
            "规则包不用，指出行",
            "the pack is refused, with the line",
            f"{_YAML}::test_what_is_clever_or_broken_is_refused_where_it_stands",
            f"{_YAML}::test_a_nest_of_thirteen_is_refused_where_it_becomes_too_deep",
            f"{_YAML}::test_a_file_over_a_megabyte_is_refused",
        ),
    ],
)
