"""Write docs/coverage.md: ``python tests/docs/coverage_page.py``. Every clause of the source documents, and where it is.

The clauses and their words are those of ``clauses``, the checks are the packs' own, and what is said beside them stands in
``coverage_notes.yaml``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from clause_files import CLAUSES, SOURCES, folded

from fupin_cli.model.cited import Citation
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack

ROOT = Path(__file__).resolve().parents[2]
NOTES, PAGE = ROOT / "tests/docs/coverage_notes.yaml", ROOT / "docs/coverage.md"
KINDS = {"figures": "`fupin reconcile`: {}", "later": "left to {}", "report": "no demand: {}", "open": "not in a sheet: {}"}
INTRODUCTION = """# What the packs cover

Each clause of the five source documents, one of which is a collection of eleven plans: the checks and parameters that cite it, and
what stands in it beside these. *Left to* names what other subjects are asked that no pack says yet.
*No demand* says what is or was; *not in a sheet* demands something that no sheet can show. Figures are items of
`samples/reconcile-documents.xlsx`. The last line of a document names the clauses that fix no number, no list and no order.

Written by `python tests/docs/coverage_page.py`; a test compares it with the packs and with the words of the documents.
"""


@dataclass(frozen=True)
class Clause:
    """A clause of a document, with the words of it that are kept."""

    document: str
    place: str
    begins: str
    words: tuple[str, ...]

    def holds(self, cite: Citation) -> bool:
        """Whether a citation is about this clause: the place is its own or above it, and the words stand here."""
        here = cite.document == self.document and self.place.startswith(cite.clause)
        return here and any(folded(cite.quote) in folded(words) for words in self.words)


@cache
def documents() -> Mapping[str, tuple[str, tuple[Clause, ...]]]:
    """Document → its title and clauses."""
    found = {}
    for name in SOURCES:
        told = yaml.safe_load((CLAUSES / f"{name}.yaml").read_text(encoding="utf-8"))
        clauses = tuple(Clause(name, str(one["clause"]), one["begins"], tuple(one["words"])) for one in told["clauses"])
        found[name] = (told["title"], clauses)
    return found


@cache
def packs() -> Mapping[str, LoadedPack]:
    """Every pack that is shipped."""
    shelf = Shelf((CHECKOUT,))
    return {name: load_pack(shelf.find(name), shelf) for name in shelf.names()}


@cache
def cited() -> tuple[tuple[str, Citation], ...]:
    """Where something is cited in a pack's own files, and what."""
    return tuple(_cited())


def _cited() -> Iterator[tuple[str, Citation]]:
    for name, loaded in packs().items():
        own = {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in loaded.folder.glob("*.yaml")}  # noqa: S506 - it makes texts only
        for key in own.get("parameters") or {}:
            parameter = loaded.pack.parameters[key]
            for cite in (parameter.cite, *(value.cite for value in parameter.values)):
                if cite is not None:
                    yield f"`{name}` parameter `{key}`", cite
        for standard in sorted(own.keys() & loaded.pack.standards.keys()):
            for check in own[standard].get("checks", {}):
                yield f"`{name}/{standard}/{check}`", loaded.pack.standards[standard].checks[check].cite


def notes() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Document → clause → kind of note → what it says."""
    found: Mapping[str, Mapping[str, Mapping[str, Any]]] = yaml.safe_load(NOTES.read_text(encoding="utf-8"))
    return found


def uncovered(clause: Clause) -> list[str]:
    """The words of a clause that no citation takes in."""
    quotes = [folded(cite.quote) for _, cite in cited() if clause.holds(cite)]
    return [words for words in clause.words if not any(folded(words) in quote or quote in folded(words) for quote in quotes)]


def page() -> str:
    """The page as it should be."""
    parts = [INTRODUCTION]
    for name, (title, clauses) in documents().items():
        told = notes().get(name, {})
        rows, silent = [], []
        for clause in clauses:
            where = list(dict.fromkeys(place for place, cite in cited() if clause.holds(cite)))
            beside = [_said(kind, text) for kind, text in told.get(clause.place, {}).items()]
            if where or beside:
                rows.append(f"| {clause.place} | {clause.begins} | {'<br>'.join([*_grouped(where), *beside])} |")
            else:
                silent.append(clause.place)
        table = ["| Clause | Begins | Where it is |", "|---|---|---|", *rows] if rows else []
        rest = [f"\nNothing fixed in: {', '.join(silent)}."] if silent else []
        parts.append("\n".join([f"## {title}\n", *table, *rest]) + "\n")
    return "\n".join(parts)


def _said(kind: str, text: str | list[str]) -> str:
    return KINDS[kind].format("、".join(text) if isinstance(text, list) else text.strip())


def _grouped(where: list[str]) -> list[str]:
    """Checks of one standard in one line."""
    groups: dict[str, list[str]] = defaultdict(list)
    for place in where:
        head, _, check = place.strip("`").rpartition("/")
        groups[head or place].append(check if head else "")
    return [f"`{head}`: {', '.join(f'`{one}`' for one in checks)}" if any(checks) else head for head, checks in groups.items()]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
