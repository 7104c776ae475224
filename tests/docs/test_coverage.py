"""docs/coverage.md is true: every clause that fixes something is in a pack or says why not, and every citation stands there."""

from pathlib import Path

import openpyxl
import pytest
from coverage_page import KINDS, PAGE, ROOT, Clause, cited, documents, notes, packs, page, uncovered

EVERY = [clause for _, clauses in documents().values() for clause in clauses]
#: The rules on data quality and between years, and the notes on what secondary sources say, are our own, not source documents.
OURS = {"quality_rules", "roster_rules", "assessment_notes"}


def test_the_page_is_what_the_packs_and_the_notes_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tests/docs/coverage_page.py writes it again"


def test_every_citation_stands_under_the_clause_that_it_names_word_for_word() -> None:
    """The words were taken from the documents when the clause files were written."""
    lost = [where for where, cite in cited() if cite.document not in OURS and not any(clause.holds(cite) for clause in EVERY)]
    assert not lost, "quoted anew? python tests/docs/clause_files.py FOLDER"


@pytest.mark.parametrize("clause", EVERY, ids=lambda clause: f"{clause.document}-{clause.place}")
def test_a_clause_that_fixes_a_number_or_an_order_is_in_a_pack_or_says_why_not(clause: Clause) -> None:
    assert not uncovered(clause) or clause.place in notes().get(clause.document, {}), uncovered(clause)


def test_every_note_is_about_a_clause_and_of_a_known_kind() -> None:
    places = {(clause.document, clause.place) for clause in EVERY}
    for document, told in notes().items():
        for place, kinds in told.items():
            assert (document, place) in places
            assert kinds.keys() <= KINDS.keys()
            assert kinds


def test_every_figure_that_a_note_names_is_an_item_of_the_sample() -> None:
    book = openpyxl.load_workbook(Path(ROOT, "samples/reconcile-documents.xlsx"), read_only=True)
    items = {row[0] for sheet in book for row in sheet.iter_rows(values_only=True)}
    named = {item for told in notes().values() for kinds in told.values() for item in kinds.get("figures", ())}
    assert named
    assert named <= items


def test_a_document_has_one_title() -> None:
    """The clause files and every pack call it the same."""
    for loaded in packs().values():
        for key, document in loaded.pack.head.documents.items():
            if key in documents():
                assert document.title == documents()[key][0]


def test_every_check_and_every_cited_parameter_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for where, cite in cited():
        if cite.document not in OURS:
            head, _, last = where.strip("`").rpartition("/")
            assert (f"`{head}`" in text and f"`{last}`" in text) if head else where in text
