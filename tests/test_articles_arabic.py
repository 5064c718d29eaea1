"""Arabic reports: how the language puts movement, who moves, numbers and days; each case is one thing of it."""
# ruff: noqa: RUF001 - Arabic commas and question marks are its business

import datetime as dt

import pytest

from tests.articles_read import read, told

SAID = {
    "verb first, the mover behind it": (
        "وصلت تعزيزات من الجيش إلى أبشي مساء الخميس.",
        "deployment reported",
    ),
    "a nation's people": ("عاد نحو 400 تشادي من السودان.", "crossing reported origin:Sudan"),
    "a nation's soil": ("دخل مقاتلون الأراضي التشادية.", "crossing reported destination:Chad"),
    "a border by two nations": (
        "انتشرت قوات على الحدود السودانية التشادية.",
        "deployment reported place:Border strip of Sudan and Chad",
    ),
    "a passive with vowel signs": ("وأُجلِيَ مدنيون من أبشي.", "withdrawal reported origin:Abéché"),
    "was done, with a noun": ("تم إجلاء 200 لاجئ من أبشي.", "withdrawal reported origin:Abéché"),
    "its withdrawal": ("أتمت القوات انسحابها من أبشي.", "withdrawal reported origin:Abéché"),
    "two of a kind": ("أرسل الجيش كتيبتين إلى أبشي.", "deployment reported"),
    "a letter for in": ("تمركزت قوات بأبشي.", "deployment reported place:Abéché"),
    "not, right before the verb": ("لم تنسحب القوات من أبشي.", "withdrawal denied origin:Abéché"),
    "no presence": ("لا وجود لقوات أجنبية في أبشي.", "deployment denied place:Abéché"),
    "none was seen": ("لم يسجل أي عبور للاجئين إلى تشاد.", "crossing denied destination:Chad"),
    "no truth in it": ("لا صحة لما أشيع عن سقوط أبشي.", "control_change denied place:Abéché"),
    "a denial behind": (
        "تحدثت مصادر عن انسحاب قوات من أبشي، وهو ما نفاه الجيش.",
        "withdrawal denied origin:Abéché",
    ),
    "will not": ("لن ترسل الحكومة قوات إلى أبشي.", "deployment rejected"),
    "a plan": ("من المقرر أن تنسحب القوات من أبشي.", "withdrawal planned origin:Abéché"),
    "a future": ("ستنسحب القوات من أبشي.", "withdrawal planned origin:Abéché"),
    "a day to come": ("تنسحب القوات من أبشي غدا.", "withdrawal planned origin:Abéché"),
    "may, before a present": ("قد تنسحب القوات من أبشي.", "withdrawal planned origin:Abéché"),
    "has, before a past": ("كانت القوات قد انسحبت من أبشي الخميس.", "withdrawal reported origin:Abéché"),
    "a request": ("طلبت الحكومة سحب القوات من أبشي.", "withdrawal requested origin:Abéché"),
    "a request that was refused": (
        "طلبت الحكومة نشر قوات في أبشي، لكن الطلب قوبل بالرفض.",
        "deployment rejected place:Abéché",
    ),
    "a noun that is written like its verb": (
        "دعا الوزير إلى نشر قوات في أبشي.",
        "deployment requested place:Abéché",
    ),
    "that verb": ("نشر الجيش قوات في أبشي.", "deployment reported place:Abéché"),
    "through, and crossed": ("عبر 300 شخص إلى تشاد.", "crossing reported destination:Chad"),
    "a habit of before": ("كان التجار يعبرون إلى تشاد.", "crossing reported background destination:Chad"),
    "who holds it": ("بسط المتمردون سيطرتهم على أبشي.", "control_change reported place:Abéché"),
}
"""Sentences, and how the claim that each proposes begins."""


@pytest.mark.parametrize("case", SAID)
def test_arabic_says_it_so(case):
    """Each way in which Arabic puts a movement, a denial or a plan is read as it is meant."""
    text, proposed = SAID[case]
    assert [one[: len(proposed)] for one in told(text, "ar")] == [proposed]


@pytest.mark.parametrize(
    "text",
    [
        "انتشرت القوات لمنع عبور المتسللين.",  # a purpose, and no place
        "هل انسحبت القوات من أبشي؟",
        "فتح الجيش النار في أبشي.",
        "تراجع الوزير عن قراره في أبشي.",
        "وصل عدد القتلى في أبشي إلى 20 قتيلا.",
        "قالت جبهة تحرير أبشي إنها لا تعلق.",
    ],
)
def test_what_moves_nobody_in_arabic_proposes_nothing(text):
    """A purpose, a question, a shot, a change of mind, a count of the dead, a name: none is a movement."""
    assert told(text, "ar") == []


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("٤٣ ألف لاجئ", 43000, 43000),
        ("مئة لاجئ", 100, 100),
        ("مئتين وخمسين لاجئا", 250, 250),
        ("خمسة وعشرين لاجئا", 25, 25),
        ("خمسمئة لاجئ", 500, 500),
        ("ألف ومئتي لاجئ", 1200, 1200),
        ("ما لا يقل عن ستة آلاف لاجئ", 6000, None),
        ("ما يناهز 200 لاجئ", 180, 220),
        ("عشرات الآلاف من اللاجئين", 20000, 99999),
    ],
)
def test_arabic_numbers_are_read(words, low, high):
    """Eastern digits, numbers of two, ones before tens, and the words for about and at least are read."""
    found = read(f"عبر {words} إلى تشاد.", "ar")[0].count
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("الاثنين الماضي", "2023-05-08", "2023-05-08"),
        ("أول أمس", "2023-05-10", "2023-05-10"),
        ("قبل يومين", "2023-05-10", "2023-05-10"),
        ("قبل ثلاثة أيام", "2023-05-09", "2023-05-09"),
        ("بين الاثنين والأربعاء", "2023-05-08", "2023-05-10"),
        ("في الأول من أيار/مايو", "2023-05-01", "2023-05-01"),
        ("في ٧ نيسان/أبريل ٢٠٢٣", "2023-04-07", "2023-04-07"),
        ("في 27 أفريل", "2023-04-27", "2023-04-27"),
        ("ابتداءً من الأربعاء", "2023-05-10", "2023-05-12"),
        ("في الفترة من ٢ إلى ٦ أيار", "2023-05-02", "2023-05-06"),
    ],
)
def test_arabic_days_are_read(words, low, high):
    """Days behind their adjective, in both calendars, in words, from one to another, are found from the Friday."""
    days = read(f"عبر 300 لاجئ إلى تشاد {words}.", "ar")[0].days
    assert (str(days.low), str(days.high)) == (low, high)


def test_a_weekday_of_a_plan_is_the_next_one():
    """What is planned for a day of the week is planned for the next such day."""
    text = "من المقرر أن تنسحب القوات من أبشي يوم الثلاثاء."
    assert read(text, "ar")[0].days.low == dt.date(2023, 5, 16)


def test_a_year_that_only_names_an_accord_is_no_date():
    """The accord of 2005 is called by its year, and what is asked for under it is of now."""
    text = "طالبت الحكومة بسحب القوات من أبشي بموجب اتفاق عام 2005."
    assert not read(text, "ar")[0].background


def test_a_place_that_no_gazetteer_knows_is_not_taken_for_the_one_before():
    """A gate with a name that is not known is not placed where the text was last."""
    assert told("دخل لاجئون تشاد قرب أبشي. وأغلقت الحكومة معبر زغبولة أمامهم.", "ar") == [
        "crossing reported destination:Chad place:Abéché"
    ]


def test_a_verb_with_it_written_behind_means_the_place_just_named():
    """What is stormed is the town of the sentence before."""
    assert told("تقدمت قوات نحو أبشي. ثم اقتحمتها قوات أخرى.", "ar") == [
        "deployment reported place:Abéché",
        "control_change reported place:Abéché",
    ]
