"""How a sample was drawn, in words: for the sheet, the terminal, and whoever draws it again."""

from collections.abc import Sequence

from fupin_cli.messages import Lang, say
from fupin_cli.model.sample import Sample, Stratum
from fupin_cli.report.options import Options
from fupin_cli.report.problems import problem_words
from fupin_cli.report.unread import unread_line


def how_drawn(sample: Sample, lang: Lang) -> list[str]:
    """A line for each thing that an auditor needs."""
    unread = unread_line(sample.problems, Options(lang))
    return [
        *([unread] if unread else []),
        method_line(sample, lang),
        *([say("sample-group", lang, group=sample.design.group)] if sample.design.group is not None else []),
        say("sample-seed", lang, seed=sample.design.seed),
        say("sample-frame", lang, households=sample.households, year=year_text(sample, lang), sha=sample.sha256),
        say("sample-drawn", lang, drawn=len(sample.units)),
        *(say("sample-input", lang, path=source.path, sha=source.sha256) for source in sample.inputs),
        say("sample-again", lang, command=sample.command),
        say("sample-version", lang, version=sample.version),
        say("sample-how", lang),
    ]


def warnings(sample: Sample, lang: Lang) -> list[str]:
    """What is odd about the frame or the draw."""
    own = [problem for problem in sample.problems if problem.code.startswith("sample-")]
    return [" ".join(filter(None, problem_words(problem, Options(lang), str))) for problem in own]


def method_line(sample: Sample, lang: Lang) -> str:
    """The method in words."""
    return say("sample-method", lang, method=say(f"sample-method-{sample.method}", lang, take=sample.design.take))


def year_text(sample: Sample, lang: Lang) -> str:
    """The year of the frame."""
    return say("sample-year", lang, year=sample.year) if sample.year is not None else say("sample-no-year", lang)


def place_text(stratum: Stratum, lang: Lang) -> str:
    """A stratum's name: its places, or that it is everybody."""
    if not stratum.place:
        return say("sample-everybody", lang)
    return " ".join(name if name is not None else say("sample-unknown", lang) for name in stratum.place)


def strata_rows(sample: Sample, lang: Lang) -> list[Sequence[str | int]]:
    """A table of the strata, its header first."""
    codes = ["sample-stratum", "sample-in-frame", "sample-allotted", "sample-drawn-column"]
    clustered = bool(sample.design.clusters)
    if clustered:
        codes += ["sample-villages", "sample-drawn-villages"]
    rows: list[Sequence[str | int]] = [[say(code, lang) for code in codes]]
    for one in sample.strata:
        more = (one.clusters, one.drawn_clusters) if clustered else ()
        rows.append([place_text(one, lang), one.households, one.allotted, one.drawn, *more])
    return rows
