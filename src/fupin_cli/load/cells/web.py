"""Web pages with tables, which many systems give out as ``.xls``: one file, or one in the form of a mail (MHTML)."""

import email
import email.message
import email.policy
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.encoding import encoding_of
from fupin_cli.load.cells.wanted import Send, check_names
from fupin_cli.load.cells.webtable import tables_of

#: 100,000 rows of 38 columns are about 150 MB; a page in the form of a mail is in memory several times over.
MAX_BYTES = 256 << 20
MAX_MAIL_BYTES = 64 << 20

#: Where a page says its encoding.
_HEAD = 8192
_SAID = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk", "hz-gb-2312"})
#: Pages say these without knowing better; what their bytes are is looked at.
_SAID_BY_HABIT = frozenset({"utf-8", "utf8", "utf-16", "unicode", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252"})


def read_sheets(path: Path, wanted: Sequence[str] | None, send: Send) -> Sequence[str]:
    """Read the tables of a page and send them one by one. Raises :class:`InputRefused` for a page without any."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise InputRefused("workbook-too-large", part="html", limit=MAX_BYTES >> 20)
    sheets = tables_of(
        _mail_pages(data) if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<") else iter([_page(data)])
    )
    if not sheets:
        raise InputRefused("html-without-table")
    check_names([sheet.name for sheet in sheets], wanted)
    for sheet in sheets:
        if wanted is None or sheet.name in wanted:
            send(sheet)
    return []


def _page(data: bytes, said: str | None = None) -> str:
    if said is None:
        found = _SAID.search(data[:_HEAD])
        said = found[1].decode() if found else ""
    said = said.lower()
    if said and said not in _CHINESE | _SAID_BY_HABIT:
        raise InputRefused("html-encoding", encoding=said[:40])
    return data.decode(encoding_of(data, chinese_said=said in _CHINESE))


def _mail_pages(data: bytes) -> Iterator[str]:
    if len(data) > MAX_MAIL_BYTES:
        raise InputRefused("workbook-too-large", part="mhtml", limit=MAX_MAIL_BYTES >> 20)
    try:
        mail = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [(part, part.get_payload(decode=True)) for part in mail.walk() if part.get_content_type() == "text/html"]
        if any(part.defects for part in mail.walk()):
            raise InputRefused("workbook-damaged", where="mhtml")
    except (RecursionError, LookupError, ValueError, TypeError) as error:
        raise InputRefused("workbook-damaged", where="mhtml") from error
    for part, content in pages:
        if isinstance(content, bytes) and content.strip():
            yield _page(content, part.get_content_charset())
