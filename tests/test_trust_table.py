"""The table of `make trust`: each figure beside its target."""

from trust.table import Line, at_least, at_most, printed


def test_the_table_names_each_part_once_and_what_is_missed():
    """A part is named on its first line, numbers stand under each other, and what is not held says so."""
    lines = [
        at_least("kills", "killed", 1_200, 1_000),
        at_most("kills", "lost", 1, 0),
        Line("a peer", "p95, s", "2.10"),
    ]
    assert printed(lines).splitlines() == [
        "                measured    target",
        "kills   killed     1,200  >= 1,000",
        "        lost           1         0  MISSED",
        "a peer  p95, s      2.10",
    ]
