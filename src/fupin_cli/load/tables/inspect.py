"""What a file holds and what becomes of it, whether or not it can be checked."""

from collections import Counter
from collections.abc import Mapping, Sequence

from fupin_cli.errors import InputRefused
from fupin_cli.load.tables.assemble import counts_of
from fupin_cli.load.tables.build import in_order, settle, take_file
from fupin_cli.load.tables.columnnames import nearest_header
from fupin_cli.load.tables.headers import Top, top_of, written
from fupin_cli.load.tables.layouts import TEMPLATE, is_known_elsewhere, layout_of
from fupin_cli.load.tables.merged import spread
from fupin_cli.load.tables.recognise import Plan, recognise
from fupin_cli.load.tables.work import Taken, Work
from fupin_cli.model.cells import Sheet, SourceFile, column_letter
from fupin_cli.model.inspection import ColumnReport, FileReport, Inspection, SheetReport, SheetState
from fupin_cli.model.problem import Problem
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.text import fold


def inspect_files(files: Sequence[SourceFile], chosen: Sequence[str] = ()) -> Inspection:
    """Reports on files as a check would take them, together; a file that it would refuse is described all the same."""
    work = Work()
    refusals: dict[int, InputRefused] = {}
    for source, file in enumerate(files):
        missing = [name for name in chosen if name not in {sheet.name for sheet in file.sheets}]
        if missing:
            names = "、".join(sheet.name for sheet in file.sheets)
            refusals[source] = InputRefused("sheet-not-found", path=file.path, sheet=missing[0], sheets=names)
            continue
        try:
            work.add(take_file(file, source, chosen, tuple(TABLES)))
        except InputRefused as error:
            refusals[source] = error
    try:
        settle(work, files)
    except InputRefused as error:
        refusals[next(source for source, file in enumerate(files) if file.path == error.facts["path"])] = error
    problems = in_order(work, files)
    return Inspection([_file(source, file, chosen, work, problems, refusals.get(source)) for source, file in enumerate(files)])


def _file(
    source: int, file: SourceFile, chosen: Sequence[str], work: Work, problems: Sequence[Problem], refusal: InputRefused | None
) -> FileReport:
    mine = [problem for problem in problems if problem.where is not None and problem.where.input == source]
    taken = {one.sheet.name: one for one in work.taken if one.source == source}
    sheets = [_sheet(sheet, taken.get(sheet.name), chosen, mine, refused=refusal is not None) for sheet in file.sheets]
    return FileReport(file.path, file.sha256, file.format, file.encoding, sheets, mine, refusal)


def _sheet(
    sheet: Sheet, taken: Taken | None, chosen: Sequence[str], problems: Sequence[Problem], *, refused: bool
) -> SheetReport:
    top = top_of(spread(sheet)) if taken is None else Top(taken.sheet, ())
    plan = taken.plan if taken is not None else recognise(top)
    state = _state(sheet, taken, plan, chosen, refused=refused)
    bare = SheetReport(sheet.name, sheet.hidden, state, len(sheet.rows), merged=len(sheet.merged))
    if plan is None:
        return bare
    main = plan.main
    first, last = (sheet.rows[index].as_py() for index in (main.first, main.index))
    columns = [_column(top.sheet, taken, plan, position, problems) for position in range(len(sheet.columns))]
    skipped = Counter(taken.skipped.values()) if taken is not None else None
    return SheetReport(
        name=sheet.name,
        hidden=sheet.hidden,
        state=state,
        filled=len(sheet.rows),
        tables=list(plan.headers),
        layout=_layout(plan),
        header_rows=(first, last),
        rows=counts_of(taken) if taken is not None else None,
        skipped=skipped,
        hidden_rows=len(sheet.hidden_rows),
        merged=len(sheet.merged),
        columns=[column for column in columns if column.header or column.problems or column.unused == "headless"],
    )


def _state(sheet: Sheet, taken: Taken | None, plan: Plan | None, chosen: Sequence[str], *, refused: bool) -> SheetState:
    if taken is not None:
        return "read"
    if chosen and sheet.name not in chosen:
        return "not-chosen"
    if sheet.hidden and not chosen:
        return "hidden"
    if not len(sheet.rows):
        return "empty"
    if plan is None:
        return "unknown"
    return "refused" if refused else "bare"


def _column(sheet: Sheet, taken: Taken | None, plan: Plan, position: int, problems: Sequence[Problem]) -> ColumnReport:
    letter, main = column_letter(position), plan.main
    header = written(sheet, main, position)
    told = [p for p in problems if p.severity != "info" and p.where is not None and p.where.sheet == sheet.name]
    count = sum(p.where is not None and p.where.letter == letter for p in told)
    grid = sheet.columns[position].take(taken.records) if taken is not None else None
    blank = grid.text.null_count if grid is not None else 0
    for table, one in plan.headers.items():
        for match in one.all():
            if match.position == position:
                return ColumnReport(letter, header, table, match.column.name, blank=blank, problems=count)
    text = main.texts[position]
    if not text:
        anything = grid is not None and grid.text.null_count < len(grid.text)
        return ColumnReport(letter, "", unused="headless" if anything else "", blank=blank, problems=count)
    if is_known_elsewhere(text):
        return ColumnReport(letter, header, unused="register", blank=blank, problems=count)
    near = nearest_header(text, list(plan.headers))
    return ColumnReport(letter, header, unused="unknown", nearest=near, blank=blank, problems=count)


def _layout(plan: Plan) -> str:
    texts = {text for text in plan.main.texts if text}
    labels: Mapping[str, set[str]] = {table: {fold(column.label) for column in fields(table).values()} for table in plan.headers}
    if len(plan.headers) == 1 and all(texts <= mine for mine in labels.values()):
        return TEMPLATE
    return layout_of(texts)
