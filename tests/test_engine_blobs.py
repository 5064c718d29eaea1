"""The page's own unpacking against what was packed."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pages import browser, reading
from test_payload import COUNTED, TEXTS

from layers.blobs import columns_blob, json_blob, texts_blob
from layers.columns import By, Told
from layers.history import history_of
from layers.payload import payload
from layers.texts import OUTLET, SAME, Texts, mark

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[1] / "layers" / "engine" / "blobs.js"

PUT = """(blobs) => {
  for (const [name, blob] of Object.entries(blobs)) {
    const node = document.createElement("script");
    node.type = "text/plain";
    node.id = `bordermap-${name}`;
    node.textContent = blob;
    document.body.append(node);
  }
}"""
COLUMNS = """async () => {
  const columns = await bordermap.blobs.columns("columns");
  return Object.fromEntries(Object.entries(columns).map(([name, array]) => [name, [array.constructor.name, [...array]]]));
}"""
LISTS = """async ([id, sizes]) => {
  const texts = await bordermap.blobs.texts(id);
  const list = (name) => Array.from({ length: sizes[name] }, (_, row) => texts.of(name, row));
  return Object.fromEntries(Object.keys(sizes).map((name) => [name, list(name)]));
}"""
TYPES = {"uint8": "Uint8Array", "uint16": "Uint16Array", "int32": "Int32Array"}


@pytest.fixture
def unpacking(browser):
    """A page with nothing but the engine's unpacking."""
    with reading(browser) as reader:
        reader.page.evaluate("window.bordermap = {}")
        reader.page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        yield reader.page


def columns_read(page, arrays, told=None):
    """Pack columns and let the page unpack them."""
    page.evaluate(PUT, {"columns": columns_blob(arrays, told)})
    return page.evaluate(COLUMNS)


def test_the_page_reads_columns(unpacking):
    """Numbers of each type and width come out as they went in, with their signs."""
    arrays = {
        "bytes": np.array([0, 255], dtype="uint8"),
        "none": np.array([], dtype="int32"),
        "odd": np.array([1, 65535, 256], dtype="uint16"),
        "narrow": np.array([-128, 127, -1], dtype="int32"),
        "three": np.array([-(2**23), 2**23 - 1, -1, 0], dtype="int32"),
        "wide": np.array([-(2**31), 2**31 - 1, -1, 0], dtype="int32"),
    }
    assert columns_read(unpacking, arrays) == {
        name: [TYPES[array.dtype.name], array.tolist()] for name, array in arrays.items()
    }


TOLD = {
    "version_of": Told(By.BEFORE),
    "code": Told(By.VERSION),
    "low": Told(By.VERSION, signed=True),
    "high": Told(By.ROW, "low", signed=True),
    "day": Told(By.ROW, "n_claims"),
    "claim": Told(By.EVENT, "low", signed=True),
    "listed": Told(By.VERSION, "sizes"),
}
ARRAYS = {
    "version_of": np.array([0, 0, 2], dtype="int32"),
    "n_claims": np.array([3, 1, 2, 1, 2, 1], dtype="uint16"),
    "code": np.array([255, 0, 7, 0, 255, 8], dtype="uint8"),
    "low": np.array([1800, -1, 0, 2**30 - 1, -1, -2], dtype="int32"),
    "high": np.array([-2, -1, 2**30 - 1, 0, 7, -1], dtype="int32"),
    "day": np.array([-(2**31), 20_000, 2**31 - 1, 0, -1, 5], dtype="int32"),
    "sizes": np.array([3, 0, 1, 2, 1, 2], dtype="uint8"),
    "listed": np.array([7, 0, 9, 4, 9, 1, 7, 4, 5], dtype="uint16"),
    "claim": np.array([1800, -1, 5, 700, -2, 0], dtype="int32"),
}


def test_the_page_undoes_what_columns_are_told_by(unpacking):
    """Differences to the row before, to another column, to an event and to its last version are added again."""
    read = columns_read(unpacking, ARRAYS, TOLD)
    assert {name: values for name, (_, values) in read.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }


@pytest.mark.parametrize(
    "lists",
    [
        TEXTS,
        {
            "long codes": [
                " ".join(f"w{number}" for number in range(20) for _ in range(min(2**number, 40_000)))
            ]
        },
        {"one": ["again again again"]},
        {"many": [f"w{number} w{number // 2}" for number in range(5000)]},
    ],
    ids=["hard", "skewed", "one", "many"],
)
def test_the_page_reads_texts(unpacking, lists):
    """Texts of any words come out word for word, whatever the length of their codes."""
    unpacking.evaluate(PUT, {"texts": texts_blob(lists)})
    sizes = {name: len(texts) for name, texts in lists.items()}
    assert unpacking.evaluate(LISTS, ["texts", sizes]) == lists


def test_the_page_reads_texts_that_columns_tell(unpacking):
    """Texts told by a place, its name, an outlet, another list or a number come out as they were written."""
    arrays = ARRAYS | {"town": np.array([1, -1, 2, 1, 1, 1], dtype="int32")}
    town = np.repeat(arrays["town"][:3], [3, 1, 2])
    names = {"source": {"outlet": ["The Test", "A Test"]}}
    arrays["claim_source"] = np.array([0, 0, 0, 1, 1, 1], dtype="int32")
    called = {"place_name": ["x", "a b", "c", "y"]}
    chain, told = (
        ["The Test > b", "The Test", "A Test > d", "A Test > ", "", "A Test > z."],
        ["b", "b", "d", "", "", "z."],
    )
    outlets = pa.array(np.repeat(names["source"]["outlet"], 3))
    links = f"{mark(OUTLET)} > {mark(SAME, 'speakers')}"
    chained = pc.binary_join_element_wise(outlets, pa.array(told), " > ")
    lists = {
        "there": Texts(
            ["a b", "a b", "", "c", "a b", ""],
            "towns",
            Told(By.EVENT, "town"),
            town,
            pa.array(called["place_name"]),
        ),
        "here": Texts(["", "a b", "c", "d e", "", "a b"], "towns"),
        "said": Texts(["some 1800", "-1", "5 of 5.", "700", ".", "0 0"], numbers=("claim",)),
        "speakers": Texts(told),
        "via": Texts(chain, likely=((chained, links), (outlets, mark(OUTLET)))),
        "both": Texts(
            ["1800 / then", "then", " / ", "", "a / b / a", "0 /0"], joined=True, numbers=("claim",)
        ),
    }
    unpacking.evaluate(
        PUT, {"columns": columns_blob(arrays, TOLD), "names": json_blob(names), "texts": texts_blob(called)}
    )
    unpacking.evaluate(COLUMNS)
    unpacking.evaluate(
        'async () => { await bordermap.blobs.json("names"); await bordermap.blobs.texts("texts"); }'
    )
    unpacking.evaluate(PUT, {"claims": texts_blob(lists, arrays)})
    assert unpacking.evaluate(LISTS, ["claims", dict.fromkeys(lists, 6)]) == {
        name: list(texts.texts) for name, texts in lists.items()
    }


def test_the_page_reads_ids_that_are_counted(unpacking):
    """Ids of one word and a number of so many digits are written with all their zeros."""
    unpacking.evaluate(
        PUT, {"texts": texts_blob({n: Texts(ids, counted=True) for n, ids in COUNTED.items()})}
    )
    sizes = {name: len(ids) for name, ids in COUNTED.items()}
    assert unpacking.evaluate(LISTS, ["texts", sizes]) == COUNTED


def test_the_page_reads_the_shipped_collection(unpacking, real, gazetteer):
    """Every quote, toponym and number's words of the real collection are in the page word for word."""
    blobs = payload(real, history_of(real, gazetteer))
    unpacking.evaluate(PUT, blobs)
    unpacking.evaluate(COLUMNS)
    unpacking.evaluate(
        """async () => {
          await bordermap.blobs.json("names");
          await bordermap.blobs.columns("claim-columns");
          await bordermap.blobs.texts("texts");
        }"""
    )
    names = ("quote", "via", "origin", "crossing", "destination", "place", "count_text", "date_text")
    read = unpacking.evaluate(LISTS, ["claims", dict.fromkeys(names, len(real.claims))])
    for name in names:
        assert sorted(read[name]) == sorted(real.claims[name])


def test_the_page_reads_json(unpacking):
    """A JSON value comes out as it went in."""
    unpacking.evaluate(PUT, {"labels": json_blob(TEXTS)})
    assert unpacking.evaluate('() => bordermap.blobs.json("labels")') == TEXTS
