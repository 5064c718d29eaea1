"""What is held of built folders."""

from layers.built.kept import Kept


def test_what_was_longest_not_asked_for_goes_first():
    """As much is held as may weigh together, and the newest whatever it weighs."""
    kept = Kept(10)
    kept.put("a", 1, 5)
    kept.put("b", 2, 5)
    assert kept.get("a") == 1
    kept.put("c", 3, 5)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
    kept.put("d", 4, 99)
    assert [kept.get(key) for key in "abcd"] == [None, None, None, 4]
