"""What stops how many: for each requirement those who do not meet it, and those of whom nobody knows."""

from fupin_cli.report.paper.drawn import Bar, Bars, Series
from fupin_cli.report.paper.model import Chart
from fupin_cli.report.subjects import blocking_checks
from fupin_cli.report.words import Words

#: More bars than these nobody reads.
MOST = 30


def blocking(words: Words) -> Chart | None:
    """The requirements of the standard that ``words`` is about, in its order; None where nothing stops anybody."""
    judged = words.judged
    found = [
        (judged.standard.checks[name].title.say(words.lang), failed, unknown) for name, failed, unknown in blocking_checks(judged)
    ]
    if not found:
        return None
    series = (Series(words.say("heading-fail"), "bad"), Series(words.say("heading-unknown"), "open"))
    bars = [Bar(title, (failed, unknown)) for title, failed, unknown in found[:MOST]]
    lines = (
        words.say("chart-blocking-bar", title=title, fail=failed, unknown=unknown) for title, failed, unknown in found[:MOST]
    )
    left = len(found) - len(bars)
    note = words.say("chart-cut", shown=len(bars), count=left) if left else ""
    return Chart(words.say("chart-blocking"), words.say("semicolon").join(lines), Bars(series, bars), note)
