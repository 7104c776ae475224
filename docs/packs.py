"""Write again what is made from the packs and their models: the JSON Schemas of their files."""

import json
from collections.abc import Iterator
from pathlib import Path

from fupin_cli.rules.schemas import KINDS, schema_of

ROOT = Path(__file__).resolve().parents[1]


def schemas() -> Iterator[tuple[Path, str]]:
    """The schema of each kind of file."""
    for kind in KINDS:
        yield ROOT / "rules/schemas" / f"{kind}.schema.json", json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for path, text in schemas():
        path.write_text(text, encoding="utf-8", newline="\n")
