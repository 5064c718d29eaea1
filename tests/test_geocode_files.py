"""A CSV of toponyms geocoded: what is written, what is decided together, and what is told."""

import io
import tracemalloc

import pytest

from geo.errors import BordermapError, FaultsError
from geo.files.geocode_files import ADDED, MOST_CANDIDATES, Tally, added_cells, geocode_csv
from geo.matches import Choice, How, Match
from geo.places import Place, PlaceKind

OSLO = Place("oslo", "Oslo", "أوسلو", PlaceKind.TOWN, "NO", 10.75, 59.9138688, 15.0)
MOSS = Place("moss", "Moss, by the fjord", "", PlaceKind.TOWN, "NO", 10.0, -0.0, 2.5)
TAIL = ",".join(ADDED)
AT_OSLO = "oslo,Oslo,town,NO,10.75,59.91387,15,exact,"
AT_MOSS = 'moss,"Moss, by the fjord",town,NO,10,0,2.5,exact,'
NOWHERE = ",,,,,,,unknown,"


class Known:
    """A geocoder of two towns that keeps what it was asked."""

    def __init__(self):
        """Begin without questions."""
        self.asked = []
        self.countries = set()

    def geocode(self, toponyms, *, countries=()):
        """Find the towns by their ids, whatever the case."""
        self.asked.append(list(toponyms))
        self.countries.add(tuple(countries))
        return [self.match(toponym) for toponym in toponyms]

    def match(self, toponym):
        """Match one name."""
        place = {"oslo": OSLO, "moss": MOSS}.get(toponym.strip().casefold())
        return Match(toponym, place, (place,), How.EXACT) if place else Match(toponym, None, (), How.UNKNOWN)


def geocoded(tmp_path, content, geocoder=None, name="names.csv", to="out.csv", **choices):
    """Geocode a file's content; give what is written."""
    source, out = tmp_path / name, tmp_path / to
    source.write_bytes(content.encode())
    geocode_csv(source, out, geocoder or Known(), **choices)
    return out.read_bytes().decode()


# ---- what is written


def test_rows_are_written_again_with_their_places(tmp_path):
    """Every row and column is kept, our columns stand behind, and the rows with a place are counted."""
    source, out = tmp_path / "names.csv", tmp_path / "out.csv"
    source.write_text('id,toponym,note\n1,Oslo,"a, b"\n2,Atlantis,\n3,MOSS ,=1+1\n')
    assert geocode_csv(source, out, Known()) == Tally(rows=3, placed=2)
    assert out.read_text() == (
        f'id,toponym,note,{TAIL}\n1,Oslo,"a, b",{AT_OSLO}\n2,Atlantis,,{NOWHERE}\n3,MOSS ,=1+1,{AT_MOSS}\n'
    )
    assert sorted(tmp_path.iterdir()) == [source, out]


FORMS = [
    ("toponym\n", f"toponym,{TAIL}\n"),
    ("toponym\r\nOslo\r\n", f"toponym,{TAIL}\nOslo,{AT_OSLO}\n"),
    (
        'toponym,note\nOslo,"a\nb"\n\nOslo,"c\rd"\n',
        f'toponym,note,{TAIL}\nOslo,"a\nb",{AT_OSLO}\nOslo,"c\rd",{AT_OSLO}\n',
    ),
    ('toponym,""\n"","""x"""\n', f'toponym,,{TAIL}\n,"""x""",{NOWHERE}\n'),
    ("\ufefftoponym\nOslo\n", f"\ufefftoponym,{TAIL}\nOslo,{AT_OSLO}\n"),
    (
        "toponym;n\nOslo;1,5\n",
        f"toponym;n;{TAIL};\nOslo;1,5;{AT_OSLO}\n".replace(",", ";")
        .replace("1;5", "1,5")
        .replace("s;\n", "s\n"),
    ),
    ("n\ttoponym\n1,5\tOslo\n", f'n,toponym,{TAIL}\n"1,5",Oslo,{AT_OSLO}\n'),
]


@pytest.mark.parametrize(("content", "written"), FORMS)
def test_a_file_keeps_its_form(tmp_path, content, written):
    """Separator and byte order mark are the source's, tabs become commas, and cells are quoted where need be."""
    assert geocoded(tmp_path, content) == written


def test_a_name_in_tsv_asks_for_tabs(tmp_path):
    """The output's own name decides for tabs; a comma in a cell is then none between cells."""
    written = geocoded(tmp_path, "toponym\nMoss\n", to="out.tsv")
    assert written.splitlines()[1].split("\t")[1:3] == ["moss", "Moss, by the fjord"]


def crowd(count):
    """Make towns that share a name."""
    return tuple(Place(f"t{number}", "T", "", PlaceKind.TOWN, "", 1.0, 2.0, 3.0) for number in range(count))


CELLS = [
    (Match("x", OSLO, (OSLO,), How.EXACT), AT_OSLO),
    (Match("x", OSLO, (), How.ONLINE), AT_OSLO.replace("exact", "online")),
    (
        Match("x", OSLO, (OSLO, MOSS), How.FOLDED, Choice.CONTEXT),
        'oslo,Oslo,town,NO,10.75,59.91387,15,"folded, by context",oslo;moss',
    ),
    (Match("x", None, (MOSS, OSLO), How.AMBIGUOUS), ",,,,,,,ambiguous,moss;oslo"),
    (Match("x", None, (OSLO,), How.OTHER_KIND), ",,,,,,,other kind,oslo"),
    (Match("x", None, (), How.UNKNOWN), NOWHERE),
    (
        Match("x", None, crowd(MOST_CANDIDATES + 5), How.AMBIGUOUS),
        f",,,,,,,ambiguous,{';'.join(place.place_id for place in crowd(MOST_CANDIDATES))}",
    ),
]


@pytest.mark.parametrize(("match", "cells"), CELLS)
def test_a_match_is_written_as_cells(tmp_path, match, cells):
    """Place, how it was matched, and the candidates where there are others than the place: never more than ten."""

    class Answers:
        def geocode(self, _toponyms, **_):
            return [match]

    assert geocoded(tmp_path, "toponym\nx\n", Answers()).splitlines()[1] == f"x,{cells}"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.0, "0"),
        (-0.000001, "0"),
        (-180.0, "-180"),
        (12.3456789, "12.34568"),
        (100.0, "100"),
        (41.02, "41.02"),
    ],
)
def test_degrees_are_written_no_finer_than_a_metre(number, written):
    """Five decimals at most, and none that say nothing."""
    place = Place("p", "P", "", PlaceKind.TOWN, "", number, number, 1.0)
    assert added_cells(Match("p", place, (place,), How.EXACT))[4:6] == (written, written)


# ---- what is decided together


def test_rows_of_a_group_are_decided_together_wherever_they_stand(tmp_path):
    """One question holds a document's names in the order of their rows; a row without a document stands alone."""
    known = Known()
    content = "toponym,doc\nOslo,b\nMoss,a\nAtlantis,b\nMoss,\nOslo,b\n"
    written = geocoded(tmp_path, content, known, group="doc", countries=("NO", "SE"))
    assert sorted(known.asked) == [["Moss"], ["Oslo", "Atlantis", "Oslo"]]
    assert known.countries == {("NO", "SE")}
    ends = [AT_OSLO, AT_MOSS, NOWHERE, AT_MOSS, AT_OSLO]
    rows = content.splitlines()[1:]
    assert written.splitlines()[1:] == [f"{row},{end}" for row, end in zip(rows, ends, strict=True)]


def test_without_a_group_every_row_stands_alone_and_is_asked_once(tmp_path):
    """A name that was asked before is answered from memory."""
    known = Known()
    geocoded(tmp_path, "place,doc\nOslo,1\nMoss,1\nOslo,2\n", known, column="place")
    assert known.asked == [["Oslo"], ["Moss"]]


def test_each_step_is_watched_row_by_row(tmp_path):
    """Whoever shows progress is told of each step, of the number of rows once it is known, and of each row."""
    told = {}

    def watched(rows, what, total):
        told[what] = (total, 0)
        for row in rows:
            told[what] = (total, told[what][1] + 1)
            yield row

    geocoded(tmp_path, "toponym,doc\nOslo,1\nMoss,2\nOslo,1\n", group="doc", progress=watched)
    assert told == {"checking": (None, 3), "placing": (3, 3), "writing": (3, 3)}


@pytest.mark.parametrize("group", [None, "doc"])
def test_memory_does_not_grow_with_the_file(tmp_path, group):
    """A file of eight megabytes passes through less than three; it takes about one."""
    source = tmp_path / "names.csv"
    with source.open("w") as file:
        file.write("toponym,doc,text\n")
        file.writelines(f"name {number % 7},{number // 20},{'x' * 4000}\n" for number in range(2000))
    tracemalloc.start()
    try:
        geocode_csv(source, tmp_path / "out.csv", Plain(), group=group)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert source.stat().st_size > 8_000_000
    assert peak < 3_000_000


def test_cells_that_are_far_too_long_for_names_are_not_remembered(tmp_path):
    """Such a cell is asked for each time it stands there, so that a column of texts does not fill memory."""
    known, text = Known(), "x" * 4000
    geocoded(tmp_path, f"toponym\n{text}\nOslo\n{text}\nOslo\n", known)
    assert known.asked == [[text], ["Oslo"], [text]]


class Plain:
    """A geocoder that knows nothing and keeps nothing."""

    def geocode(self, toponyms, **_):
        """Find nothing."""
        return [Match(toponym, None, (), How.UNKNOWN) for toponym in toponyms]


# ---- what is told


def test_faults_are_told_before_anything_is_done(tmp_path):
    """No name is geocoded and nothing is written where the file has faults."""
    known = Known()
    with pytest.raises(FaultsError) as error:
        geocoded(tmp_path, "name,doc,match\nOslo\n", known, group="report")
    assert [(fault.line, fault.value) for fault in error.value.faults] == [
        *((1, "match"), (1, "toponym"), (1, "report"), (2, None))
    ]
    assert known.asked == []
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]


def test_an_output_that_cannot_be_written_is_told_before_a_name_is_asked(tmp_path):
    """An hour of geocoding is not lost on a folder that is not there."""
    known = Known()
    with pytest.raises(BordermapError, match="cannot be written"):
        geocoded(tmp_path, "toponym\nOslo\n", known, to="nowhere/out.csv")
    assert known.asked == []


def test_a_file_may_be_put_in_its_own_place(tmp_path):
    """The source as output is read to its end before it is replaced."""
    assert geocoded(tmp_path, "toponym\nOslo\n", to="names.csv") == f"toponym,{TAIL}\nOslo,{AT_OSLO}\n"


def test_standard_input_is_a_file_too(tmp_path):
    """An open stream of bytes is read as a file is."""
    out = tmp_path / "out.csv"
    assert geocode_csv(io.BytesIO(b"toponym\nOslo\n"), out, Known()) == Tally(1, 1)
    assert out.read_text() == f"toponym,{TAIL}\nOslo,{AT_OSLO}\n"


@pytest.mark.parametrize("change", ["toponym\n", "toponym\nOslo\nOslo\nOslo\n", "toponym\nMoss,\n"])
def test_a_file_that_changes_meanwhile_is_not_mixed(tmp_path, change):
    """Rows cut, added or changed while names are geocoded are told, and nothing is written."""
    source = tmp_path / "names.csv"

    class Changing(Known):
        def match(self, toponym):
            source.write_text(change)
            return super().match(toponym)

    with pytest.raises(BordermapError):
        geocoded(tmp_path, "toponym\nOslo\nMoss\n", Changing())
    assert list(tmp_path.iterdir()) == [source]


def test_an_error_of_the_geocoder_leaves_nothing_half_written(tmp_path):
    """Where the service is down the folder is as it was."""

    class Down(Known):
        def match(self, toponym):
            raise BordermapError(f"{toponym} cannot be asked; try later")

    with pytest.raises(BordermapError, match="Oslo cannot be asked"):
        geocoded(tmp_path, "toponym\nOslo\n", Down())
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]
