"""What sentences of reports propose, hard case by hard case, in sentences about borders all over the world."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.articles_read import read, told

HARD = {
    "an arrow through a border": (
        "More than 3,000 people poured across the border from Sudan into Chad on Wednesday.",
        ["crossing reported crossing:Border strip of Sudan and Chad destination:Chad origin:Sudan"],
    ),
    "a place named in the sentence before": (
        "The coast guard rescued 85 migrants off Lampedusa. Two days later, 40 more landed on the island.",
        ["crossing reported place:Lampedusa", "crossing reported destination:Lampedusa"],
    ),
    "a sending that is refused": (
        "Hungary's prime minister ruled out sending troops to Ukraine.",
        ["deployment rejected place:Ukraine"],
    ),
    "a sending that is denied": (
        "Poland denied that its guards had pushed migrants back into Belarus.",
        ["crossing denied destination:Belarus"],
    ),
    "a denial without a denying verb": (
        "No refugees had entered the Dominican Republic by May 9, its army said.",
        ["crossing denied destination:Dominican Republic"],
    ),
    "a false report": (
        "Reports that soldiers had crossed the river into Thailand were false.",
        ["crossing denied destination:Thailand"],
    ),
    "a denial of the sentence before": (
        "Kyrgyz soldiers crossed the border into Tajikistan. This was denied by Bishkek.",
        [
            "crossing reported crossing:Border strip of Kyrgyzstan and Tajikistan destination:Tajikistan",
            "crossing denied crossing:Border strip of Kyrgyzstan and Tajikistan destination:Tajikistan",
        ],
    ),
    "a request": (
        "Ethiopia asked Eritrea to withdraw its troops from Badme.",
        ["withdrawal requested origin:Badme"],
    ),
    "a plan": (
        "Thailand may send back 300 refugees to Myanmar next week, a spokesman said.",
        ["crossing planned destination:Myanmar origin:Thailand"],
    ),
    "a purpose": ("Guards were told to stop infiltrators from crossing into Ghana.", []),
    "a fear": ("Officials in Lome feared that fighters could slip into Togo.", []),
    "a habit": (
        "For years smugglers have crossed from Libya into Niger.",
        ["crossing reported background destination:Niger origin:Libya"],
    ),
    "history": (
        "In 2011, thousands of fighters returned to Mali from Libya.",
        ["crossing reported background destination:Mali origin:Libya"],
    ),
    "several places of one verb": (
        "Rebels have captured Masisi and Sake.",
        ["control_change reported place:Masisi Territory", "control_change reported place:Sake"],
    ),
    "a place and what holds it": (
        "Soldiers withdrew from Goma, North Kivu.",
        ["withdrawal reported origin:Goma"],
    ),
    "a place in the passive": (
        "The town of Bamenda was seized by separatists.",
        ["control_change reported place:Bamenda"],
    ),
    "an office that travels": (
        "The foreign minister travelled to Nairobi.",
        ["contact reported destination:Nairobi"],
    ),
    "who is settled": (
        "Russian peacekeepers remain stationed in Goris.",
        ["deployment reported place:Goris"],
    ),
    "a phrase that means something else": (
        "The two sides reached an agreement in Geneva and took part in talks.",
        [],
    ),
    "an organisation that is called like a place": ("The Lima Times reported on Monday.", []),
    "a gate behind its road": (
        "Togo sealed the road to Cinkasse.",
        ["closure reported place:Sinkassé"],
    ),
    "a gate that never closed": (
        "The bridge at Jibia stayed open.",
        ["closure denied place:Jibia"],
    ),
    "a drawing back": (
        "Wagner fighters left Bakhmut for Luhansk.",
        ["withdrawal reported destination:Luhansk origin:Bakhmut"],
    ),
    "a place just named": (
        "On Friday 200 refugees crossed at Cucuta. Another 300 came across on Sunday.",
        ["crossing reported crossing:Cúcuta", "crossing reported place:Cúcuta"],
    ),
    "a place of its own that nobody knows": (
        "On Friday 200 refugees crossed at Cucuta. Another 300 came across at Xyzzyville.",
        ["crossing reported crossing:Cúcuta"],
    ),
    "a verb parted by an adverb": (
        "Troops pulled quickly out of Goma.",
        ["withdrawal reported origin:Goma"],
    ),
    "no more than": (
        "No more than 700 people crossed from Encarnación to Posadas on Saturday.",
        ["crossing reported destination:Posadas origin:Encarnación"],
    ),
    "not only": (
        "Soldiers have not only left Goma but also Sake.",
        ["withdrawal reported origin:Goma"],
    ),
    "an expulsion by number": (
        "Moldova expelled a dozen Armenians.",
        ["crossing reported origin:Moldova"],
    ),
    "what is driven over a border": (
        "Smugglers rolled two trucks over the border from Venezuela into Colombia.",
        [
            "crossing reported crossing:Border strip of Colombia and Venezuela destination:Colombia origin:Venezuela"
        ],
    ),
    "a way of going with a way to go": (
        "On Monday 400 herders trudged back into Nigeria.",
        ["crossing reported destination:Nigeria"],
    ),
    "forces that are moved": (
        "Elements of the 12th Brigade were moved from Kayes to Nioro on Monday.",
        ["deployment reported origin:Kayes place:Nioro"],
    ),
    "civilians who are moved": (
        "Some 2,000 villagers were bussed from Sake to Goma on Monday.",
        ["withdrawal reported destination:Goma origin:Sake"],
    ),
    "forces that are awaited": (
        "Two companies of marines are expected at Rota on Monday.",
        ["deployment planned place:Rota"],
    ),
    "people who live where they fled to": (
        "Some 4,000 refugees sleep in Cucuta.",
        ["deployment reported place:Cúcuta"],
    ),
    "nobody of whom": (
        "Egypt promised 1,200 soldiers, none of whom has left Aswan.",
        ["withdrawal denied origin:Aswān"],
    ),
    "who is turned away": (
        "Thailand turned away 40 migrants at Mae Sot.",
        ["crossing rejected crossing:Mae Sot"],
    ),
    "a place that is held, told by what lies at it": (
        "The hills around Sake are held by a Burundian battalion.",
        ["deployment reported place:Sake"],
    ),
    "a site without a name": (
        "Rebels entered Sake on Friday. The airport fell on Saturday.",
        ["control_change reported place:Sake", "control_change reported place:Sake"],
    ),
    "an answer in few words": (
        "Troops crossed into Togo near Cinkasse. Nothing of the kind, the army said.",
        [
            "crossing reported destination:Togo place:Near Sinkassé",
            "crossing denied destination:Togo place:Near Sinkassé",
        ],
    ),
    "reports that are wrong": (
        "Reports that the gate at Jibia had been closed are incorrect.",
        ["closure denied place:Jibia"],
    ),
    "nobody who did": (
        "No lorry has passed at Cucuta since Sunday.",
        ["crossing denied place:Cúcuta"],
    ),
    "no such mover": (
        "Officials had no contact with the guards at Cucuta.",
        [],
    ),
    "a denial of something else before a colon": (
        "The army dismissed the note: its men had regrouped at Sake.",
        ["deployment reported place:Sake"],
    ),
    "a figure more": (
        "On Monday 4,200 refugees crossed from Sudan into Chad. By Wednesday the figure was 6,100.",
        [
            "crossing reported destination:Chad origin:Sudan",
            "crossing reported destination:Chad origin:Sudan",
        ],
    ),
    "a place and its number on a line": (
        "On Monday 30,000 people crossed into Moldova.\nHungary: 12,000",
        ["crossing reported destination:Moldova", "crossing reported destination:Hungary"],
    ),
    "who speaks, put in between commas": (
        "The marines, an officer said, remain at Rota.",
        ["deployment reported place:Rota"],
    ),
    "traffic at a gate": (
        "Cargo operations were suspended at Cucuta on Friday.",
        ["closure reported place:Cúcuta"],
    ),
    "those who were displaced, as a number": ("Of the 700,000 displaced in Goma many are ill.", []),
    "a side that only tells where": (
        "Soldiers dug in on the Rwandan side of Goma.",
        ["deployment reported place:Goma"],
    ),
    "a name that only looks like another": (
        "Peruvian police crossed into Ecuador from Tumbes. Others were posted at Tombru.",
        ["crossing reported destination:Ecuador origin:Tumbes"],
    ),
}


@pytest.mark.parametrize("case", HARD)
def test_a_hard_case_is_read_as_said(case):
    """Each hard case proposes just what its sentences say, put as they put it, at the places they name."""
    text, proposed = HARD[case]
    assert told(text) == proposed


ARABIC = {
    "crossing": (
        "عبر نحو 500 لاجئ سوداني الحدود إلى تشاد يوم الأربعاء.",
        "crossing reported crossing:Border strip of Sudan and Chad destination:Chad",
    ),
    "withdrawal": (
        "انسحبت القوات الروسية من مدينة خيرسون باتجاه القرم أمس.",
        "withdrawal reported destination:Crimea origin:Kherson",
    ),
    "denied withdrawal": ("لم تنسحب القوات من مدينة خيرسون.", "withdrawal denied origin:Kherson"),
    "closure": ("أغلقت السلطات معبر رفح.", "closure reported place:Rafah"),
    "plan": ("ستنشر مصر قوات في سيناء الأسبوع المقبل.", "deployment planned place:Sinai"),
    "deployment": ("نشر الجيش التونسي ١٢٠٠ جندي في تطاوين.", "deployment reported place:Tataouine"),
    "closure with vowel signs": ("أُغلق معبر رفح.", "closure reported place:Rafah"),
    "refusal behind an and": ("ولن ترسل مصر جنوداً إلى ليبيا.", "deployment rejected place:Libya"),
    "denial behind an and": ("ولم ينسحب الجيش من مدينة خيرسون.", "withdrawal denied origin:Kherson"),
    "a gate that stayed open": ("بقي معبر رفح مفتوحا.", "closure denied place:Rafah"),
    "denial": ("نفت الحكومة دخول مقاتلين إلى النيجر.", "crossing denied destination:Niger"),
}


@pytest.mark.parametrize("case", ARABIC)
def test_arabic_is_read_as_said(case):
    """Arabic sentences propose crossings, withdrawals, deployments, closures, plans and denials as English ones do."""
    text, proposed = ARABIC[case]
    assert [one[: len(proposed)] for one in told(text, "ar")] == [proposed]


@pytest.mark.parametrize(
    ("text", "low", "count", "high", "unit"),
    [
        ("More than 1,000 soldiers fled to Chad.", 1000, 1000, None, "people"),
        ("2,000 or so soldiers fled to Chad.", 1800, 2000, 2200, "people"),
        ("Fewer than 30 trucks crossed into Chad.", None, 30, 29, "vehicles"),
        ("Tens of thousands of refugees crossed into Chad.", 20000, None, 99999, "people"),
        ("A few hundred families fled to Chad.", 200, None, 900, "families"),
        ("Two hundred and fifty fighters crossed into Chad.", 250, 250, 250, "people"),
        ("Eleven armed groups crossed into Chad.", 11, 11, 11, "factions"),
        ("Some 450 Venezuelans crossed into Colombia.", 405, 450, 495, "people"),
    ],
)
def test_a_number_keeps_its_range(text, low, count, high, unit):
    """A number is told with what was said, the range that its words mean, and what it counts."""
    found = read(text)[0].count
    assert (found.low, found.count, found.high, found.unit) == (low, count, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers crossed into Chad 65 kilometres to the south.",
        "In 2023 soldiers crossed into Chad.",
        "Soldiers crossed into Chad on 7 May.",
    ],
)
def test_a_number_of_something_else_counts_nobody(text):
    """Distances, years and days of the month are no number of movers."""
    assert read(text)[0].count is None


def test_a_number_of_others_is_not_that_of_who_moves():
    """A number that goes with the mover of the verb before is none of the next mover's."""
    found = read("On Monday 800 refugees crossed at Cucuta and soldiers withdrew from Arauca.")
    assert [one.count and one.count.count for one in found] == [800, None]


def test_each_place_of_a_list_has_its_own_number():
    """Of a list of places with numbers each becomes a claim with its own."""
    found = read("Some 450 Venezuelans crossed at Cucuta, 300 at Arauca and 120 at Maicao.")
    assert [one.count.count for one in found] == [450, 300, 120]
    assert [one.ends["crossing"].place.name for one in found] == ["Cúcuta", "Arauca", "Maicao"]


DAYS = {
    "on Saturday": ("2023-05-06", "2023-05-06"),
    "on Friday": ("2023-05-12", "2023-05-12"),
    "over the weekend": ("2023-05-06", "2023-05-07"),
    "in the past day": ("2023-05-11", "2023-05-12"),
    "yesterday": ("2023-05-11", "2023-05-11"),
    "on 27 April": ("2023-04-27", "2023-04-27"),
    "on April 27, 2023": ("2023-04-27", "2023-04-27"),
    "between 3 and 5 May": ("2023-05-03", "2023-05-05"),
    "last week": ("2023-05-01", "2023-05-07"),
    "earlier this week": ("2023-05-07", "2023-05-12"),
    "in recent days": ("2023-05-06", "2023-05-12"),
    "by May 6": (None, "2023-05-06"),
    "since May 6": ("2023-05-06", "2023-05-12"),
    "over the past ten days": ("2023-05-02", "2023-05-12"),
    "two days ago": ("2023-05-10", "2023-05-10"),
    "in early May": ("2023-05-01", "2023-05-10"),
    "": ("2023-05-05", "2023-05-12"),
}


@pytest.mark.parametrize("said", DAYS)
def test_a_day_is_resolved_from_publication(said):
    """Days and intervals are resolved from the day of publication; without one it is the week before."""
    days = read(f"Soldiers crossed into Chad {said}.")[0].days
    assert tuple(day and day.isoformat() for day in (days.low, days.high)) == DAYS[said]
    assert days.text in said


def test_a_day_may_rest_on_the_one_before():
    """A day said as "two days later" counts from the last day that the text named."""
    found = read("On 1 May soldiers crossed into Chad. Two days later, they returned to Sudan.")
    assert found[-1].days.low == dt.date(2023, 5, 3)


def test_a_quote_is_verbatim_and_short():
    """A quote is at most 25 words of the text, at the place that its offsets say."""
    text = "The army said that " + "very " * 40 + "tired soldiers had at last crossed into Chad on Saturday."
    one = read(text)[0]
    assert text[one.quote_start : one.quote_end] == one.quote
    assert len(one.quote.split()) <= 25


def test_a_proposal_says_why():
    """A proposal names the rule and the words that made it, and who said so."""
    one = read("Officials ruled out sending troops to Chad, a diplomat told reporters.")[0]
    assert "send" in one.why
    assert "ruled out" in one.why
    assert one.speakers


def test_reading_twice_gives_the_same():
    """The same text gives the same proposals, whatever was read before it."""
    text = HARD["several places of one verb"][0]
    first = read(text)
    read(HARD["history"][0])
    assert read(text) == first


def test_a_denial_names_what_it_denies():
    """A denial of what was just said names that claim by its id; claims of one sentence share a statement."""
    told, denied = read("Kyrgyz soldiers crossed into Tajikistan. This was denied by Bishkek.")
    assert denied.row()["denies"] == told.row()["claim_id"]
    one, other = read("Rebels have captured Goma and Sake.")
    assert one.statement_id == other.statement_id != denied.statement_id


def test_what_a_party_says_of_itself_is_confirmed():
    """A claim is confirmed where a party to it confirms it, and reported where anybody else tells it."""
    own = "Peru's army confirmed that its soldiers had withdrawn from Tumbes."
    others = "A trader said that soldiers had withdrawn from Tumbes."
    assert [read(text)[0].status for text in (own, others)] == ["confirmed", "reported"]


def test_a_sentence_without_end_is_cut():
    """A list that goes on for pages without a full stop is read in pieces, in time that grows with its length."""
    text = "Soldiers withdrew from Goma and " * 2000
    assert len(read(text)) == 2000


DAYS_AFTER = {
    "the same night": dt.date(2023, 5, 1),
    "the next morning": dt.date(2023, 5, 2),
    "in those days": dt.date(2023, 5, 1),
}


@pytest.mark.parametrize("said", DAYS_AFTER)
def test_a_night_may_rest_on_the_day_before(said):
    """A night, morning or time said by way of a day takes the last day that was told."""
    found = read(f"On 1 May soldiers crossed into Chad. Others returned to Sudan {said}.")
    assert found[-1].days.low == DAYS_AFTER[said]


def test_of_two_days_a_verb_has_the_one_behind_it():
    """Where one verb's day ends right before the next verb, the next has its own."""
    text = "Rebels pushed up to Sake on Thursday, were driven back from Sake on Saturday and dug in at Goma."
    days = {one.kind: one.days.low.isoformat() for one in read(text)}
    assert days["withdrawal"] == "2023-05-06"


def test_a_mover_keeps_the_bracket_that_closes_its_short_name():
    """A short name in brackets belongs to who moves, both brackets of it."""
    proposed = read("Fighters of the Home Guard (HG) seized Goma.")
    assert [one.actor_text.count("(") == one.actor_text.count(")") for one in proposed] == [True]


def test_a_dash_after_the_town_of_a_dispatch_is_nobody():
    """What moves begins with its own words, not with the dash before them."""
    proposals = read(
        "ENCARNACIÓN, March 11 - About 2,000 people crossed from Encarnación to Posadas on Saturday."
    )
    assert [one.actor_text for one in proposals] == ["About 2,000 people"]


def test_a_quote_ends_before_the_speaker():
    """What begins to name who says so, or what for, is left off behind the comma; what is told there is not."""
    quotes = {
        "On Sunday 120 soldiers crossed to Osorno, Argentina's defence ministry said.": "120 soldiers crossed to Osorno",
        "About 400 people crossed to Osorno on Monday, the office said.": "About 400 people crossed to Osorno on Monday",
        "About 400 people crossed to Osorno, on Monday, police said.": "About 400 people crossed to Osorno, on Monday",
    }
    assert [one.quote for text in quotes for one in read(text)] == list(quotes.values())


def test_a_headline_makes_no_person_of_a_town():
    """A town in a headline, or behind "of", or in capitals is a place in the sentences all the same."""
    for headline in ("Goma as Kivu Burns", "Voices of Goma", "GOMA", "Mont Goma"):
        assert told(f"{headline}\n\nRebels have captured Goma.") == ["control_change reported place:Goma"]


def test_of_two_countries_between_which_it_lies_one_tells_where():
    """What lies between two countries is one place, not two."""
    assert len(read("Gates between Niger and Benin were seized by rebels on 2 May.")) == 1


def test_a_verb_leaves_its_ends_what_stands_between():
    """A phrase with a gap does not swallow the end of a movement that its verb has of its own."""
    found = read("Rebels moved through Niger towards Chad to fight.")
    assert {role: end.place.name for role, end in found[0].ends.items()} == {
        "crossing": "Niger",
        "destination": "Chad",
    }


SAID = {
    "Rebels said that Goma had fallen. It has not.": [
        "control_change reported place:Goma",
        "control_change denied place:Goma",
    ],
    "Vehicles carrying troops had set off from Goma on Thursday.": ["deployment reported origin:Goma"],
    "Goma was emptied on Tuesday.": ["withdrawal reported origin:Goma"],
    "The foreign minister is due in Nairobi on Sunday.": ["contact planned destination:Nairobi"],
}


@pytest.mark.parametrize("text", SAID)
def test_what_stands_at_the_end_or_is_to_come_is_read(text):
    """A participle before a full stop, forces that set out, a place that is emptied, an office that is due."""
    assert told(text) == SAID[text]


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("A source said that no soldiers crossed into Chad on Saturday.", "no soldiers crossed into Chad"),
        ("Rumours that fighters entered Chad are false, the army said.", "are false"),
        ("Some 300 families, most of them from Goma, crossed into Rwanda.", "300 families"),
    ],
    ids=["denied before", "denied behind", "number"],
)
def test_a_quote_holds_what_decides_its_meaning(said, quoted):
    """The words that deny, and the number, stand in the quote: no quote says the opposite of its sentence."""
    assert quoted in " ".join(one.quote for one in read(said))


ODD_NUMBERS = ("9" * 400, "1" + "0" * 5000, "9" * 300 + " million", "million " * 100, "²", "①")


@pytest.mark.parametrize("number", ODD_NUMBERS, ids=range(len(ODD_NUMBERS)))
def test_a_number_that_nobody_could_be_counts_nobody(number):
    """A number of more digits than there are people, or one that is no decimal, is no count, and stops no reading."""
    text = f"About {number} soldiers crossed into Chad {number} days ago."
    assert {one.count and one.count.count for one in read(text)} <= {None}


@pytest.mark.parametrize(
    "said",
    [*filter(None, DAYS), "a million years ago", "next week", "in the 1990s", "² days ago", "12/²/2023"],
)
@pytest.mark.parametrize("published", [dt.date.min, dt.date(1, 1, 2), dt.date(9999, 12, 30), dt.date.max])
def test_days_at_the_ends_of_the_calendar_are_read(said, published):
    """Whatever the day of publication is, what lies before or after it is a day of the calendar."""
    assert len(read(f"Soldiers crossed into Chad {said}.", published=published)) == 1


@pytest.mark.parametrize("text", ["Did soldiers cross into Chad?", "“Have soldiers crossed into Chad?”"])
def test_a_question_tells_of_nothing(text):
    """What is only asked is no claim, in quotation marks or without."""
    assert told(text) == []


def test_the_root_is_the_last_of_the_chain():
    """A claim that came through others has the last of them for its root."""
    one = replace(read("Soldiers crossed into Chad.")[0], via="The Courier > The Agency")
    assert one.row()["root"] == "The Agency"


def test_a_place_told_by_another_is_no_surer_than_near_it():
    """A place that a phrase makes of another has the precision of what is near, and the other itself that of a place."""
    assert read("Soldiers were deployed northeast of Goma.")[0].precision == 2
    assert read("Rebels have captured Sake.")[0].precision == 1
