"""Texts that repeat what is withheld."""

import pytest

from claims.publication.echoes import Echoes

ECHOES = [
    ("Anna Kovács", "said ANNA KOVACS on Monday", True),
    ("Anna Kovács", "https://example.org/by/anna-kovacs/1", True),
    ("Anna Kovács", "annakovacs@example.org", True),
    ("Anna Kovács", "Anna said to Kovács", False),
    ("Rawa", "the withdrawal from Al Rawa's outskirts", True),
    ("Rawa", "their withdrawal", False),
    ("القائم", "وصلوا بالقائم", True),
    ("القائم", "وصلوا إلى حمص", False),
    ("2,000", "some 2 000 crossed", True),
    ("Hit", "the camp near Hit's bridge", True),
    ("Hit", "a white house", False),
    ("YPG", "https://x.example/the-ypg/1", True),
    ("YPG", "ypgx", False),
    ("حلب", "خرجوا من حلب", True),
    ("هيت", "وصلوا بهيت", True),
    ("حمص", "والحمص", True),
    ("حمص", "محمص", False),
    ("700", "700 crossed", True),
    ("700", "1700 crossed", False),
    ("7", "7 crossed", False),
    ("القائم", "وصلوا للقائم", True),
    ("اللاذقية", "إلى وللاذقية", True),
    ("القائم", "https://x.example/%D8%A7%D9%84%D9%82%D8%A7%D8%A6%D9%85/1", True),
    ("القائم", "https://x.example/?to=%25D8%25A7%25D9%2584%25D9%2582%25D8%25A7%25D8%25A6%25D9%2585", True),
    ("Anna Kovács", "https://x.example/?by=Anna+Kov%C3%A1cs", True),
    ("Anna Kovács", "by Anna&nbsp;Kov&aacute;cs", True),
    ("https://x.example/anna%20k", "see x.example: https://x.example/anna k", True),
    ("", "anything", False),
    ("!!!", "!!!", False),
]


@pytest.mark.parametrize(("withheld", "text", "found"), ECHOES)
def test_a_text_that_repeats_what_is_withheld_is_found(withheld, text, found):
    """Whatever the case, accents, punctuation and what is glued to it; within words only what is long, or Arabic."""
    assert Echoes([withheld]).is_in(text) is found


def test_nothing_repeats_nothing():
    """Without anything withheld no text repeats it."""
    assert not Echoes([])
    assert not Echoes([]).is_in("anything")
