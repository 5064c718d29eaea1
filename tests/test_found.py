import pytest
from nominatim_made import result

from geo.matches import How
from geo.online.choosing import CLEAR_GAP, choose
from geo.online.found import LEAST_RADIUS_KM, OUTLINE_UNKNOWN_KM, read_result, visible

SOURCE = "OpenStreetMap by Nominatim at nominatim.example, asked 2026-11-23, ODbL"


def found(*given, **more):
    """Read one result as Nominatim's server tells it."""
    raw = result(*given, **more)
    return read_result(
        {"address": raw.get("display_name"), "lat": float(raw["lat"]), "lon": float(raw["lon"]), "raw": raw},
        source=SOURCE,
    )


# ---- from a result to a place


def test_a_result_becomes_a_place():
    """Each field of the place comes from its own part of the result, and it is not checked."""
    names = {
        "name": "Zermatt",
        "name:en": "Zermatt",
        "name:fr": "Praborgne",
        "name:ar": "تسيرمات",
        "alt_name": "Matt;Zer Matt",
    }
    one = found(osm_type="relation", osm_id=1685677, namedetails=names, importance=0.51)
    place = one.place
    assert (place.place_id, place.name, place.name_ar) == ("osm-r1685677", "Zermatt", "تسيرمات")
    assert (place.kind.value, place.country, place.lon, place.lat) == ("town", "CH", 7.75, 46.02)
    assert place.aliases == ("Matt", "Zer Matt")
    assert (place.source, place.checked, place.shape) == (SOURCE, False, None)
    assert one.importance == 0.51
    assert len(one.keys) == 4


KINDS = [
    ("place=city", {}, "town"),
    ("place=hamlet", {}, "town"),
    ("place=suburb", {}, "district"),
    ("place=municipality", {}, "district"),
    ("place=province", {}, "governorate"),
    ("place=region", {}, "region"),
    ("place=locality", {}, "site"),
    ("boundary=administrative", {"addresstype": "country"}, "country"),
    ("boundary=administrative", {"addresstype": "state"}, "governorate"),
    ("boundary=administrative", {"addresstype": "county"}, "district"),
    ("boundary=administrative", {"addresstype": "city"}, "town"),
    ("boundary=administrative", {"addresstype": "administrative"}, "district"),
    ("boundary=administrative", {"addresstype": None, "place_rank": 4}, "country"),
    ("boundary=administrative", {"addresstype": None, "place_rank": 8}, "governorate"),
    ("boundary=administrative", {"addresstype": None, "place_rank": 12}, "district"),
    ("boundary=administrative", {"addresstype": None, "place_rank": 16}, "town"),
    ("boundary=administrative", {"addresstype": None, "place_rank": 25}, "district"),
    ("boundary=administrative", {"addresstype": None, "place_rank": "?"}, "country"),
    ("boundary=protected_area", {}, "region"),
    ("natural=desert", {}, "region"),
    ("natural=peak", {}, "site"),
    ("aeroway=aerodrome", {}, "base"),
    ("military=airfield", {}, "base"),
    ("military=checkpoint", {}, "crossing"),
    ("landuse=military", {}, "base"),
    ("landuse=industrial", {}, "site"),
    ("barrier=border_control", {}, "crossing"),
    ("amenity=refugee_site", {}, "camp"),
    ("amenity=cafe", {}, "site"),
    ("waterway=river", {}, "river"),
    ("waterway=dam", {}, "site"),
    ("highway=trunk", {}, "road"),
    ("highway=bus_stop", {}, "site"),
    ("shop=ski", {}, "site"),
]


@pytest.mark.parametrize(("tag", "more", "kind"), KINDS)
def test_the_kind_comes_from_the_tag(tag, more, kind):
    """OpenStreetMap's main tag says the kind, of a boundary the address type, and on old servers its rank."""
    assert found(tag=tag, **more).place.kind == kind


def test_a_later_format_calls_the_key_category():
    """Both of Nominatim's JSON formats are read."""
    assert found(tag="waterway=river", **{"class": None, "category": "waterway"}).place.kind == "river"


@pytest.mark.parametrize(
    ("box", "radius_km"),
    [
        (["46.0", "46.0", "7.0", "7.0"], LEAST_RADIUS_KM),
        (["0", "2", "0", "0"], 111.2),
        (["-1", "1", "-1", "1"], 157.3),
        (["59", "61", "-1", "1"], 124.3),
        (["-1", "1", "179", "-179"], 157.3),
        (None, OUTLINE_UNKNOWN_KM),
        (["46", "46"], OUTLINE_UNKNOWN_KM),
        (["a", "b", "c", "d"], OUTLINE_UNKNOWN_KM),
        (["47", "46", "7", "8"], OUTLINE_UNKNOWN_KM),
        (["46", "99", "7", "8"], OUTLINE_UNKNOWN_KM),
        ({"south": 46}, OUTLINE_UNKNOWN_KM),
    ],
)
def test_the_radius_holds_the_whole_extent(box, radius_km):
    """Half its diagonal, over the date line too; a kilometre at least; a city's width where none is told."""
    assert found(boundingbox=box).place.radius_km == pytest.approx(radius_km, abs=0.1)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"namedetails": {"name": "Genève", "name:en": "Geneva"}}, "Geneva"),
        ({"namedetails": {"name": "Genève"}}, "Genève"),
        ({"namedetails": None, "display_name": "Genève, Suisse"}, "Genève"),
        ({"namedetails": {"name:en": 7, "name": ["x"]}, "display_name": "Genève"}, "Genève"),
        ({"namedetails": {"name": "Gen\u202eève\x00\n"}}, "Genève"),
        ({"namedetails": {"name": "<b>Genève</b>${1}"}}, "<b>Genève</b>${1}"),
        ({"namedetails": {"name": "G" * 5000}}, "G" * 200),
    ],
)
def test_the_name_is_text_and_only_text(more, name):
    """English first, then its own, then the address; without characters that are not seen, and not without end."""
    assert found(**more).place.name == name


@pytest.mark.parametrize("code", [None, "", "c", "che", "1h", 41, ["ch"], "c\nh"])
def test_a_country_that_is_no_code_is_none(code):
    """Only two letters are a country."""
    assert found(address={"country_code": code}).place.country == ""


@pytest.mark.parametrize(
    "more",
    [
        {"osm_id": None},
        {"osm_type": "planet"},
        {"osm_id": -1},
        {"osm_id": True},
        {"osm_id": "1; DROP"},
        {"osm_id": 1.5},
        {"osm_type": ["node"]},
    ],
)
def test_without_a_sound_id_a_place_gets_one_of_its_own(more):
    """The same result gets the same id, another place another."""
    ids = [
        found(**more).place.place_id,
        found(**more).place.place_id,
        found(lon="7.8", **more).place.place_id,
    ]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].startswith("online-")


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "Zermatt",
        {},
        {"address": "Zermatt"},
        {"address": "Zermatt", "lat": 46},
        {"address": "Zermatt", "lat": "abc", "lon": 7},
        {"address": "Zermatt", "lat": 90.1, "lon": 7},
        {"address": "Zermatt", "lat": 46, "lon": -180.1},
        {"address": "Zermatt", "lat": float("nan"), "lon": 7},
        {"address": "Zermatt", "lat": float("inf"), "lon": 7},
        {"address": "Zermatt", "lat": True, "lon": 7},
        {"address": "Zermatt", "lat": 10**400, "lon": 7},
        {"address": "\x00", "lat": 46, "lon": 7},
        {"address": 7, "lat": 46, "lon": 7},
        {"address": "Zermatt", "lat": {}, "lon": 7, "raw": []},
    ],
)
def test_what_has_no_name_or_position_is_no_place(told):
    """It is left out, whatever is wrong with it."""
    assert read_result(told, source=SOURCE) is None


ODD = (
    None,
    True,
    -1,
    1.5,
    10**400,
    float("nan"),
    "",
    "\x00",
    "a" * 1000,
    b"x",
    [],
    [[]],
    [1, 2, 3, 4],
    {},
    {"a": []},
    {1: 2},
)


@pytest.mark.parametrize("key", [*result(), "category", "extratags", "geojson"])
def test_no_value_of_any_key_breaks_it(key):
    """Whatever stands in one part of a result, it is read into a place of a kind, or left out."""
    for odd in ODD:
        raw = result() | {key: odd}
        told = {"address": raw["display_name"], "lat": raw["lat"], "lon": raw["lon"], "raw": raw}
        one = read_result(told, source=SOURCE)
        assert one is None or (one.place.name and -180 <= one.place.lon <= 180 and one.place.radius_km >= 1)
        match = choose("Zermatt", [one] if one else [])
        assert match is None or match.candidates == (one.place,)


@pytest.mark.parametrize("importance", [None, "high", float("nan"), 7, [1], True])
def test_an_importance_that_is_none_is_zero(importance):
    """What is no number from 0 to 1 makes nothing important."""
    assert found(importance=importance).importance == 0


def test_text_keeps_what_is_seen():
    """Control characters, marks of direction, joiners and half pairs go; spaces are made single; letters stay."""
    assert visible(" a\x00\u202e\u200d\ud800  b\u00a0\n\tد\u064e ") == "a b د\u064e"


# ---- from several places to one


def chosen(toponym, *places, **more):
    """Choose among places, and tell how, the place and the candidates."""
    match = choose(toponym, places, **more)
    return (
        match.told,
        match.place and match.place.place_id,
        [place.place_id for place in match.candidates],
    )


def at(name, place_id, lon, lat, importance=0.5, tag="place=city", **more):
    """Make a found place with an id of its own."""
    return found(name, str(lon), str(lat), tag=tag, importance=importance, osm_id=place_id, **more)


def test_one_place_is_the_place():
    """No other is known; where others were not asked for, the context decided."""
    one = at("Freiburg", 1, 7.85, 48.0)
    assert chosen("Freiburg", one) == ("online", "osm-n1", ["osm-n1"])
    assert chosen("Freiburg", one, narrowed=True) == ("online, by context", "osm-n1", ["osm-n1"])
    assert choose("Freiburg", []) is None


def test_places_of_a_name_that_are_alike_are_ambiguous():
    """The likeliest stands first among the candidates, and none is given."""
    places = [at("Freiburg", 1, 7.85, 48.0, 0.45), at("Freiburg", 2, 7.16, 46.8, 0.6)]
    assert chosen("Freiburg", *places) == ("ambiguous", None, ["osm-n2", "osm-n1"])


@pytest.mark.parametrize(
    ("gap", "told"), [(CLEAR_GAP + 0.01, "online, best known"), (CLEAR_GAP - 0.01, "ambiguous")]
)
def test_the_gap_decides(gap, told):
    """One that is clearly more important is taken; one that is a little so is not."""
    places = [at("Freiburg", 1, 7.85, 48.0, 0.3 + gap), at("Freiburg", 2, 7.16, 46.8, 0.3)]
    assert chosen("Freiburg", *places)[0] == told


def test_the_view_decides_among_equals_and_not_against_a_capital():
    """A place in the preferred view is taken before its like, beside a little better known, never before the famous."""
    view = (7, 46, 8, 47)
    inside, like, famous = (
        at("Freiburg", 1, 7.16, 46.8, 0.45),
        at("Freiburg", 2, 7.85, 48.0, 0.45),
        at("Freiburg", 3, 16.3, 50.8, 0.95),
    )
    assert chosen("Freiburg", like, inside, viewbox=view)[:2] == ("online, by context", "osm-n1")
    assert chosen("Freiburg", inside, famous, viewbox=view)[:2] == ("online, best known", "osm-n3")
    assert chosen("Freiburg", inside, like)[0] == "ambiguous"


def test_results_within_one_anothers_radius_are_one_place():
    """The node and the outline of one town are a town, not two."""
    node, outline = (
        at("Freiburg", 1, 7.85, 48.0),
        at("Freiburg", 2, 7.86, 48.001, tag="boundary=administrative"),
    )
    assert chosen("Freiburg", outline, node) == ("online", "osm-n1", ["osm-n1"])
    assert chosen("Freiburg", node, node) == ("online", "osm-n1", ["osm-n1"])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ((10, 60), (10.4, 60), "online"),  # 22 km
        ((10, 60), (10.5, 60), "ambiguous"),  # 28 km
        ((10, 60), (10, 60.2), "online"),
        ((10, 60), (10, 60.25), "ambiguous"),
        ((179.9, 60), (-179.9, 60), "online"),
    ],
)
def test_results_as_far_apart_as_their_radius_are_two(one, other, told):
    """Places of 25 km are one within these, reckoned along the ground and across the 180th meridian."""
    places = [at("Freiburg", number, *where, boundingbox=None) for number, where in enumerate((one, other))]
    assert chosen("Freiburg", *places)[0] == told


def around(**more):
    """Make a district around the town."""
    box = ["47.5", "48.5", "7", "9"]
    more = {"boundingbox": box, "addresstype": "county", **more}
    return at("Freiburg", 2, 8.2, 47.8, 0.6, "boundary=administrative", **more)


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ({}, "online"),
        ({"addresstype": "state"}, "online"),
        ({"addresstype": "country"}, "ambiguous"),
        ({"address": {"country_code": "de"}}, "ambiguous"),
        ({"boundingbox": ["47.5", "47.9", "7", "9"]}, "ambiguous"),
        ({"boundingbox": None}, "ambiguous"),
    ],
)
def test_a_town_stands_for_the_area_around_it_that_bears_its_name(area, told):
    """A district or governorate of the same country and name that holds it; a country is a place of its own."""
    town = at("Freiburg", 1, 7.85, 48.0, 0.5)
    how, place_id, _ = chosen("Freiburg", around(**area), town)
    assert how == told
    assert place_id == ("osm-n1" if told == "online" else None)


def test_what_bears_the_name_comes_before_what_is_only_like_it():
    """A famous place with another name does not beat, or make doubtful, one of the name."""
    york, new_york = at("York", 1, -1.08, 53.96, 0.6), at("New York", 2, -74, 40.7, 0.95)
    assert chosen("York", new_york, york) == ("online", "osm-n1", ["osm-n1"])


@pytest.mark.parametrize("toponym", ["Geneva", "Genf", "GENEVE", "Genève, Switzerland", "geneve, nowhere"])
def test_a_name_in_any_language_is_a_name(toponym):
    """All names that the service knows count, folded, and what stands after a comma does not."""
    names = {"name": "Genève", "name:en": "Geneva", "name:de": "Genf"}
    other = at("Genthod", 2, 6.16, 46.26, 0.9)
    assert chosen(toponym, other, at("Genève", 1, 6.14, 46.2, namedetails=names))[1] == "osm-n1"


@pytest.mark.parametrize("tag", ["highway=residential", "shop=ski", "amenity=cafe", "railway=station"])
def test_what_is_called_after_a_place_is_not_the_place(tag):
    """A street or shop counts only under its own whole name."""
    called = at("Genfer Strasse", 1, 13.7, 51.0, tag=tag)
    assert choose("Genf", [called]) is None
    assert chosen("Genfer Strasse", called)[1] == "osm-n1"


def test_a_spelling_that_only_the_service_knows_is_trusted_for_a_town():
    """Nominatim finds a town by a name that it does not tell."""
    assert chosen("Genua", at("Genova", 1, 8.93, 44.4)) == ("online", "osm-n1", ["osm-n1"])


def test_a_kind_that_is_said_decides():
    """A province that is said is the province; a crossing that is said is neither it nor the town."""
    state = at("Valais", 1, 7.6, 46.2, tag="boundary=administrative", addresstype="state")
    town = at("Valais", 2, 1.5, 47.1)
    assert chosen("Valais province", town, state)[:2] == ("online", "osm-n1")
    match = choose("Valais crossing", [town, state])
    assert (match.how, match.place) == (How.OTHER_KIND, None)
    assert len(match.candidates) == 2


def test_the_match_keeps_the_name_as_written():
    """The toponym of the match is the one that was asked."""
    assert choose(" Freiburg", [at("Freiburg", 1, 7.85, 48.0)]).toponym == " Freiburg"
