"""A standard printed for a register: the pack, the standard in it, and the query for one database."""

from collections.abc import Iterable, Mapping
from datetime import date

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.printed.dialects import DIALECTS, dialect_of
from fupin_cli.evaluate.printed.text import query_text
from fupin_cli.messages import Lang
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.nearest import nearest
from fupin_cli.rules.parameters import choose
from fupin_cli.tasks import open_pack


def standard_query(
    pack: str | None,
    standard: str | None,
    dialect: str | None,
    lang: Lang,
    *,
    settings: Mapping[str, str],
    as_of: date | None,
    columns: Iterable[str],
) -> str:
    """A standard of a pack as one SQL query.

    Raises:
        FupinError: the pack is refused, something that is named is not known, or something that is needed is not named.
    """
    loaded = open_pack(pack, CHECK_EXIT.pack)
    known = ", ".join(loaded.standards)
    if pack is None or standard is None:
        raise UsageRefused("sql-standard-missing", pack=loaded.pack.name, known=known)
    if standard not in loaded.standards:
        near = nearest(standard, loaded.standards)
        raise UsageRefused("standard-unknown", name=standard, pack=loaded.pack.name, nearest=near, known=known)
    if dialect is None:
        raise UsageRefused("sql-dialect-missing", known=", ".join(DIALECTS))
    chosen, parameters = dialect_of(dialect), choose(loaded.pack, settings)
    return query_text(loaded.standards[standard], parameters, chosen, lang, as_of=as_of, columns=columns)
