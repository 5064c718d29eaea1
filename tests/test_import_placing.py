"""Places of rows: by coordinates, by name, by both, and what is told of them."""

import re

import numpy as np
import pandas as pd
import pytest
from foreign_rows import chunk_of

from claims.imports.checking import Checked
from claims.imports.places.countries import Countries
from claims.imports.places.placing import Ask, Placer, asks
from claims.imports.places.positions import positions
from geo.placefiles import COLUMNS, read_places

ELVAS = {"lon": -7.163, "lat": 38.881}
NOWHERE = {"lon": float("nan"), "lat": float("nan")}


def ask(name="", country="", area="town", radius_km=5.0, within="", **where):
    """Give what one row says of a place."""
    return Ask(name, country, where["lon"], where["lat"], area, radius_km, within)


def placed(gazetteer, *rows):
    """Find the places of rows; the first stands on line 2."""
    frame = pd.DataFrame(list(rows), columns=list(Ask._fields))
    return Placer(gazetteer, "Test").placed(frame, "rows.csv", np.arange(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("row", "place_id"),
    [
        (ask("Elvas", "PT", **ELVAS), "elvas"),
        (ask("ELVAS", "", **ELVAS), "elvas"),
        (ask("Elvas", "PT", lon=-7.20, lat=38.91), "elvas"),
        (ask("Badajoz", "ES", radius_km=25, **ELVAS), "badajoz"),
        (ask("Alentejo", "PT", area="region", radius_km=100, **ELVAS), "alentejo"),
        (ask("Elvas", "PT", area="governorate", radius_km=100, within="Alentejo", **ELVAS), "alentejo"),
        (ask("Elvas", "PT", area="country", radius_km=500, **ELVAS), "portugal"),
        (ask("Elvas", "PT", **NOWHERE), "elvas"),
        (ask("", "PT", **NOWHERE), ""),
    ],
)
def test_a_place_that_is_known_is_found(iberia, row, place_id):
    """By its name where the position lies within its radius and the row's, or by its name alone."""
    found = placed(iberia, row)
    assert found.place_ids.tolist() == [place_id]
    assert len(found.places) == 0
    assert found.notices == ()


def test_a_position_that_no_place_of_the_name_has_becomes_one_of_its_own(iberia, tmp_path):
    """It has the row's name, position and radius, the country of the basemap, and can be read as a gazetteer."""
    found = placed(iberia, ask("Camp of Tests", "", lon=-7.51234, lat=38.5, radius_km=25.0))
    assert found.place_ids.tolist() == ["at-camp-of-tests-7.5123w-38.5n"]
    assert tuple(found.places.columns) == COLUMNS
    found.places.to_csv(tmp_path / "places.csv", index=False)
    place = read_places(tmp_path).places["at-camp-of-tests-7.5123w-38.5n"]
    assert (place.name, place.kind, place.country, place.source) == ("Camp of Tests", "town", "PT", "Test")
    assert (place.lon, place.lat, place.radius_km, place.checked) == (-7.5123, 38.5, 25, False)


def test_a_position_without_a_name_is_called_by_itself(iberia):
    """Nothing is invented."""
    found = placed(iberia, ask(lon=-7.5, lat=-0.0))
    assert found.places[["place_id", "name"]].to_numpy().tolist() == [["at-7.5w-0n", "-7.5, 0.0"]]


def test_a_name_and_a_position_that_are_apart_are_told_once(iberia):
    """With both positions and the distance; the position counts."""
    row = ask("Elvas", "PT", lon=-8.5, lat=40.0)
    found = placed(iberia, row, row)
    assert found.place_ids.tolist() == ["at-elvas-8.5w-40n"] * 2
    (notice,) = found.notices
    assert notice.line == 2
    assert (
        "'Elvas' is at -8.5, 40 here and at -7.163, 38.881 in the gazetteer (elvas), 169 km apart"
        in notice.said
    )


@pytest.mark.parametrize("country", ["", "PT"])
def test_a_position_is_told_apart_from_the_nearest_of_its_name_in_any_country(iberia, country):
    """Where no country is said, or none in it bears the name, the name counts wherever it is borne."""
    found = placed(iberia, ask("Badajoz", country, lon=-9.14, lat=38.72))
    (notice,) = found.notices
    assert "'Badajoz' is at -9.14, 38.72 here and at -6.97" in notice.said


def test_a_name_that_no_or_several_places_bear_has_no_place(iberia):
    """It is told, and the row keeps its name alone."""
    found = placed(iberia, ask("Qwxyzt", "PT", **NOWHERE), ask("Springfield", "US", **NOWHERE))
    assert found.place_ids.tolist() == ["", ""]
    unknown, several = (notice.said for notice in found.notices)
    assert unknown.startswith("'Qwxyzt' is not in the gazetteer")
    assert re.match(r"'Springfield' may be any of several places \(\d+ x Springfield \(US\)", several)
    assert "it is kept as a name, without a place (say --countries, give its position, or" in several


def test_places_of_a_name_are_told_by_their_names_and_countries(iberia):
    """Ids say little to a reader."""
    (notice,) = placed(iberia, ask("San Cristobal", "", **NOWHERE)).notices
    assert "at-" not in notice.said
    assert re.search(r"San Crist[oó]bal \([A-Z]{2}\), ", notice.said)


def test_a_region_that_is_not_known_is_a_wide_one_of_its_own(iberia):
    """It is no town's point: its kind is region and its radius that of the code."""
    row = ask("Elvas", "PT", area="governorate", radius_km=100.0, within="Qwxyzt", **ELVAS)
    found = placed(iberia, row)
    place = found.places.iloc[0]
    assert place[["name", "kind", "radius_km"]].tolist() == ["Qwxyzt", "region", "100"]


def test_an_area_elsewhere_is_not_meant(iberia):
    """A region of the name whose middle is far away is another one."""
    found = placed(iberia, ask("Galicia", "", area="region", radius_km=100.0, lon=24.0, lat=49.8))
    assert found.place_ids.tolist() != ["galicia"]


def test_a_country_that_is_not_known_has_no_middle(iberia):
    """Nothing is put at the centre of a country."""
    found = placed(iberia, ask("Nowhere", "", area="country", radius_km=500.0, **ELVAS))
    assert found.place_ids.tolist() == [""]
    assert "is no country that is known" in found.notices[0].said


def test_a_position_far_from_its_country_is_told(iberia):
    """No slip of the pen explains it, so it is taken as it is written."""
    found = placed(iberia, ask("Qwxyzt", "PT", lon=2.35, lat=48.85))
    assert found.places["country"].tolist() == ["FR"]
    assert "lies in 'FR', far from 'PT', which the row says" in found.notices[0].said


def test_a_place_at_a_frontier_is_in_the_country_that_the_row_says(iberia):
    """The basemap's line may be off by three kilometres."""
    row = ask("Tower of Tests", "PT", lon=-7.02, lat=38.88)
    other = ask("Wall of Tests", "ES", lon=-7.02, lat=38.88)
    assert placed(iberia, row, other).places["country"].tolist() == ["PT", "ES"]


def test_the_same_rows_in_the_next_chunk_bring_their_places_again(iberia):
    """What a chunk's claims name is in the chunk; what was told is not told again."""
    placer = Placer(iberia, "Test")
    frame = pd.DataFrame([ask("Elvas", "PT", lon=-8.5, lat=40.0)], columns=list(Ask._fields))
    first, second = (placer.placed(frame, "rows.csv", np.array([line])) for line in (2, 3))
    assert second.places.equals(first.places)
    assert (len(first.notices), len(second.notices)) == (1, 0)


def test_columns_are_put_together_as_asks():
    """Each column is a field of what a row asks."""
    one = np.array([1.0])
    text = pd.Series(["x"], dtype=object)
    frame = asks(text, np.array(["PT"], dtype=object), one, one, np.array(["town"], dtype=object), one, text)
    assert tuple(frame.columns) == Ask._fields


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Portugal", "PT"),
        ("PT", "PT"),
        ("Zimbabwe (Rhodesia)", "ZW"),
        ("Vietnam (North Vietnam)", "VN"),
        ("Georgia", "GE"),
        ("Elvas", ""),
        ("Qwxyzt", ""),
        ("", ""),
    ],
)
def test_a_country_has_its_code_by_its_name(iberia, name, code):
    """Also where data sets write two names of it, or a region elsewhere has the same; what is no country has none."""
    assert Countries(iberia).codes(pd.Series([name])).tolist() == [code]


@pytest.mark.parametrize(
    ("lon", "lat", "fault"),
    [
        ("-7.163", "38.881", None),
        ("", "", None),
        ("-7.163", "", ("lat", None, "is empty")),
        ("x", "38.881", ("lon", "x", "is not a number")),
        ("-7,163", "38.881", ("lon", "-7,163", "is not a number")),
        ("nan", "38.881", ("lon", "nan", "is not a number")),
        ("1_0", "38.881", ("lon", "1_0", "is not a number")),
        ("\u0667", "38.881", ("lon", "\u0667", "is not a number")),
        ("0", "0.0", ("lon, lat", "0, 0.0", "are where positions end up that were lost")),
        ("181", "38.881", ("lon, lat", "181, 38.881", "are not on the earth")),
        ("38.881", "-97", ("lon, lat", "38.881, -97", "look swapped: lat is over 90")),
    ],
)
def test_a_position_that_cannot_be_meant_is_a_fault(lon, lat, fault):
    """With its value and why; one that is not said is none unless it is needed."""
    faults = []
    rows = Checked("rows.csv", chunk_of({"lon": lon, "lat": lat}), faults)
    positions(rows, "lon", "lat", np.array(["PT"], dtype=object), needed=False)
    assert [(each.column, each.value, each.why) for each in faults] == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("lon", "lat", "why", "todo"),
    [
        ("38.881", "-7.163", "look swapped", "write lon -7.163 and lat 38.881"),
        ("7.163", "38.881", "look as if lon had the wrong sign", "write lon -7.163 and lat 38.881"),
        ("-7.163", "-38.881", "look as if lat had the wrong sign", "write lon -7.163 and lat 38.881"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(lon, lat, why, todo):
    """The row's country says where the position should lie; each row of the slip is told."""
    faults = []
    chunk = chunk_of({"lon": lon, "lat": lat}, {"lon": "-7", "lat": "39"}, {"lon": lon, "lat": lat})
    rows = Checked("rows.csv", chunk, faults)
    x, _ = positions(rows, "lon", "lat", np.array(["PT"] * 3, dtype=object), needed=True)
    assert [(each.line, each.why.split(":")[0]) for each in faults] == [(2, why), (4, why)]
    assert all(each.todo.startswith(todo) for each in faults)
    assert np.isnan(x).tolist() == [True, False, True]


HUMERA_AIRPORT = {"lon": 36.583, "lat": 14.25}


@pytest.mark.parametrize("where", [HUMERA_AIRPORT, NOWHERE])
def test_a_town_is_not_the_airport_that_is_called_after_it(iberia, where):
    """A name without the word for an airport is none's."""
    found = placed(iberia, ask("Humera", "ET", **where))
    assert not found.place_ids[0].startswith("airport-")


@pytest.mark.parametrize("where", [HUMERA_AIRPORT, NOWHERE])
def test_an_airport_that_is_named_as_one_is_found(iberia, where):
    """With its position or without."""
    assert placed(iberia, ask("Humera Airport", "ET", **where)).place_ids.tolist() == ["airport-hahu"]
