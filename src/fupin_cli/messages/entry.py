"""What one entry of the catalogue holds."""

from typing import NamedTuple


class Message(NamedTuple):
    """Words in two languages; the hints say what to do next."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
