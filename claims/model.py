"""What a claim, a source, an actor, an event and a collection are: their words, columns and types.

What a word means stands under it, and docs/reference/tables.md says it after that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from claims.story import Story


class Kind(StrEnum):
    """What happened. The first three are the map's layers; the rest are its context."""

    CROSSING = "crossing"
    """Somebody moved from one country into another."""
    WITHDRAWAL = "withdrawal"
    """A force or its people left a place that they had held or been posted to."""
    DEPLOYMENT = "deployment"
    """A force took up or holds a place."""
    CONTROL_CHANGE = "control_change"
    """A place, road or gate came under another hand."""
    CLOSURE = "closure"
    """A gate, a road or a border was shut."""
    CONTACT = "contact"
    """A visit, a request or a decision between those who move and those who let them."""
    OTHER = "other"
    """What another data set tells of and has no kind here, as a battle or a protest."""


CONTEXT_KINDS: Final = (Kind.CONTROL_CHANGE, Kind.CLOSURE, Kind.CONTACT, Kind.OTHER)
MOVEMENT_KINDS: Final = (Kind.CROSSING, Kind.WITHDRAWAL)


class Status(StrEnum):
    """How the source puts it. `confirmed` only where a party to the happening says so itself."""

    REPORTED = "reported"
    """Somebody says that it happened."""
    CONFIRMED = "confirmed"
    """A party to the happening says itself that it happened."""
    DENIED = "denied"
    """Somebody says that it did not happen."""
    PLANNED = "planned"
    """Somebody says that it is to happen."""
    REQUESTED = "requested"
    """It was asked for."""
    REJECTED = "rejected"
    """It was asked for and refused."""


class Modality(StrEnum):
    """Whether the source asserts it or hedges."""

    ASSERTED = "asserted"
    """The source says it without reserve."""
    HEDGED = "hedged"
    """The source hedges: "may", "reportedly", "likely"."""


class DateKind(StrEnum):
    """How the interval date_start..date_end (closed, ISO days) is meant."""

    ON = "on"
    """It happened on one day within the interval."""
    THROUGHOUT = "throughout"
    """It went on for all of the interval."""
    SINCE = "since"
    """Its first day is known; it was last seen on date_end, or on the reported day where that is empty."""
    BY = "by"
    """It happened on or before date_end."""


class CountQualifier(StrEnum):
    """How the number is meant."""

    EXACT = "exact"
    """The number itself."""
    ABOUT = "about"
    """A number near it."""
    AT_LEAST = "at_least"
    """That number or more."""
    AT_MOST = "at_most"
    """That number or fewer."""
    VAGUE = "vague"
    """No number, or a word for one, as "hundreds"."""


class CountUnit(StrEnum):
    """What is counted."""

    PEOPLE = "people"
    """Persons."""
    VEHICLES = "vehicles"
    """Cars, lorries, tanks and the like."""
    FACTIONS = "factions"
    """Armed groups."""
    FAMILIES = "families"
    """Families or households."""
    DEATHS = "deaths"
    """The dead, who are never people who moved."""


class Relation(StrEnum):
    """What a claim is to the claim it relates to."""

    PART_OF = "part_of"
    """It is a part of the other: their numbers are not added."""
    RETURN_OF = "return_of"
    """Those who moved in the other moved back."""
    FOLLOWS = "follows"
    """It came after the other and of it."""


class SourceState(StrEnum):
    """Whether the publication still stands."""

    OK = "ok"
    """The publication stands."""
    CORRECTED = "corrected"
    """The publisher corrected it; it counts as any other."""
    RETRACTED = "retracted"
    """The publisher took it back; it bears nothing out."""


class Mode(StrEnum):
    """Which days the map of a day shows (claims/clock.py has the rule)."""

    DAY = "day"
    """That day."""
    WINDOW = "window"
    """That day and those before it, so many together."""
    SO_FAR = "sofar"
    """All days up to it."""


class Dispute(StrEnum):
    """How far sources are apart: values that differ, or intervals and areas that do not meet."""

    NONE = ""
    """Sources do not disagree."""
    DIFFERS = "differs"
    """Not the same is said, but all of it may be true."""
    CONFLICTS = "conflicts"
    """Not all of it can be true."""


LAYERS: Final = {
    "crossings": (Kind.CROSSING,),
    "withdrawals": (Kind.WITHDRAWAL,),
    "deployments": (Kind.DEPLOYMENT,),
    "context": CONTEXT_KINDS,
}
"""The layers of the map, in the order in which they are listed, with the kinds of events on each."""

SHOWN_LAYERS: Final = tuple(name for name in LAYERS if name != "context")
"""The layers that are on when the map opens; context is off until the reader asks for it (design.md)."""

ROLES: Final = ("origin", "crossing", "destination", "place", "route")
"""The ends and gate of a movement, the place of what does not move, and the way taken."""

QUOTE_WORDS: Final = 25
"""The most words of a source's own that a claim may quote."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name and how its cells are read.

    Attributes:
        name: The header.
        cell: text, id, ids (a list separated by `;`), day (ISO), number, or the enum of its words.
        required: Whether an empty cell is a fault.
        of: For id and ids: the table or `gazetteer` that must hold them; "" where nothing is checked.
    """

    name: str
    cell: str | type[StrEnum] = "text"
    required: bool = False
    of: str = ""


SOURCES: Final = (
    Column("source_id", "id", required=True),
    Column("outlet", required=True),
    Column("title"),
    Column("author"),
    Column("url", "url"),
    Column("archived_url", "url"),
    Column("accessed", "day"),
    Column("published", "day", required=True),
    Column("published_earliest", "day"),
    Column("published_latest", "day"),
    Column("language"),
    Column("reliability", "A-F"),
    Column("repeats", "id", of="sources"),
    Column("state", SourceState, required=True),
    Column("text_sha256"),
    Column("note"),
)

CLAIMS: Final = (
    Column("claim_id", "id", required=True),
    Column("source_id", "id", required=True, of="sources"),
    Column("event_id", "id", of="events"),
    Column("statement_id", "id"),
    Column("kind", Kind, required=True),
    Column("status", Status, required=True),
    Column("modality", Modality, required=True),
    Column("actors", "ids", of="actors"),
    Column("actor_text"),
    Column("speakers"),
    Column("via"),
    Column("root", required=True),
    Column("denies", "ids", of="claims"),
    Column("relates_to", "id", of="claims"),
    Column("relation", Relation),
    Column("origin"),
    Column("crossing"),
    Column("destination"),
    Column("place"),
    Column("route"),
    Column("origin_id", "id", of="gazetteer"),
    Column("crossing_id", "id", of="gazetteer"),
    Column("destination_id", "id", of="gazetteer"),
    Column("place_id", "id", of="gazetteer"),
    Column("route_id", "id", of="gazetteer"),
    Column("geo_precision", "1-3"),
    Column("date_start", "day"),
    Column("date_end", "day"),
    Column("date_kind", DateKind),
    Column("date_text"),
    Column("reported", "day", required=True),
    Column("count_text"),
    Column("count", "number"),
    Column("count_qualifier", CountQualifier),
    Column("count_low", "number"),
    Column("count_high", "number"),
    Column("count_unit", CountUnit),
    Column("quote", required=True),
    Column("quote_start", "number"),
    Column("quote_end", "number"),
    Column("credibility", "1-6"),
    Column("note"),
)

EVENTS: Final = (
    Column("event_id", "id", required=True),
    Column("title", required=True),
    Column("title_ar"),
    Column("kind", Kind, required=True),
    Column("note"),
)

ACTORS: Final = (
    Column("actor", "id", required=True),
    Column("name", required=True),
    Column("name_ar"),
    Column("type", required=True),
    Column("parent", "id", of="actors"),
    Column("side", required=True),
    Column("aliases"),
)

WITHHELD: Final = Column("withheld", "ids")
"""A column more that claims.csv may have: what of a claim is not for publication (claims/publication/withheld.py).

It is none of `CLAIMS`: those are what a source said, and this is what its keeper says of showing it. So a table that is made
of claims never shows it by chance, and only what hands a collection over whole carries it.
"""

SIDES: Final = (
    Column("side", required=True),
    Column("name", required=True),
    Column("name_ar"),
)

TABLES: Final = {"sources": SOURCES, "claims": CLAIMS, "events": EVENTS, "actors": ACTORS}
"""The four tables of a collection, by the stem of their file, with their columns in order."""

IMPORTS: Final = (
    Column("claim_id", "id", required=True, of="claims"),
    Column("dataset", required=True),
    Column("row_id", required=True),
    Column("row_version"),
    Column("file", required=True),
    Column("line", "number"),
    Column("row", required=True),
    Column("made"),
)
"""Of a claim that came from another data set: the row that it came from.

`row_id` names the row in its `dataset` and `row_version` says which edition of it this is; `file` and `line` are where it
was read; `row` is a JSON object of its cells as written, by their columns; `made` is a digest of the claim and of its
event's title and kind as they were made of it (claims/imports/merging/digests.py), empty where nobody knows.
"""

OPTIONAL_TABLES: Final = {"sides": SIDES, "imports": IMPORTS}
"""Those that a collection may leave out, likewise."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What collection.toml says under [publication]: what holds for the published edition, and no other.

    Attributes:
        withheld: Columns that are not published of any row, as `claims.quote`.
        sources: Ids of the sources of which nothing is published.
        coarsen_km: No position is published that is surer than within so many km; None where positions stay.
        coarsen_places: Ids of the places that are coarsened; None for all.
        coarsen_known: Of how many known places at least nobody shall tell apart which is meant; 0 or 1 for as few as there are.
        names_kept: Whether the names of places that are coarsened, and texts that name them, stay.
        delay_days: A claim is published so many days after the later of its report and its last day; 0 for at once.
    """

    withheld: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    coarsen_km: float | None = None
    coarsen_places: tuple[str, ...] | None = None
    coarsen_known: int = 3
    names_kept: bool = False
    delay_days: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """What a published edition says of itself, and of nothing that it lacks more than how many.

    Attributes:
        day: On which it is published.
        claims: How many claims of the collection are not in it.
        parts: How many of those that are lack something, of their own or of their source, event or actors.
        coarsen_km: As of `Publication`; None where no position was coarsened.
        delay_days: Likewise, in days.
    """

    day: dt.date
    claims: int
    parts: int
    coarsen_km: float | None = None
    delay_days: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What collection.toml says, with days and view as the claims have them where it does not (claims/derived.py).

    Attributes:
        timezone: The IANA zone whose days are meant.
        opening_day: The day the map opens on.
        view: west, south, east, north in degrees (EPSG:4326) of the map when it is opened.
        url: Where the collection's map is published; "" where it is not.
        about_ar: `about` in Arabic, as `licence_ar` and `citation_ar` are of theirs; "" where there is none.
        locales: By language, the BCP 47 locale whose names of days and numbers are used.
        publication: What is not for publication; None where nothing is said of it.
    """

    title: str
    title_ar: str
    about: str
    timezone: str
    first_day: dt.date
    last_day: dt.date
    opening_day: dt.date
    view: tuple[float, float, float, float]
    licence: str
    citation: str
    version: str
    url: str = ""
    about_ar: str = ""
    licence_ar: str = ""
    citation_ar: str = ""
    locales: Mapping[str, str] = field(default_factory=dict)
    publication: Publication | None = None


def _no_sides() -> pd.DataFrame:
    return pd.DataFrame({column.name: pd.Series(dtype=str) for column in SIDES})


def _no_imports() -> pd.DataFrame:
    line = pd.Series(dtype="float64")
    return pd.DataFrame({column.name: pd.Series(dtype=str) for column in IMPORTS}).assign(line=line)


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """A set of sources, claims, events and actors with its own day range and view.

    The frames hold the columns of `TABLES` and `OPTIONAL_TABLES` in that order; one of those that was left out has
    no rows. Text, ids and enum words are strings,
    empty where the table says nothing; days are datetime64[s], NaT where none is said; numbers are
    float64, NaN where none is said. Row order is the file's.

    Attributes:
        digest: sha256 of its files in hexadecimal (claims/digest.py); "" where it was not read from files.
        story: As which its map is told; None where it brings none, and where it is cut.
        days: The first and last day that it was cut to; None where it is whole.
        known: The day by which its claims were reported; None where all of them are here.
        sides: The names of actors' sides; one without a row is called by its id.
        imports: The rows of other data sets that claims came from.
        files: What its folder holds beside its tables, by name, of what is a collection's own (claims/digest.py).
        withheld: What of a claim is not for publication, by claim_id (claims/publication/withheld.py).
        edition: What its published edition says of itself; None where it is none (claims/publication/publishing.py).
    """

    folder: Path
    facts: Facts
    sources: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    actors: pd.DataFrame
    digest: str = ""
    story: Story | None = None
    days: tuple[dt.date, dt.date] | None = None
    known: dt.date | None = None
    sides: pd.DataFrame = field(default_factory=_no_sides)
    imports: pd.DataFrame = field(default_factory=_no_imports)
    files: Mapping[str, bytes] = field(default_factory=dict)
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    edition: Edition | None = None

    @property
    def name(self) -> str:
        """The folder's name, by which a shipped collection is asked for."""
        return self.folder.name
