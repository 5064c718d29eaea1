"""The names of documents, kept on disk and decided together."""

import pytest

from geo.errors import BordermapError
from geo.files.documents import Documents


def decided_of(rows):
    """Decide rows; give what was asked together, and the answers."""
    asked = []

    def decided(toponyms):
        asked.append(list(toponyms))
        return [f"{toponym} {len(toponyms)}" for toponym in toponyms]

    with Documents() as documents:
        assert documents.keep(rows) == len(rows)
        documents.decide(decided)
        return sorted(asked), list(documents.answers())


DOCUMENTS = [
    ([], [], []),
    ([("a", "Oslo"), ("a", "Moss")], [["Oslo", "Moss"]], ["Oslo 2", "Moss 2"]),
    (
        [("b", "Oslo"), ("a", "Moss"), ("b", "Bodø")],
        [["Moss"], ["Oslo", "Bodø"]],
        ["Oslo 2", "Moss 1", "Bodø 2"],
    ),
    ([("a", "Oslo"), ("a", "Oslo")], [["Oslo", "Oslo"]], ["Oslo 2", "Oslo 2"]),
    ([("", "Oslo"), ("", "Moss")], [["Moss"], ["Oslo"]], ["Oslo 1", "Moss 1"]),
    ([("1", "Oslo"), ("1.0", "Moss"), ("A", "Bodø"), ("a", "")], [[""], ["Bodø"], ["Moss"], ["Oslo"]], None),
]


@pytest.mark.parametrize(("rows", "together", "answers"), DOCUMENTS)
def test_rows_of_a_document_are_decided_together(rows, together, answers):
    """Wherever its rows stand a document is asked once, its names in their order; answers come in the rows' order."""
    asked, answered = decided_of(rows)
    assert asked == together
    assert answered == (answers or [f"{toponym} 1" for _, toponym in rows])


def test_a_document_may_be_long():
    """A thousand names of one document are one question."""
    asked, answered = decided_of([("a", f"name {number}") for number in range(1000)])
    assert len(asked) == 1
    assert answered[-1] == "name 999 1000"


def test_a_full_disk_is_told():
    """Where the names find no room, the user is told where to make it."""
    with Documents() as documents:
        documents._file.execute("PRAGMA max_page_count = 4")
        with pytest.raises(BordermapError, match="let TMPDIR name a folder with room"):
            documents.keep([("a", "x" * 1000)] * 100)


def test_an_error_of_the_geocoder_is_its_own():
    """What goes wrong while a document is decided is not taken for something else."""

    def decided(_toponyms):
        raise ZeroDivisionError

    with Documents() as documents:
        documents.keep([("a", "Oslo")])
        with pytest.raises(ZeroDivisionError):
            documents.decide(decided)
