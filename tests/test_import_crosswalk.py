"""ACLED's and UCDP's codes in ours, and ours in theirs."""

import math

import pandas as pd
import pytest

from claims.imports.datasets import precision
from claims.imports.datasets.crosswalk import (
    AcledType,
    acled_event,
    acled_meaning,
    actor_type,
    rows_of,
    side_type,
    violence,
)
from claims.imports.datasets.precision import (
    ACLED_GEO,
    ACLED_TIME,
    UCDP_DATE,
    UCDP_WHERE,
    is_code,
    precise,
    to_acled_geo,
    to_acled_time,
    to_ucdp_date,
    to_ucdp_where,
)
from claims.model import Kind, Status
from geo.places import PlaceKind

CHANGE = AcledType("Strategic developments", "Strategic developments", "Change to group/activity")


def test_every_type_of_acleds_is_in_the_table_once():
    """The codebook of 2023 has 25 sub-types of six types."""
    types = [(row["event_type"], row["sub_event_type"]) for row in rows_of("acled")]
    assert len(set(types)) == len(types) == 25
    assert len({event_type for event_type, _ in types}) == 6


@pytest.mark.parametrize(
    ("event_type", "sub_event_type", "kind", "taken"),
    [
        ("Strategic developments", "Headquarters or base established", Kind.DEPLOYMENT, True),
        ("Strategic developments", "Non-violent transfer of territory", Kind.CONTROL_CHANGE, True),
        ("Battles", "Government regains territory", Kind.CONTROL_CHANGE, True),
        ("BATTLES", "non-state actor overtakes territory", Kind.CONTROL_CHANGE, True),
        ("Battles", "Armed clash", Kind.OTHER, False),
        ("Strategic developments", "Change to group/activity", Kind.OTHER, False),
        ("Weather", "Rain", Kind.OTHER, False),
    ],
)
def test_a_type_of_acleds_is_a_kind_here(event_type, sub_event_type, kind, taken):
    """Bases and changes of control are taken whatever the case of letters; the rest, known or not, is context."""
    meaning = acled_meaning(event_type, sub_event_type)
    assert (meaning.kind, meaning.status, meaning.taken) == (kind, Status.REPORTED, taken)


@pytest.mark.parametrize(
    ("kind", "status", "typed"),
    [
        ("crossing", "reported", CHANGE),
        ("withdrawal", "confirmed", CHANGE),
        ("deployment", "reported", CHANGE),
        ("control_change", "reported", AcledType()),
        ("other", "reported", AcledType()),
        ("crossing", "denied", AcledType()),
        ("crossing", "planned", AcledType()),
    ],
)
def test_a_kind_is_typed_as_acled_would(kind, status, typed):
    """What our kind does not decide, and what did not happen, has no type of ACLED's."""
    assert acled_event(kind, status) == typed


def test_every_kind_has_a_row_on_the_way_out():
    """No kind of ours is forgotten."""
    assert {row["kind"] for row in rows_of("acled_out")} == set(Kind)


@pytest.mark.parametrize(
    ("inter", "kind"),
    [
        ("1", "state"),
        ("State forces", "state"),
        ("Rebel group", "armed_group"),
        ("REBEL GROUPS", "armed_group"),
        ("8", "external"),
        ("External/Other forces", "external"),
        ("", "unspecified"),
        ("0", "unspecified"),
    ],
)
def test_an_inter_code_is_read_as_a_figure_and_as_a_word(inter, kind):
    """Exports to 2023 have figures, later ones words."""
    assert actor_type(inter) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Government of Nowhere", "state"),
        ("Civilians", "civilians"),
        ("Walkers", "armed_group"),
        ("", "unspecified"),
    ],
)
def test_a_side_of_ucdps_has_its_type_by_how_it_is_written(name, kind):
    """UCDP has no code for sides."""
    assert side_type(name) == kind


def test_a_type_of_violence_is_called():
    """A code that is none has no name."""
    assert [violence(code) for code in ("1", "2", "3", "4")] == [
        "State-based conflict",
        "Non-state conflict",
        "One-sided violence",
        "",
    ]


@pytest.mark.parametrize(
    ("scheme", "code", "ours", "area"),
    [
        (ACLED_GEO, "1", 1, PlaceKind.TOWN),
        (ACLED_GEO, "2", 2, PlaceKind.TOWN),
        (ACLED_GEO, "3", 3, PlaceKind.GOVERNORATE),
        (UCDP_WHERE, "2", 2, PlaceKind.SITE),
        (UCDP_WHERE, "3", 2, PlaceKind.DISTRICT),
        (UCDP_WHERE, "4", 3, PlaceKind.GOVERNORATE),
        (UCDP_WHERE, "6", 3, PlaceKind.COUNTRY),
    ],
)
def test_a_code_for_a_place_is_read(scheme, code, ours, area):
    """It says our geo_precision and what is meant."""
    meant = precise(scheme, code)
    assert (meant.geo_precision, meant.area) == (ours, area)


@pytest.mark.parametrize("scheme", [ACLED_GEO, UCDP_WHERE])
def test_a_row_without_a_code_is_not_taken_as_the_surest(scheme):
    """What is not said is not sure."""
    assert precise(scheme, "").geo_precision == 2


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [(ACLED_GEO, "123"), (ACLED_TIME, "123"), (UCDP_WHERE, "1234567"), (UCDP_DATE, "12345")],
)
def test_codes_are_those_of_the_codebook(scheme, codes):
    """Each of them is known, with the empty cell and what a program without whole numbers writes, and no other."""
    cells = pd.Series(["", "0", "8", "1.00", "x", "1.0", *codes])
    assert is_code(scheme, cells).tolist() == [True, False, False, False, False, True, *[True] * len(codes)]


def test_a_code_of_acleds_comes_back():
    """Out again is what was in, for places and for days."""
    ours = [precise(ACLED_GEO, code).geo_precision for code in "123"]
    assert to_acled_geo(ours, ["", "", ""]).tolist() == ["1", "2", "3"]
    around = precision.days_around(ACLED_TIME, pd.Series(["1", "2", "3"]))
    assert to_acled_time(2 * around + 1).tolist() == ["1", "2", "3"]


def test_a_code_of_ucdps_comes_back_with_the_place_that_is_meant():
    """Out again is what was in, where the kind of the place tells."""
    codes = ["1", "2", "3", "4", "6"]
    meant = [precise(UCDP_WHERE, code) for code in codes]
    back = to_ucdp_where([each.geo_precision for each in meant], [each.area for each in meant])
    assert back.tolist() == codes


@pytest.mark.parametrize(
    ("ours", "kind", "acled", "ucdp"),
    [
        (1, "town", "1", "1"),
        (1.0, "", "1", "1"),
        (2, "base", "2", "2"),
        (3, "", "3", "4"),
        (1, "region", "3", "5"),
        (2, "district", "2", "3"),
        (3, "country", "3", "6"),
        (math.nan, "town", "", ""),
        ("", "", "", ""),
    ],
)
def test_what_lies_in_an_area_is_no_surer_than_the_area(ours, kind, acled, ucdp):
    """The kind of the place makes a code less sure, never surer; without a code of ours there is none."""
    assert to_acled_geo([ours], [kind]).tolist() == [acled]
    assert to_ucdp_where([ours], [kind]).tolist() == [ucdp]


@pytest.mark.parametrize(
    ("days", "acled", "ucdp"),
    [
        (1, "1", "1"),
        (2, "2", "2"),
        (6, "2", "2"),
        (7, "2", "3"),
        (8, "3", "4"),
        (31, "3", "4"),
        (32, "", "5"),
        (366, "", "5"),
        (367, "", ""),
        (0, "", ""),
        (math.nan, "", ""),
    ],
)
def test_days_have_the_code_that_holds_them(days, acled, ucdp):
    """More than a month has no code of ACLED's, more than a year none of UCDP's."""
    assert to_acled_time([days]).tolist() == [acled]
    assert to_ucdp_date([days]).tolist() == [ucdp]


def test_the_table_says_for_every_code_what_it_means():
    """No row is without its words, and no code stands twice in a scheme."""
    rows = rows_of("precision")
    assert all(row["meaning"] for row in rows)
    assert len({(row["scheme"], row["code"]) for row in rows}) == len(rows)
