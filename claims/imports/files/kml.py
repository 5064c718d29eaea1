"""KML read as text, placemark by placemark, from a file of its own or from a KMZ."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from lxml import etree

from claims.imports.files.encoded import unreadable
from claims.imports.files.foreign import Format, cells_of, enough, fitting, must_be_a_header
from claims.imports.files.placemarks import LAST, SPAN, Placemark
from geo.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.imports.files.zips import Unzipped
    from claims.imports.rows import Chunk

__all__ = ["KmlTable", "opened_kmz"]

_LONGEST: Final = 64 << 20  # bytes without the end of a placemark; a tree of them may need a gigabyte
_TAGS: Final = tuple(f"{{*}}{kind}" for kind in ("Placemark", "Folder", "Document", "kml", "name"))
_AGAIN: Final = "save it again as KML, or as CSV"


class KmlTable:
    """A KML text; a row a placemark.

    No document type is read, no entity put in, and nothing fetched. A placemark and what stands between it and the one
    before are in memory at a time.

    Attributes:
        name: What faults call it.
        format: KML.
        header: What placemarks have, as `claims.imports.files.placemarks` names it. None that would be empty.
        sheets: None.
    """

    format = Format.KML
    sheets: tuple[str, ...] = ()

    def __init__(self, file: BinaryIO, name: str, begins: int = 0, *, encoding: str | None = None) -> None:
        """Go through it once for its columns.

        Args:
            file: Its bytes; they can be sought in.
            name: What faults call it.
            begins: Where its text begins.
            encoding: What it is in, whatever it says of itself; None where that is to be believed.

        Raises:
            FaultsError: It is no KML, has a document type, or its header cannot be used.
        """
        self.name = name
        self._file, self._begins, self._encoding = file, begins, encoding
        self._must_be_kml()
        columns: dict[str, None] = {}
        for placemark in self._placemarks():
            columns.update(dict.fromkeys(placemark.cells))
            fitting(columns, name)
        last = [column for column in LAST if column in columns]
        self.header = must_be_a_header(name, [*(column for column in columns if column not in LAST), *last])

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows, as `ForeignTable` says; a row's line is the one on which its placemark begins."""
        whole = self._whole(faults)
        most = fitting(self.header, self.name, rows)
        while taken := list(islice(whole, most)):
            lines, cells = zip(*taken, strict=True)
            yield cells_of(self.header, cells, lines)

    def _whole(self, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
        """Give the rows that have no fault."""
        spans = not set(SPAN).isdisjoint(self.header)
        for placemark in self._placemarks():
            line = placemark.line
            if enough(faults, self.name, line):
                return
            if spans:
                placemark.spanned()
            cells = [placemark.cells.get(column, "") for column in self.header]
            wrong = [
                Fault(self.name, line, column, value, why, todo)
                for column, value, why, todo in placemark.wrong
            ]
            bad = unreadable(self.name, line, self.header, cells)
            wrong += [bad] if bad else []
            faults += wrong
            if not wrong:
                yield line, cells

    def _placemarks(self) -> Iterator[Placemark]:
        """Give each placemark.

        Raises:
            FaultsError: It is no KML.
        """
        metered = _Metered(self._file, self.name, self._begins)
        with self._told(_events(metered, self._encoding, _TAGS)) as events:
            for placemark in self._walked(events):
                metered.left = _LONGEST
                yield placemark

    @contextmanager
    def _told(self, events: Any) -> Iterator[Any]:
        """Give events, and make a fault of what they raise."""
        try:
            yield events
        except etree.XMLSyntaxError as error:
            # What is raised tells of the end that it led to; the log, of what came first.
            first = next(iter(events.error_log), None)
            line, said = (first.line, first.message) if first else (None, error.msg)
            raise FaultsError([Fault(self.name, line, None, None, f"is not XML ({said})", _AGAIN)]) from None

    def _walked(self, events: Any) -> Iterator[Placemark]:
        """Go through the elements, letting go of each that has ended and is not in a placemark."""
        folders: list[str] = []
        inside: Any = None
        for event, element in events:
            if inside is None:
                if event == "start" and _kind(element) == "Placemark":
                    inside = element
                else:
                    _follow(folders, event, element)
            elif element is inside and event == "end":
                yield Placemark(element, [folder for folder in folders if folder])
                inside = None
            if inside is None and event == "end":
                _let_go(element)

    def _must_be_kml(self) -> None:
        with self._told(_events(_Metered(self._file, self.name, self._begins), self._encoding)) as events:
            _, root = next(events)
        about = root.getroottree().docinfo
        if about.doctype or about.internalDTD is not None:
            why = "has a document type, which KML has not"
            raise FaultsError([Fault(self.name, 1, None, None, why, "take out the lines of <!DOCTYPE ...>")])
        if _kind(root) != "kml":
            why = "is XML, but no KML"
            raise FaultsError([Fault(self.name, root.sourceline, None, str(root.tag), why, _AGAIN)])


@contextmanager
def opened_kmz(archive: Unzipped, name: str) -> Iterator[KmlTable]:
    """Open the KML of a KMZ while the `with` block lasts.

    Args:
        archive: It, as `claims.imports.files.zips.opened_zip` opens it.
        name: What faults call it.

    Raises:
        FaultsError: It holds no KML or several, or that cannot be read.
    """
    texts = [part for part in archive.names if part.casefold().endswith(".kml")]
    if len(texts) != 1:
        why = f"holds {len(texts)} KML files: {', '.join(map(repr, texts[:9]))}" if texts else "holds no KML"
        todo = "save the one that has the table as KML"
        raise FaultsError([Fault(name, None, None, None, why, todo)])
    with tempfile.TemporaryFile() as copy:
        for block in archive.blocks(texts[0]):
            copy.write(block)
        yield KmlTable(copy, name)


class _Metered:
    """A file that is read no further than it may be before somebody says that it goes on well."""

    def __init__(self, file: BinaryIO, name: str, begins: int) -> None:
        file.seek(begins)
        self._file, self._name = file, name
        self.left = _LONGEST

    def read(self, size: int) -> bytes:
        """Read on, as a file does."""
        self.left -= size
        if self.left < 0:
            why = f"has over {_LONGEST:,} bytes without the end of a placemark"
            raise FaultsError([Fault(self._name, None, None, None, why, "save it with its placemarks alone")])
        return self._file.read(size)


def _events(file: _Metered, encoding: str | None, tags: tuple[str, ...] | None = None) -> Any:
    return etree.iterparse(
        file,
        tag=tags,
        events=("start", "end"),
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _kind(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _follow(folders: list[str], event: str, element: etree._Element) -> None:
    """Keep the names of the folders that are open."""
    kind = _kind(element)
    if kind == "Folder":
        if event == "start":
            folders.append("")
        else:
            folders.pop()
    elif event == "end" and kind == "name" and _kind(element.getparent()) == "Folder":
        folders[-1] = " ".join((element.text or "").split())


def _let_go(element: etree._Element) -> None:
    """Empty an element that has ended, and take those before it from its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
