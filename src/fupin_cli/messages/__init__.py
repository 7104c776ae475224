"""The one catalogue of everything that fupin says, keyed by code, in Chinese and English.

A message has a text and, where there is a next step, a hint. Both are ``str.format`` patterns over the facts of an error, a
problem or a report line; nothing in them steers a terminal. Each neighbour module holds the words of one part of the program; ``CATALOGUE`` joins them.
"""

from typing import Literal

from fupin_cli.messages import (
    baseline,
    batch,
    cells,
    charts,
    commands,
    consistency,
    counties,
    coverage,
    declared,
    drafts,
    explain,
    formats,
    inspection,
    manifest,
    packs,
    page,
    proofs,
    rates,
    reading,
    reconcile,
    reports,
    rosters,
    rules,
    sample,
    schemas,
    settings,
    sqltext,
    story,
    summary,
    tables,
    template,
    unread,
    verification,
    villages,
    whatif,
    workbook,
    years,
)
from fupin_cli.messages.entry import Message
from fupin_cli.messages.steering import unsteered

Lang = Literal["zh", "en"]

CATALOGUE: dict[str, Message] = {
    **baseline.MESSAGES,
    **batch.MESSAGES,
    **cells.MESSAGES,
    **charts.MESSAGES,
    **commands.MESSAGES,
    **counties.MESSAGES,
    **consistency.MESSAGES,
    **coverage.MESSAGES,
    **declared.MESSAGES,
    **drafts.MESSAGES,
    **explain.MESSAGES,
    **formats.MESSAGES,
    **inspection.MESSAGES,
    **manifest.MESSAGES,
    **packs.MESSAGES,
    **page.MESSAGES,
    **proofs.MESSAGES,
    **rates.MESSAGES,
    **reading.MESSAGES,
    **reconcile.MESSAGES,
    **reports.MESSAGES,
    **rosters.MESSAGES,
    **rules.MESSAGES,
    **sample.MESSAGES,
    **schemas.MESSAGES,
    **sqltext.MESSAGES,
    **settings.MESSAGES,
    **story.MESSAGES,
    **summary.MESSAGES,
    **tables.MESSAGES,
    **template.MESSAGES,
    **unread.MESSAGES,
    **verification.MESSAGES,
    **villages.MESSAGES,
    **whatif.MESSAGES,
    **workbook.MESSAGES,
    **years.MESSAGES,
}


def say(code: str, lang: Lang, /, **facts: object) -> str:
    """The text of a message. ``KeyError`` for an unknown code is a bug of ours, and a test looks for it."""
    message = CATALOGUE[code]
    return unsteered((message.zh if lang == "zh" else message.en).format(**facts))


def hint(code: str, lang: Lang, /, **facts: object) -> str:
    """The next step that belongs to a message; empty where there is none."""
    message = CATALOGUE[code]
    return unsteered((message.hint_zh if lang == "zh" else message.hint_en).format(**facts))
