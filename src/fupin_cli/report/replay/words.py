"""What differs, in words."""

from fupin_cli.errors import FupinError, PackRefused
from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.replayed import Difference
from fupin_cli.report.mask import mask
from fupin_cli.report.naming import shown_facts

_SHORT = 12
#: Differences whose two sides are hashes.
_HASHES = ("input", "input-new", "input-gone", "output", "kept", "kept-absent")


def what(difference: Difference, lang: Lang) -> str:
    """What kind of difference it is."""
    return say(f"replay-{difference.what}", lang)


def side(difference: Difference, text: str) -> str:
    """One side of it: of a hash as much as people compare."""
    if difference.what in _HASHES:
        return text[:_SHORT]
    if difference.what == "pack":
        version, _, sha256 = text.partition(" ")
        return f"{version} {sha256[:_SHORT]}".strip()
    return mask(text)


def refusal_words(error: FupinError, lang: Lang) -> tuple[str, str]:
    """Why a run is refused now, and the next step."""
    facts = shown_facts(error.facts)
    text = say(error.code, lang, **facts)
    if isinstance(error, PackRefused):
        text = say("pack-place", lang, file=facts["file"], line=facts["line"], column=facts["column"], text=text)
    return text, hint(error.code, lang, **facts)
