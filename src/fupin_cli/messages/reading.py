"""What fupin says about files that it reads."""

from fupin_cli.messages.entry import Message

_SAVE_AS_ZH = "用 Excel 或 WPS 打开该文件，选“文件 → 另存为”，类型选“Excel 工作簿（*.xlsx）”，再检查另存的文件。"
_SAVE_AS_EN = "Open it in Excel or WPS, choose File → Save As, type “Excel Workbook (*.xlsx)”, and check the saved file."
_REPAIR_ZH = "向提供者重新要一份；能打开时，用 Excel 或 WPS 打开（按提示修复）后另存为 .xlsx。"
_REPAIR_EN = "Ask the sender for a new copy; if Excel or WPS can still open (and repair) it, save it as .xlsx."
_SOURCE_ZH = "先确认文件来源可靠；可靠时，用 Excel 或 WPS 打开后另存为一份新的 .xlsx。"
_SOURCE_EN = "Make sure that you trust where the file comes from; if so, open it in Excel or WPS and save a new .xlsx."
_SPLIT_ZH = "按乡镇或年度拆成几个文件，分别检查。"
_SPLIT_EN = "Split it, by township or year, and check the parts."
_RESAVE_CSV_ZH = "用 Excel 或 WPS 打开原表，另存为 .xlsx 后再检查；或在该行附近改正。"
_RESAVE_CSV_EN = "Save the original table as .xlsx and check that; or correct the file near that line."

MESSAGES: dict[str, Message] = {
    # The file itself
    "file-not-found": Message(
        "找不到文件：{path}",
        "File not found: {path}",
        "检查路径与文件名，路径含空格时加引号。",
        "Check the path and name; quote a path with spaces.",
    ),
    "file-not-permitted": Message(
        "没有权限读取：{path}",
        "No permission to read: {path}",
        "文件若正在 Excel 或 WPS 中打开，先关闭；否则请管理员给您读取权限。",
        "Close it if it is open in Excel or WPS; otherwise ask for permission to read it.",
    ),
    "file-unreadable": Message(
        "读取失败：{path}（{reason}）",
        "Cannot read: {path} ({reason})",
        "把文件复制到本机硬盘后再试。",
        "Copy the file to a local disk and try again.",
    ),
    "file-is-directory": Message(
        "{path} 是文件夹，不是文件。",
        "{path} is a folder, not a file.",
        "写出文件夹里要检查的文件名。",
        "Name the files in it that you want checked.",
    ),
    "file-not-regular": Message(
        "{path} 不是普通文件。", "{path} is not a regular file.", "先把内容保存为文件。", "Save its content to a file first."
    ),
    "file-is-lock": Message(
        "{path} 是 Excel 或 WPS 打开文件时留下的临时文件，里面没有表格。",
        "{path} is a temporary file that Excel or WPS leaves while a workbook is open; there is no table in it.",
        "去掉文件名开头的“~$”，检查原来的文件。",
        "Check the file whose name is the same without “~$”.",
    ),
    "file-empty": Message(
        "{path} 是空文件（0 字节）。",
        "{path} is empty (0 bytes).",
        "可能没有传输完整，重新复制或下载一次。",
        "Copy or download it again; it may not have arrived.",
    ),
    "file-changed": Message(
        "读取时 {path} 被改动了。",
        "{path} changed while it was being read.",
        "等保存完成后再运行一次。",
        "Wait until it is saved and run again.",
    ),
    # What it is
    "format-unknown": Message(
        "{path} 不是能读的表格（能读 .xlsx、.xlsm、.xls、.csv、网页表格、XML 表格 2003、Parquet）。",
        "{path} is not a table that can be read (.xlsx, .xlsm, .xls, .csv, web pages, XML Spreadsheet 2003 and Parquet can).",
        "确认选对了文件。是表格时：" + _SAVE_AS_ZH,
        "Make sure it is the right file. If it is a table: " + _SAVE_AS_EN,
    ),
    "format-document": Message(
        "{path} 是 PDF 或 Word 文档，不是表格。",
        "{path} is a PDF or Word document, not a table.",
        "向提供者要原来的表格（.xlsx）；Word 里的表格可以复制到 Excel，另存为 .xlsx 后再检查。",
        "Ask the sender for the original table (.xlsx); a table in Word can be copied into Excel and saved as .xlsx.",
    ),
    "format-utf-16": Message(
        "{path} 像是 UTF-16 文本，但开头没有字节顺序标记（BOM），读法不唯一。",
        "{path} looks like UTF-16 text without a byte order mark, which can be read in two ways.",
        "用记事本打开，确认文字正常后另存为“带有 BOM 的 UTF-8”，再检查。",
        "Open it in a text editor, see that the words are right, save it as “UTF-8 with BOM”, and check that.",
    ),
    "format-ods": Message(
        "{path} 是 .ods 表格，不能直接读。", "{path} is an .ods spreadsheet, which is not read.", _SAVE_AS_ZH, _SAVE_AS_EN
    ),
    "format-xlsb": Message(
        "{path} 是二进制工作簿（.xlsb），不能直接读。",
        "{path} is a binary workbook (.xlsb), which is not read.",
        _SAVE_AS_ZH,
        _SAVE_AS_EN,
    ),
    "format-zip": Message(
        "{path} 是压缩包，不是表格。",
        "{path} is a zip archive, not a table.",
        "先解压，再检查里面的文件。",
        "Unpack it and check the files in it.",
    ),
    "extension-mismatch": Message(
        "扩展名与内容不符，已按内容读取。",
        "The file's suffix does not fit its content; it was read by its content.",
        "网页或文本常被命名为 .xls：数值、日期核对无误即可；要消除本提示，用 Excel 或 WPS 打开后另存为 .xlsx。",
        "Web pages and texts are often called .xls: compare a few values; to be rid of this, open it in Excel or WPS and save it as .xlsx.",
    ),
    # Workbooks
    "workbook-encrypted": Message(
        "{path} 设有打开密码，不能读取。",
        "{path} is protected with a password and cannot be read.",
        "去掉密码：Excel 选“文件 → 信息 → 保护工作簿 → 用密码进行加密”，WPS 选“文件 → 文档加密 → 密码加密”，清空密码后保存。",
        "Remove it: in Excel, File → Info → Protect Workbook → Encrypt with Password; in WPS, File → Encrypt; clear the password, save.",
    ),
    "workbook-damaged": Message(
        "{path} 已损坏或不完整（{where}）。", "{path} is damaged or incomplete ({where}).", _REPAIR_ZH, _REPAIR_EN
    ),
    "workbook-has-dtd": Message(
        "{path} 的 {part} 含有外部定义（DTD），正常的表格没有，为安全起见不读。",
        "{part} in {path} holds a DTD, which no proper workbook does; for safety it is not read.",
        _SOURCE_ZH,
        _SOURCE_EN,
    ),
    "workbook-is-bomb": Message(
        "{path} 的 {part} 解压后异常膨胀（压缩炸弹），为安全起见不读。",
        "{part} in {path} inflates beyond all measure (a zip bomb); for safety it is not read.",
        _SOURCE_ZH,
        _SOURCE_EN,
    ),
    "workbook-duplicate-part": Message(
        "{path} 内部有重名或重叠的部分，不同软件会读出不同内容，不读。",
        "Parts in {path} share a name or overlap, so that two programs would read two tables; it is not read.",
        _SOURCE_ZH,
        _SOURCE_EN,
    ),
    "workbook-too-many-parts": Message(
        "{path} 内部超过 {limit} 个部分，不读。", "{path} has more than {limit} parts; it is not read.", _SOURCE_ZH, _SOURCE_EN
    ),
    "workbook-too-many-sheets": Message(
        "{path} 的工作表超过 {limit} 个，不读。", "{path} has more than {limit} sheets; it is not read.", _SPLIT_ZH, _SPLIT_EN
    ),
    "workbook-too-large": Message(
        "{path} 太大：解压后 {part} 超过 {limit} MB。",
        "{path} is too large: inflated, {part} exceeds {limit} MB.",
        _SPLIT_ZH,
        _SPLIT_EN,
    ),
    "workbook-needs-memory": Message(
        "读取 {path} 需要的内存超过 {limit} MB。", "Reading {path} takes more than {limit} MB of memory.", _SPLIT_ZH, _SPLIT_EN
    ),
    "workbook-takes-too-long": Message(
        "读取 {path} 超过 {seconds} 秒，已停止。",
        "Reading {path} took more than {seconds} seconds and was stopped.",
        _SPLIT_ZH,
        _SPLIT_EN,
    ),
    "workbook-reader-died": Message(
        "读取 {path} 时读表程序意外终止，文件可能已损坏或含恶意内容。",
        "The reader broke down on {path}; the file may be damaged or malicious.",
        _REPAIR_ZH,
        _REPAIR_EN,
    ),
    "workbook-unreadable": Message(
        "{path} 读不懂（{what}，{where}）。", "{path} cannot be understood ({what}, {where}).", _REPAIR_ZH, _REPAIR_EN
    ),
    "workbook-without-sheets": Message(
        "{path} 里没有工作表。",
        "{path} has no worksheet.",
        "图表页不算工作表；确认选对了文件。",
        "A chart is no worksheet; make sure it is the right file.",
    ),
    "macros-ignored": Message(
        "文件含有宏，没有运行。",
        "The file holds macros; they were not run.",
        "结果若靠宏计算，先在 Excel 中算好并保存。",
        "If they compute values, run them in Excel and save.",
    ),
    "external-links-ignored": Message(
        "文件引用了其他文件，没有打开，用的是上次保存的数值。",
        "The file refers to other files; they were not opened, the values saved last were used.",
        "引用的数据若有更新，先在 Excel 中“数据 → 编辑链接 → 更新值”并保存。",
        "If those have changed, update the links in Excel and save.",
    ),
    # Sheets
    "sheet-not-found": Message(
        "{path} 里没有工作表“{sheet}”。现有：{sheets}",
        "{path} has no sheet “{sheet}”. There are: {sheets}",
        "核对 --sheet 的名称，空格也要一致；csv 文件没有工作表，去掉 --sheet。",
        "Check the name given to --sheet, spaces too; a csv file has no sheets, leave --sheet out.",
    ),
    "sheet-rows-disordered": Message(
        "{path} 工作表“{sheet}”第 {row} 行之后的行号或单元格位置错乱，文件已损坏。",
        "Rows or cells of sheet “{sheet}” in {path} are out of order after row {row}; the file is damaged.",
        _REPAIR_ZH,
        _REPAIR_EN,
    ),
    "sheet-text-missing": Message(
        "{path} 工作表“{sheet}”第 {row} 行引用的文字不存在，文件已损坏。",
        "A text in row {row} of sheet “{sheet}” in {path} does not exist; the file is damaged.",
        _REPAIR_ZH,
        _REPAIR_EN,
    ),
    "sheet-too-many-cells": Message(
        "{path} 工作表“{sheet}”太大：{rows} 行 × {columns} 列，最多 {limit} 格。",
        "Sheet “{sheet}” in {path} is too large: {rows} rows × {columns} columns, at most {limit} cells.",
        "表格右侧很远处若有多余内容，选中那些列删除后保存；否则按乡镇或年度拆分。",
        "If something stands far to the right, delete those columns and save; otherwise split it by township or year.",
    ),
    "sheet-merges": Message(
        "{path} 工作表“{sheet}”的合并单元格有重叠或超出表格，说不清哪个值属于哪些格，不读。",
        "Merged cells in sheet “{sheet}” of {path} overlap or lie outside the sheet, so that nobody can say which value belongs where.",
        "用 Excel 或 WPS 打开（按提示修复），取消有问题的合并后另存为 .xlsx。",
        "Open it in Excel or WPS (let it repair), unmerge those cells and save it as .xlsx.",
    ),
    "sheet-too-many-merges": Message(
        "{path} 工作表“{sheet}”的合并单元格超过 {limit} 处，不读。",
        "Sheet “{sheet}” in {path} has more than {limit} merged cells; it is not read.",
        "在 Excel 中取消合并并填充每一格，再检查。",
        "Unmerge them in Excel, fill every cell, and check again.",
    ),
    "sheet-too-much-text": Message(
        "{path} 工作表“{sheet}”的长文字合计超过 {limit} MB，不读。",
        "Long texts in sheet “{sheet}” of {path} exceed {limit} MB; it is not read.",
        _SOURCE_ZH,
        _SOURCE_EN,
    ),
    "sheet-too-many-rows": Message(
        "{path} 的“{sheet}”超过 {limit} 行，不能一次读取。",
        "“{sheet}” in {path} has more than {limit} rows and is not read at once.",
        _SPLIT_ZH,
        _SPLIT_EN,
    ),
    "sheet-too-many-columns": Message(
        "{path} 的“{sheet}”超过 {limit} 列，不读。",
        "“{sheet}” in {path} has more than {limit} columns; it is not read.",
        "多半是系统导出出错；删去多余的列，或用 Excel 打开后另存为 .xlsx。",
        "The export probably went wrong; remove the columns that are too many, or open it in Excel and save it as .xlsx.",
    ),
    # Web pages
    "html-without-table": Message(
        "{path} 是网页，里面没有表格。",
        "{path} is a web page without a table.",
        "可能只保存了框架页或登录页：重新导出；或在浏览器中打开，复制表格到 Excel，另存为 .xlsx。",
        "Perhaps only a frame or a login page was saved: export it again; or open it in a browser, copy the table into Excel, save it as .xlsx.",
    ),
    "html-encoding": Message(
        "{path} 声明的编码是 {encoding}，不能读。",
        "{path} says that it is encoded in {encoding}, which is not read.",
        _SAVE_AS_ZH,
        _SAVE_AS_EN,
    ),
    "html-too-many-tables": Message(
        "{path} 的表格超过 {tables} 个，或嵌套超过 {nested} 层，不读。",
        "{path} has more than {tables} tables, or more than {nested} inside one another; it is not read.",
        _SAVE_AS_ZH,
        _SAVE_AS_EN,
    ),
    # Parquet
    "parquet-type": Message(
        "{path} 的列“{column}”类型是 {type}，不能当作一格来读。",
        "Column “{column}” of {path} has type {type}, which is no value of a cell.",
        "导出时把该列转为文本、数值或不带时区的日期；嵌套的列展开成几列。",
        "Export it as text, a number or a date without a time zone; turn nested columns into several.",
    ),
    # csv
    "csv-too-large": Message(
        "{path} 超过 {limit} MB，不能一次读取。",
        "{path} is larger than {limit} MB and is not read at once.",
        _SPLIT_ZH,
        _SPLIT_EN,
    ),
    "csv-encoding": Message(
        "{path} 第 {line} 行有乱码（字节位置 {offset}，从 0 数起）：既不全是 UTF-8，也不全是 GB18030。",
        "{path} mixes encodings: line {line} (byte offset {offset}) is neither UTF-8 nor GB18030 like the rest.",
        "多半是把两个文件拼在了一起。分别打开，都另存为“CSV UTF-8”后再合并。",
        "Two files were probably joined. Open each, save both as “CSV UTF-8”, and join those.",
    ),
    "csv-nul": Message(
        "{path} 第 {line} 行有空字符（NUL），文件已损坏。",
        "Line {line} of {path} holds a NUL character; the file is damaged.",
        _RESAVE_CSV_ZH,
        _RESAVE_CSV_EN,
    ),
    "csv-quote": Message(
        "{path} 从第 {line} 行起的双引号没有配对。",
        "A quotation mark from line {line} of {path} on is not closed properly.",
        _RESAVE_CSV_ZH,
        _RESAVE_CSV_EN,
    ),
    "csv-short": Message(
        "{path} 第 {line} 行只有 {found} 格，而表头有 {expected} 格：这一行不完整，后面的值可能错了列。",
        "Line {line} of {path} has only {found} cells, the header {expected}: the row is incomplete, or its values stand in wrong columns.",
        _RESAVE_CSV_ZH,
        _RESAVE_CSV_EN,
    ),
    "csv-ragged": Message(
        "{path} 第 {line} 行有 {found} 格，而表头只有 {expected} 格：某格里多半有没加引号的分隔符。",
        "Line {line} of {path} has {found} cells, the header only {expected}: a value probably holds an unquoted delimiter.",
        _RESAVE_CSV_ZH,
        _RESAVE_CSV_EN,
    ),
}
