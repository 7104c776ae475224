"""XML as events: one parser for every part, without namespaces, without a DTD, in bounded memory."""

from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from fupin_cli.errors import InputRefused

Attributes = dict[str, str]


class LocalNames(dict[str, str]):
    """Names without their namespace, each looked up once.

    Strict OOXML uses other namespaces for the same names, some writers use prefixes: we read both.
    """

    def __missing__(self, name: str) -> str:
        local = name.rpartition(" ")[2]
        self[name] = local
        return local


def parse(
    chunks: Iterable[bytes],
    part: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    encoding: str | None = None,
) -> None:
    """Feed a part to handlers, which get expanded names (``uri local``); each chunk is handled before the next is asked for.
    ``encoding`` is that of the chunks, whatever the XML says of itself.

    Raises :class:`InputRefused` for XML that is not well formed and for a DTD.
    """
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse_doctype(*_: Any) -> None:
        raise InputRefused("workbook-has-dtd", part=part)

    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputRefused("workbook-damaged", where=part) from error
    except (LookupError, ValueError) as error:
        # The parser's own word for an encoding that it does not know; what a handler raises is a bug of ours.
        if error.__traceback__ is None or error.__traceback__.tb_next is not None:
            raise
        raise InputRefused("workbook-damaged", where=part) from error
