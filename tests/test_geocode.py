"""The geocoder: which place a toponym means, by itself, in its document and within a phrase."""

import pytest
from worlds_made import made_world, row

from geo.gazetteer import Gazetteer, Place, PlaceKind
from geo.geocode import Offline


def place(place_id, kind, *spellings, country="XA", at=(10, 50)):
    """Make a place of some spellings."""
    name, *aliases = spellings
    return place_id, Place(place_id, name, "", PlaceKind(kind), country, *at, 5, tuple(aliases))


GAZETTEER = Gazetteer(
    dict(
        [
            place("town", "town", "Al-Qaim", "القائم", "Qaim"),
            place("gate", "crossing", "Al-Qaim crossing", "معبر القائم"),
            place("zor", "town", "Deir ez-Zor", "دير الزور"),
            place("zor-gov", "governorate", "Deir ez-Zor Governorate", "محافظة دير الزور"),
            place("sadr", "district", "Sadr City"),
            place("t4", "base", "T-4 (Tiyas) airbase", "T4"),
            place("omar", "site", "Al-Omar"),
            place("roj", "camp", "Roj camp"),
            place("walid-south", "crossing", "Al-Walid crossing", country="XA"),
            place("walid-north", "crossing", "Al-Walid crossing", "Sahela", country="XB", at=(20, 52)),
            place("river", "river", "Great River", country=""),
            place("xa", "country", "Xanthia"),
        ]
    )
)

FOUND = [
    ("Al-Qaim", "town", "exact"),
    (" Al-Qaim ", "town", "exact"),
    ("القائم", "town", "exact"),
    ("al Qa'im", "town", "exact"),
    ("Al-Qaim crossing", "gate", "exact"),
    ("al-Qaim border crossing", "gate", "kind"),
    ("the border gate of al-Qaim", "gate", "kind"),
    ("منفذ القائم الحدودي", "gate", "kind"),
    ("Deir Ezzor", "zor", "folded"),
    ("Deir Ezzor province", "zor-gov", "kind"),
    ("province of Deir ez-Zor", "zor-gov", "kind"),
    ("city of Deir ez-Zor", "zor", "kind"),
    ("مدينة دير الزور", "zor", "kind"),
    ("Sadr City", "sadr", "exact"),
    ("T-4", "t4", "folded"),
    ("T4 military air base", "t4", "kind"),
    ("Camp Roj", "roj", "kind"),
    ("Roj refugee camp", "roj", "kind"),
    ("Dayr al-Zor", "zor", "folded"),
    ("Dayr Zawr", "zor", "consonants"),
    ("Sahhella", "walid-north", "folded"),
    ("Xanthja", "xa", "close"),
]

NOT_FOUND = [
    ("Al-Walid crossing", "ambiguous", ["walid-south", "walid-north"]),
    ("al Waleed border crossing", "ambiguous", ["walid-south", "walid-north"]),
    ("Deir ez-Zor crossing", "other kind", ["zor", "zor-gov"]),
    ("Sadr town", "other kind", ["sadr"]),
    ("Atlantis", "unknown", []),
    ("crossing", "unknown", []),
    ("", "unknown", []),
    ("---", "unknown", []),
    ("Qam", "unknown", []),
    ("Umar", "unknown", []),
]


def one(toponym, gazetteer=GAZETTEER, world=None, **said):
    """Geocode one toponym by itself."""
    (match,) = Offline(gazetteer, world).geocode([toponym], **said)
    return match


@pytest.mark.parametrize(("toponym", "place_id", "how"), FOUND)
def test_a_toponym_finds_its_place(toponym, place_id, how):
    """The first step of spelling that finds a place decides, and the answer says which."""
    match = one(toponym)
    assert (match.how, match.place) == (how, GAZETTEER[place_id])
    assert match.candidates == (match.place,)


@pytest.mark.parametrize(("toponym", "how", "candidates"), NOT_FOUND)
def test_what_the_name_does_not_decide_has_no_place(toponym, how, candidates):
    """Ambiguous, of another kind and unknown are results; none is a guess."""
    match = one(toponym)
    assert match.place is None
    assert match.how == how
    assert [each.place_id for each in match.candidates] == candidates


def test_a_country_decides_between_places_of_one_name():
    """Told what the document is about, the place there is taken; a place that lies in several is taken too."""
    match = one("Al-Walid crossing", countries={"XB"})
    assert (match.place, match.told) == (GAZETTEER["walid-north"], "exact, by context")
    assert one("Great River", countries={"XB"}).place is GAZETTEER["river"]


def test_a_spelling_of_the_other_kind_only_does_not_leak_through_folding():
    """The town's bare name never gives the crossing."""
    for spelling in ("Al-Qaim", "AL QAIM", "Qaim", "qa'im"):
        assert one(spelling).place is GAZETTEER["town"]


# ---- the world gazetteer

NOWHERE = Gazetteer({})


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Give two countries: in XA the city Toledo and Lima, in XB a small Toledo in the division Ohio beside Akron."""
    return made_world(
        tmp_path_factory.mktemp("world"),
        row(
            "country-xa",
            "country",
            "Xanthia",
            people=8.0,
            at=(-4, 40),
            division="XA",
            radius_km=400,
            demonyms=["Xanthian"],
        ),
        row("country-xb", "country", "Xebec", people=8.0, at=(-90, 40), division="XB", radius_km=900),
        row(
            "admin-xb.oh",
            "governorate",
            "Ohio",
            people=7.0,
            at=(-82.9, 40.4),
            division="XB.OH",
            radius_km=200,
        ),
        row("geonames-1", "town", "Toledo", people=5.8, at=(-4.0, 39.9), division="XA.CM"),
        row("geonames-2", "town", "Toledo", people=4.9, at=(-83.5, 41.7), division="XB.OH"),
        row("geonames-3", "town", "Akron", people=5.3, at=(-81.5, 41.1), division="XB.OH"),
        row("geonames-4", "town", "Lima", people=4.6, at=(-4.1, 39.5), division="XA.CM"),
        row("geonames-5", "town", "Springfield", people=4.5, at=(-83.8, 39.9), division="XB.OH"),
        row("geonames-6", "town", "Springfield", people=4.5, at=(-93.3, 37.2), division="XB.MO"),
        row("geonames-7", "town", "Mansfield", people=4.5, at=(-82.5, 40.8), division="XB.OH"),
        row("geonames-8", "town", "Hamlet", people=2.8, at=(-5, 41), division="XA.CL"),
        row(
            "admin-xa.lm",
            "governorate",
            "Sevilla",
            people=6.0,
            at=(-5.5, 37.5),
            division="XA.SE",
            radius_km=90,
        ),
        row("geonames-9", "town", "Sevilla", people=5.8, at=(-5.97, 37.4), division="XA.SE"),
    )


def ids(matches):
    """Give the ids of the places of matches, None for none."""
    return [match.place and match.place.place_id for match in matches]


DOCUMENTS = [
    (["Toledo"], ["geonames-1"], "exact, best known"),
    (["Toledo", "Akron"], ["geonames-2", "geonames-3"], "exact, by context"),
    (["Toledo", "Ohio"], ["geonames-2", "admin-xb.oh"], "exact, by context"),
    (["Toledo", "Xebec", "Akron"], ["geonames-2", "country-xb", "geonames-3"], "exact, by context"),
    (["Toledo", "Xanthian"], ["geonames-1", "country-xa"], "exact, best known"),
    (["Toledo, Ohio"], ["geonames-2"], "exact"),
    (["Toledo (Xebec)"], ["geonames-2"], "exact"),
    (["Toledo, Ohio, Xebec"], ["geonames-2"], "exact"),
    (["Springfield"], [None], "ambiguous"),
    (["Springfield", "Akron", "Mansfield"], ["geonames-5", "geonames-3", "geonames-7"], "exact, by context"),
    (["Ohio province"], ["admin-xb.oh"], "kind"),
    (["Mansfeild", "Akron", "Ohio"], ["geonames-7", "geonames-3", "admin-xb.oh"], "consonants"),
    (["Sevilla"], ["geonames-9"], "exact, best known"),
    (["Sevilla province"], ["admin-xa.lm"], "kind"),
    (["Hamlet"], ["geonames-8"], "exact"),
    (
        ["Hamlet", "Akron", "Toledo", "Ohio", "Mansfield"],
        [None, "geonames-3", "geonames-2", "admin-xb.oh", "geonames-7"],
        "unlikely",
    ),
]


@pytest.mark.parametrize(("toponyms", "place_ids", "told"), DOCUMENTS, ids=lambda value: str(value)[:40])
def test_the_names_of_a_document_decide_together(world, toponyms, place_ids, told):
    """Countries, divisions, neighbours and the name beside it choose among places of one name, or none is chosen."""
    matches = Offline(NOWHERE, lambda: world).geocode(toponyms)
    assert ids(matches) == place_ids
    assert matches[0].told == told


@pytest.mark.parametrize(("twins", "place_id"), [(1, "geonames-90"), (2, None)])
def test_no_country_is_crowded_out_by_many_places_of_a_name(tmp_path, twins, place_id):
    """Among forty larger towns of the name elsewhere, the document's country still has its own, or its two in doubt."""
    crowd = [
        row(f"geonames-{at}", "town", "Springfield", people=5.0, at=(-90 + at, 40), division="XB")
        for at in range(40)
    ]
    small = [
        row(f"geonames-{90 + at}", "town", "Springfield", people=3.5, at=(4.0, 45.0 + 4 * at), division="XC")
        for at in range(twins)
    ]
    country = row("country-xc", "country", "Xylia", people=7.0, at=(4.0, 47.0), division="XC", radius_km=300)
    world = made_world(tmp_path, *crowd, *small, country)
    (match, _) = Offline(NOWHERE, lambda: world).geocode(["Springfield", "Xylia"], countries={"XC"})
    assert ids([match]) == [place_id]
    assert [each.country for each in match.candidates[:twins]] == ["XC"] * twins


def test_candidates_come_with_the_likeliest_first(world):
    """An ambiguous name lists the places it may mean, and a decided one those that it may have meant."""
    assert [c.place_id for c in one("Springfield", NOWHERE, lambda: world).candidates] == [
        "geonames-5",
        "geonames-6",
    ]
    assert [c.place_id for c in one("Toledo", NOWHERE, lambda: world).candidates] == [
        "geonames-1",
        "geonames-2",
    ]


def test_repeats_have_the_place_of_the_first(world):
    """One match for each toponym in its order, the same for the same name."""
    matches = Offline(NOWHERE, lambda: world).geocode(["Akron", "Lima", "Akron"])
    assert ids(matches) == ["geonames-3", "geonames-4", "geonames-3"]
    assert [match.toponym for match in matches] == ["Akron", "Lima", "Akron"]


def test_a_long_document_is_answered_whole(world):
    """A document of more names than are weighed together has an answer for each."""
    names = [f"No{at}where" for at in range(150)] + ["Akron", "Toledo"]
    assert ids(Offline(NOWHERE, lambda: world).geocode(names)) == [None] * 150 + ["geonames-3", "geonames-2"]


def test_no_name_has_no_place():
    """A document without names is answered with none."""
    assert Offline(GAZETTEER, None).geocode([]) == []


def test_the_world_is_not_read_for_a_name_that_the_curated_gazetteer_knows():
    """What is curated costs no reading, and neither does a phrase around it."""

    def unread():
        raise AssertionError("the world gazetteer was read")

    geocoder = Offline(GAZETTEER, unread)
    names = [
        "Al-Qaim",
        "al Qa'im",
        "DEIR EZ ZOR",
        "Al-Walid crossing",
        "northeast of al-Qaim",
        "near Roj camp",
    ]
    assert all(match.candidates for match in geocoder.geocode(names))


def test_a_curated_place_stands_for_the_same_place_of_the_world(tmp_path):
    """Two records of one place are one candidate, under the curated id."""
    world = made_world(tmp_path, row("geonames-1", "town", "Al-Qaim", at=(10.01, 50.02), division="XA.1"))
    matches = Offline(GAZETTEER, lambda: world).geocode(["Al-Qaim", "Nowhere"])
    assert matches[0].candidates == (GAZETTEER["town"],)


def test_a_curated_place_is_itself_under_a_name_that_only_the_world_lists(tmp_path):
    """Whichever of its names is written, a place has its curated id; two records of it are one candidate."""
    world = made_world(
        tmp_path,
        row("geonames-1", "town", "Al-Qaim", "Husaybah", at=(10.01, 50.02), division="XA.1"),
        row("site-roj", "camp", "Roj", "Derik camp", at=(10.0, 50.01), division="XA.1"),
        row("site-roj-2", "camp", "Roj camp", "Derik camp", at=(10.01, 50.0), division="XA.1"),
    )
    matches = Offline(GAZETTEER, lambda: world).geocode(["Husaybah", "Husayba camp", "Derik camp"])
    assert [match.candidates for match in matches] == [
        (GAZETTEER["town"],),
        (GAZETTEER["town"],),
        (GAZETTEER["roj"],),
    ]
    assert [match.how for match in matches] == ["exact", "other kind", "exact"]


# ---- phrases

PHRASES = [
    ("northeast of Toledo", "northeast-of:geonames-1"),
    ("near Akron", "near:geonames-3"),
    ("between Akron and Mansfield", "between:geonames-3:geonames-7"),
    ("northwest of Toledo, Ohio", "northwest-of:geonames-2"),
]


@pytest.mark.parametrize(("toponym", "place_id"), PHRASES)
def test_a_phrase_becomes_a_derived_place(world, toponym, place_id):
    """A place said by way of others is an area or a line around them, with an id that spells it."""
    match = one(toponym, NOWHERE, lambda: world)
    assert match.how == "phrase"
    assert match.place.place_id == place_id
    assert match.place.geometry is not None


def test_the_name_in_a_phrase_is_decided_by_the_document(world):
    """Near which Toledo it was, the other names tell."""
    matches = Offline(NOWHERE, lambda: world).geocode(["south of Toledo", "Akron", "Ohio"])
    assert matches[0].place.place_id == "south-of:geonames-2"
    assert matches[0].told == "phrase, by context"


@pytest.mark.parametrize("first", [0, 1])
def test_a_phrase_and_the_bare_name_beside_it_are_two_names(tmp_path, first):
    """The outskirts are the town's, and the bare name stays the country, whichever stands first."""
    world = made_world(
        tmp_path,
        row("country-xb", "country", "Xebec", people=8.0, division="XB", radius_km=300),
        row("geonames-1", "town", "Xebec", people=5.0, at=(14.0, 50.0), division="XB.1"),
    )
    names = ["Xebec", "the outskirts of Xebec"]
    found = ["country-xb", "outskirts-of:geonames-1"]
    asked = names[first:] + names[:first]
    assert ids(Offline(NOWHERE, lambda: world).geocode(asked)) == found[first:] + found[:first]


def test_a_phrase_around_an_ambiguous_name_is_ambiguous(world):
    """Doubt about the name stays doubt about the phrase, with the name's candidates."""
    match = one("south of Springfield", NOWHERE, lambda: world)
    assert (match.place, match.how) == (None, "ambiguous")
    assert [each.place_id for each in match.candidates] == ["geonames-5", "geonames-6"]


def test_a_phrase_around_an_unknown_name_is_unknown(world):
    """No place is derived from a name that nobody knows."""
    assert one("south of Atlantis", NOWHERE, lambda: world).how == "unknown"


BORDERS = [
    (["the border between Iraq and Syria"], "iraq-syria-border"),
    (["Syria", "the Iraqi side of the border"], "border-side:iraq:syria"),
    (["Iraq", "the Syrian side of the border"], "border-side:syria:iraq"),
]


@pytest.mark.parametrize(("toponyms", "place_id"), BORDERS)
def test_a_side_of_a_border_is_not_the_whole_of_it(gazetteer, toponyms, place_id):
    """A border that is curated is that place; one side of it is derived, and keeps its side."""
    assert Offline(gazetteer).geocode(toponyms)[-1].place.place_id == place_id


@pytest.mark.parametrize("others", [[], ["Port Nowhere"]])
def test_a_border_that_is_not_named_is_no_town_of_that_name(tmp_path, others):
    """Whether or not another name of the document needs the world, where a town is called "Border"."""
    world = made_world(
        tmp_path,
        row("geonames-1", "town", "Border", "The Border", people=6.0, division="XB.1"),
        row("geonames-2", "town", "Port Nowhere", people=6.0, division="XC.1"),
    )
    match = Offline(GAZETTEER, lambda: world).geocode(["the border", *others])[0]
    assert (match.place, match.candidates, match.how) == (None, (), "unknown")


def test_a_name_that_looks_like_a_phrase_is_a_name(tmp_path):
    """The country "South Xebec" is that country before it is the south of Xebec."""
    world = made_world(
        tmp_path,
        row("country-xb", "country", "Xebec", people=8.0, division="XB"),
        row("country-xs", "country", "South Xebec", people=7.0, division="XS"),
    )
    assert one("South Xebec", NOWHERE, lambda: world).place.place_id == "country-xs"


BORDERS = [
    (
        [
            "the border strip",
            "Spain",
            "Portugal",
            "Madrid",
            "Seville",
            "Toledo",
            "Bilbao",
            "Valencia",
            "Zaragoza",
        ],
        True,
    ),
    (["the border strip", "Spain", "Madrid", "Lisbon", "Porto"], True),
    (["the Spanish border", "Portugal", "Lisbon", "Porto", "Spain"], True),
    (["the border strip", "Madrid", "Bilbao"], False),
    (["the border strip"], False),
]


@pytest.mark.parametrize(("toponyms", "known"), BORDERS, ids=lambda value: str(value)[:40])
def test_a_border_is_that_of_the_two_countries_that_the_document_is_about(toponyms, known):
    """Whose border it is the other places tell, or the countries that are named; else it is unknown."""
    match = Offline(NOWHERE).geocode(toponyms)[0]
    assert (match.place and match.place.place_id) == ("border-strip:country-es:country-pt" if known else None)
    assert match.how == ("phrase" if known else "unknown")


def test_a_later_step_of_spelling_never_overrides_an_earlier(tmp_path):
    """What bears the very name comes first, whichever gazetteer lists it and whatever the document is about."""
    world = made_world(
        tmp_path,
        row("geonames-1", "town", "Qayim", people=6.0, at=(80, 10), division="XZ.1"),
        row("geonames-2", "town", "Saddr City", people=6.0, at=(81, 10), division="XZ.1"),
    )
    names = ["Al-Qayim", "Qayim", "Sadr City", "Roj camp", "Deir ez-Zor", "Nowhere"]
    by_name = dict(zip(names, Offline(GAZETTEER, lambda: world).geocode(names), strict=True))
    assert [place.place_id for place in by_name["Qayim"].candidates] == ["geonames-1"]
    assert [place.place_id for place in by_name["Sadr City"].candidates] == ["sadr"]
