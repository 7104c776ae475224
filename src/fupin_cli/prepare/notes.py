"""The note on a template's header: what the column is, in which unit, what may stand in it."""

from fupin_cli.messages import Lang, say
from fupin_cli.model.columns import Column
from fupin_cli.model.values import ValueType


def note(column: Column, *, is_key: bool, lang: Lang) -> str:
    """The words of the note, a line for each thing there is to know."""
    lines = [
        say("template-heading", lang, label=column.label, name=column.name),
        say(f"template-form-{column.form.name}", lang),
    ]
    if column.unit:
        lines.append(say("template-unit", lang, unit=say(f"unit-{column.unit}", lang)))
    if column.form.codes:
        lines.append(say("template-codes", lang, codes=say("list-comma", lang).join(column.form.codes)))
    if column.type is ValueType.NUMBER and column.smallest is not None and column.largest is not None:
        lines.append(say("template-range", lang, smallest=f"{column.smallest:,}", largest=f"{column.largest:,}"))
    lines.append(say("template-key" if is_key else "template-blank", lang))
    return "\n".join(lines)
