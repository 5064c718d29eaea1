"""What the page carries comes out as it went in: numbers, texts word for word, shapes and the order of claims."""

import numpy as np
import pytest
import shapely
from blobs_read import columns_in, json_in, texts_in
from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.clock import NO_DAY, days_of
from claims.model import LAYERS, ROLES, DateKind, Kind, Status
from layers.blobs import columns_blob, json_blob, texts_blob
from layers.carried.codes import NO_COUNT, NONE, OPEN_COUNT
from layers.carried.names import CLAIM_TEXTS
from layers.carried.shapes import rings
from layers.history import history_of
from layers.payload import payload
from layers.texts import Texts


def test_columns_come_back_as_they_were():
    """Arrays of each type and length keep their values, the negative and the largest too."""
    arrays = {
        "bytes": np.array([0, 255], dtype="uint8"),
        "none": np.array([], dtype="int32"),
        "odd": np.array([1, 65535, 256], dtype="uint16"),
        "wide": np.array([-(2**31), 2**31 - 1, -1, 0], dtype="int32"),
    }
    found = columns_in(columns_blob(arrays))
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert found[name].tolist() == array.tolist()


TEXTS = {
    "plain": ["Some crossed", "Some left", ""],
    "spaces": ["two  spaces", " before", "after ", " ", "   "],
    "letters": ["القائم والبوكمال", "𝄞 é e\u0301", "a\u200bb\u202ec", "\u2028 \n\t \r\n"],
    "code": [
        "</script><script>",
        "${1+1} `x` {{7*7}}",
        "<!-- ",
        "\\u003c",
        "\"'",
        "\x01\x7f",
        "\x00number:n_claims",
        "\x00place:",
    ],
    "same": ["again and again", "again and again", "again"],
    "empty": ["", ""],
    "none": [],
}


def test_texts_come_back_word_for_word():
    """Spaces, line ends, letters of any script and what looks like code are kept."""
    assert texts_in(texts_blob(TEXTS)) == TEXTS


COUNTED = {
    "counted": ["e0012", "e0003", "e9999", "e0000"],
    "digits only": ["7", "0"],
    "of several widths": ["e9", "e10"],
    "of several heads": ["e1", "f1"],
    "no number": ["e1", "e"],
    "too long": ["e1234567890"],
    "of lines": ["a\n1", "a\n2"],
    "none": [],
}


def test_ids_that_are_counted_come_back():
    """Ids of one word and a number of so many digits, and those that only look like it, are written as they were."""
    lists = {name: Texts(ids, counted=True) for name, ids in COUNTED.items()}
    assert texts_in(texts_blob(lists)) == COUNTED


@pytest.mark.parametrize("size", [0, 1, 126, 127, 128, 16383, 16384])
def test_any_number_of_words_can_be_told_apart(size):
    """Words are numbered in as many bytes as it takes."""
    lists = {"words": [f"w{number} w{number // 2}" for number in range(size)]}
    assert texts_in(texts_blob(lists)) == lists


def test_a_blob_holds_no_letter_that_html_minds():
    """Whatever is packed, a blob has no letter that ends a script or that JSON writes as two; the same value is the same blob."""
    for blob in (json_blob(TEXTS), texts_blob(TEXTS)):
        assert blob.isascii()
        assert not set(blob) & set('<"\\ \n')
    assert json_blob(TEXTS) == json_blob(dict(TEXTS))
    assert json_in(json_blob(TEXTS)) == TEXTS


# ---- shapes


def shapes_in(arrays, prefix):
    """Put rings together again: of each geometry its number, whether it is filled, and its points in degrees."""
    found, begin = [], 0
    sizes, of, fill = (arrays[f"{prefix}_{name}"] for name in ("size", "of", "fill"))
    for size, number, filled in zip(sizes, of, fill, strict=True):
        steps = [
            arrays[f"{prefix}_{name}"][begin : begin + size].cumsum() / 10_000 for name in ("dlon", "dlat")
        ]
        found.append((int(number), bool(filled), list(zip(*(step.tolist() for step in steps), strict=True))))
        begin += size
    return found


def test_shapes_come_back_within_eleven_metres():
    """Polygons come as filled rings, holes too, lines as open ones; points that fall together are one."""
    square = [(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0), (0.0, 0.0)]
    hole = [(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (1.0, 1.0)]
    line = [(-7.12341, 38.5), (-7.12344, 38.5), (-6.0, -38.51239)]
    geometries = [shapely.Polygon(square, [hole]), shapely.LineString(line), shapely.MultiPoint()]
    found = shapes_in(rings(geometries, "shape"), "shape")
    assert found == [
        (0, True, square),
        (0, True, hole),
        (1, False, [(-7.1234, 38.5), (-6.0, -38.5124)]),
    ]


def test_no_shapes_are_no_rings():
    """Without geometries the columns are there and empty."""
    assert {len(array) for array in rings([], "shape").values()} == {0}


# ---- a collection

EVENTS = (
    {"event_id": "stay", "kind": "deployment", "title": "Some stay"},
    {"event_id": "cross", "kind": "crossing", "title": "Some cross", "title_ar": "عبور"},
    {"event_id": "leave", "kind": "withdrawal", "title": "Some leave"},
    {"event_id": "along", "kind": "withdrawal", "title": "Some leave along a road"},
    {"event_id": "shut", "kind": "closure", "title": "A gate is shut"},
)
CLAIMS = (
    {"event_id": "stay", "kind": "deployment", "place_id": "alentejo", "geo_precision": "3", "quote": "they stay"},
    {"event_id": "cross", "crossing_id": "caia", **ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "actors": "walkers;a2"},
    {"event_id": "", "quote": "of no event"},
    {
        "event_id": "cross",
        **ON_THE_SEVENTH,
        **FROM_ELVAS,
        **ABOUT_2000,
        "count_high": "",
        "quote": "2,000 crossed",
        "source_id": "s2",
        "status": "confirmed",
    },
    {"event_id": "leave", "kind": "withdrawal", "origin_id": "elvas", "destination_id": "spain", "geo_precision": "1"},
    {"event_id": "along", "kind": "withdrawal", "place_id": "n4", "geo_precision": "2"},
    {"event_id": "shut", "kind": "closure", "place_id": "caia", "geo_precision": "1", "date_end": "2024-12-09", "date_kind": "by"},
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory, iberia):
    """Give a small collection and its layers."""
    collection = collection_of(
        tmp_path_factory.mktemp("made"),
        iberia,
        events=EVENTS,
        claims=CLAIMS,
        sources=({}, {"outlet": "Another Test", "url": "https://example.org/2"}),
        actors=({}, {"name": "Riders"}),
    )
    return collection, history_of(collection, iberia)


@pytest.fixture(scope="module")
def carried(made):
    """Give what the page carries of it, unpacked."""
    blobs = payload(*made)
    columns = columns_in(blobs["columns"], blobs["claim-columns"])
    names, texts = json_in(blobs["names"]), texts_in(blobs["texts"], columns)
    claims = texts_in(blobs["claims"], columns, names["source"]["outlet"], texts["place_name"])
    return {"columns": columns, "names": names, "texts": texts, "claims": claims}


def test_events_are_carried_layer_by_layer(carried):
    """Crossings come first, context last, each event with its words."""
    assert carried["columns"]["layer"].tolist() == [0, 1, 1, 2, 3]
    assert carried["texts"]["event_id"] == ["cross", "leave", "along", "stay", "shut"]
    assert carried["texts"]["title"][0] == "Some cross"
    assert carried["texts"]["title_ar"] == ["عبور", "", "", "", ""]
    assert carried["texts"]["count_texts"][0] == "2,000 or so"


def test_an_events_facts_are_numbers(carried):
    """Kinds and statuses are places in their enums, days count from 1970, open and unsaid numbers have their signs."""
    columns = carried["columns"]
    assert [list(Kind)[code] for code in columns["kind"]] == ["crossing", "withdrawal", "withdrawal", "deployment", "closure"]  # fmt: skip
    assert list(Status)[columns["status"][0]] == "confirmed"
    assert columns["count_low"].tolist() == [1800, NO_COUNT, NO_COUNT, NO_COUNT, NO_COUNT]
    assert columns["count_high"].tolist() == [OPEN_COUNT, NO_COUNT, NO_COUNT, NO_COUNT, NO_COUNT]
    seventh = np.datetime64("2024-12-07").astype(int)
    assert columns["start"].tolist() == [seventh, NO_DAY, NO_DAY, NO_DAY, NO_DAY]
    assert columns["end"].tolist() == [seventh, NO_DAY, NO_DAY, NO_DAY, seventh + 2]
    assert [columns["date_kind"][row] for row in (0, 1, 4)] == [
        list(DateKind).index(DateKind.ON),
        255,
        list(DateKind).index(DateKind.BY),
    ]
    assert columns["n_claims"].tolist() == [2, 1, 1, 1, 1]
    assert columns["n_sources"].tolist()[0] == 2


def test_marks_are_told_by_what_is_drawn(carried):
    """A line through its gate, a line to a stub, a road, an area and a point are told apart."""
    columns = carried["columns"]
    assert columns["mark"].tolist() == [3, 2, 4, 4, 1]
    assert columns["stub_from"].tolist() == [0] * 5
    assert columns["stub_to"].tolist() == [0, 1, 0, 0, 0]
    assert columns["stub_lon"][0] / 10_000 == pytest.approx(-6.96, abs=0.02)
    drawn = {number: points for number, _, points in shapes_in(columns, "shape")}
    assert drawn[columns["shape"][2]][1] == (-7.163, 38.881)
    assert drawn[columns["shape"][3]][0] in {(-7.0, 37.6), (-8.6, 37.6)}
    assert columns["radius"].tolist() == [0, 0, 0, 0, 20]


def test_roles_name_places(carried):
    """Each end of an event is the number of a place, whose name and position are carried once."""
    columns, texts = carried["columns"], carried["texts"]

    def named(role):
        return [None if number == NONE else texts["place_name"][number] for number in columns[role]]

    assert set(ROLES) <= columns.keys()
    assert named("origin") == ["Elvas", "Elvas", None, None, None]
    assert named("crossing") == ["Caia", None, None, None, None]
    assert named("destination") == ["Badajoz", "Spain", None, None, None]
    assert named("place") == [None, None, "N4", "Alentejo", "Caia"]
    elvas = columns["origin"][0]
    assert (columns["place_lon"][elvas], columns["place_lat"][elvas]) == (-71630, 388810)
    assert "Madrid" not in texts["place_name"]


def test_actors_are_lists_of_numbers(carried):
    """Each event has as many actors as its list says, one after another."""
    columns = carried["columns"]
    assert columns["actor_size"].tolist() == [2, 0, 0, 0, 0]
    assert [carried["names"]["actor"]["name"][number] for number in columns["actor"]] == ["Walkers", "Riders"]


def test_claims_stand_in_the_order_of_their_events(carried):
    """The claims of an event follow those of the event before; one of no event comes last."""
    claims, columns = carried["claims"], carried["columns"]
    assert claims["quote"] == ["some crossed", "2,000 crossed", "some crossed", "some crossed", "they stay", "some crossed", "of no event"]  # fmt: skip
    assert set(claims) == set(CLAIM_TEXTS)
    assert [carried["names"]["source"]["outlet"][number] for number in columns["claim_source"]][:2] == [
        "The Daily Test",
        "Another Test",
    ]
    assert carried["names"]["source"]["url"] == ["", "https://example.org/2"]
    assert [list(Status)[code] for code in columns["claim_status"]][:2] == ["reported", "confirmed"]


def test_the_shipped_collection_is_carried_word_for_word(real, real_layers, gazetteer):
    """Every quote and every title of the real collection comes out of the page's blobs as it went in."""
    blobs = payload(real, history_of(real, gazetteer))
    columns = columns_in(blobs["columns"], blobs["claim-columns"])
    texts = texts_in(blobs["texts"], columns)
    outlets = json_in(blobs["names"])["source"]["outlet"]
    claims = texts_in(blobs["claims"], columns, outlets, texts["place_name"])
    assert sorted(texts["title"]) == sorted(real.events["title"])
    assert sorted(claims["quote"]) == sorted(real.claims["quote"])
    events = len(columns["layer"]) - len(columns["version_of"])
    assert columns["n_claims"][:events].sum() == len(real.claims)
    numbers = [days_of(layer["date_end"]) for layer in (real_layers[name] for name in LAYERS)]
    assert sorted(columns["end"][:events].tolist()) == sorted(np.concatenate(numbers).tolist())
