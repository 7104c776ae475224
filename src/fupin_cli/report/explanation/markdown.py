"""The explanation as a note for a file: complete, and readable wherever Markdown is."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.explanation import Explained, Explanation
from fupin_cli.report.explanation.sections import Section, head, of_standard, of_subject
from fupin_cli.report.explanation.wording import Line, Telling
from fupin_cli.report.markdown import plain
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words


def explanation_markdown(explanation: Explanation, options: Options) -> Iterator[str]:
    """The report in pieces."""
    for number, subject in enumerate(explanation.subjects):
        if number:
            yield "\n"
        yield from _subject(subject, options)


def _subject(subject: Explained, options: Options) -> Iterator[str]:
    words = Words(subject.result, options)
    main = subject.grounds[0]
    known_as, told = words.of(main.judged).who(main.view)
    yield f"# {plain(words.say('explain-title') + words.say('colon') + known_as + told)}\n\n"
    yield from (f"- {plain(line)}\n" for line in head(words))
    for grounds in subject.grounds:
        telling = Telling(words.of(grounds.judged), grounds)
        standard = telling.words.judged.standard.title.say(words.lang)
        title = telling.say("explain-verdict", standard=standard, outcome=telling.words.outcome(grounds.view.outcome))
        yield f"\n## {plain(title)}\n"
        for section in of_standard(telling):
            yield from _section(section, 3)
    for section in of_subject(words, subject):
        yield from _section(section, 2)


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"\n{'#' * level} {plain(section.title)}\n\n"
    yield from _list(section.lines, 0)


def _list(lines: Sequence[Line], depth: int) -> Iterator[str]:
    for line in lines:
        mark = f"{line.mark} " if line.mark else ""
        yield f"{'  ' * depth}- {mark}{plain(line.text)}\n"
        yield from _list(line.below, depth + 1)
