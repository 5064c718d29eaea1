"""Small world gazetteers, made in sight of the tests that read them."""

from geo.places import PlaceKind
from geo.world import World
from geo.worldfile import DEMONYM, MAIN, OTHER, Row, write


def row(place_id, kind, *names, people=5.0, at=(10.0, 50.0), division="", radius_km=5.0, demonyms=()):
    """Make a place of the world; of its names the first is its own, and its division begins with its country."""
    made = Row(
        place_id,
        names[0],
        PlaceKind(kind),
        division.split(".")[0],
        *at,
        radius_km,
        people,
        division,
    )
    made.call(names[:1], MAIN)
    made.call(names[1:], OTHER)
    made.call(demonyms, DEMONYM)
    return made


def made_world(folder, *rows):
    """Write a world gazetteer into a folder and read it."""
    write(rows, folder / "world.zip")
    return World(folder / "world.zip")
