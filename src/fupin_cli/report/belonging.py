"""By what a check is meant for a subject or not, where lists of names decide that: the province, of a limit of 2 % or of 3 %."""

import re

from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.words import Words

_IN_LISTS = re.compile(r"has_any_known_item\((\w+), \$(\w+), \$(\w+)\)")
_ITEMS = re.compile("[,，、]")


def belonging(words: Words, view: SubjectView, check: CheckView) -> str:
    """What the field says and in which list that is; empty where a check passes, or no list says for whom it is meant."""
    asked = _IN_LISTS.search(check.check.applies or "")
    if asked is None or check.status == "pass":
        return ""
    field, *lists = asked.groups()
    table = words.judged.subject
    said = table.data.column(field)[view.index].as_py() if table.has(field) else None
    titles = [words.rules.pack.parameters[name].title.say(words.lang) for name in lists]
    label = words.label(field)
    if said is None:
        return words.say("belongs-blank", label=label, list=titles[0])
    found = {"label": label, "value": words.safe(said), "cells": words.cells((table.address(view.index, field),))}
    items = set(_ITEMS.split(said))
    for name, title in zip(lists, titles, strict=True):
        values = [period.value for period in words.rules.parameters.get(name, ())]
        if any(items.intersection(value) for value in values if isinstance(value, tuple)):
            return words.say("belongs", **found, list=title)
    return words.say("belongs-nowhere", **found, list=titles[0], other=titles[1])
