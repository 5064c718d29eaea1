"""What a file is: whose columns it has, what these are, who published it and when, and how it writes days and numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from claims.imports.cells.days import DayColumn
from claims.imports.cells.numbers import CountColumn
from claims.imports.converting import Asked, DateOrder, Scheme, canonical
from claims.imports.tables.remembered import MAPPED, scheme_of
from dashboard.asking import tell
from dashboard.foreign import show_cells
from dashboard.importing.before import understood_once
from dashboard.importing.fields import Fields
from dashboard.importing.mapped import ask_mapping
from dashboard.sentences import in_words
from dashboard.words import isolated
from geo.countries import country_codes
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claims.imports.looking import Looked
    from claims.imports.tables.mapping import TableMapping
    from dashboard.importing.upload import Handed
    from dashboard.words import Words
    from geo.errors import Fault

__all__ = ["ask_what"]

_DAYS: Final = ("date", "date_start", "date_end", "published")
_COUNTS: Final = ("count", "count_low", "count_high")
_SHOWN: Final = 12
"""Kinds of context that are named."""


def ask_what(file: Handed, looked: Looked, words: Words) -> Asked:
    """Ask what a file is; what can be guessed is, and shown to be changed."""
    known = scheme_of(looked.header)
    table = f"{file.number}-{file.sheet}{f'-{file.header}' if file.header else ''}"
    about = Fields(table)
    left, right = st.columns([3, 4], vertical_alignment="bottom")
    with left:
        scheme = about.choice(
            "scheme",
            words.say("importScheme"),
            list(Scheme),
            known,
            lambda one: words.say(f"importScheme_{one}"),
        )
    columns, rows = f"{len(looked.header):,}", f"{looked.rows:,}"
    right.text(words.say("importTaken", columns=columns, rows=rows))
    if not looked.rows and not looked.unread:
        st.warning(words.say("importNoRows"))
    with st.expander(words.say("importFirstRows")):
        show_cells(looked.first.cells.head(5))
    fields = about.within(scheme)
    asked = Asked(name=file.name, scheme=scheme, header=file.header)
    return (_of_any if scheme in MAPPED else _of_known)(asked, looked, fields, words)


def _of_known(asked: Asked, looked: Looked, fields: Fields, words: Words) -> Asked:
    """Ask what the columns of ACLED and UCDP leave open."""
    timed = asked.scheme is Scheme.ACLED and "timestamp" in map(canonical, looked.header)
    published = fields.day("published", words.say("importEditionElse" if timed else "importEdition"))
    count = f"{looked.context.total():,}"
    label = words.say("importContextCounted", count=count) if looked.context else words.say("importContext")
    context = fields.mark("context", label)
    named = [f"{isolated(kind)}: {number:,}" for kind, number in looked.context.most_common(_SHOWN)]
    if more := len(looked.context) - len(named):
        named.append(words.say("importMore", count=f"{more:,}"))
    st.text("\n".join(named))
    return replace(asked, published=published, context=context)


def _of_any(asked: Asked, looked: Looked, fields: Fields, words: Words) -> Asked:
    """Ask what the columns of any table are, and what they do not say."""
    understood = understood_once(asked, looked)
    known = understood.asked
    mapping = ask_mapping(understood, looked, fields, words)
    asked = mapping.put_into(asked)
    asked = _ask_source(asked, known.outlet, mapping, fields, words)
    order, parted = _order_asked(asked, looked), _parting_asked(asked, looked)
    _say_asked([*order, *parted], words)
    if order:
        asked = replace(asked, dates=_ask_order(known.dates, fields, words))
    if parted:
        asked = replace(asked, decimal=_ask_parting(known.decimal, fields, words))
    with st.expander(words.say("importFurther")):
        if not order:
            asked = replace(asked, dates=_ask_order(known.dates, fields, words))
        if not parted:
            asked = replace(asked, decimal=_ask_parting(known.decimal, fields, words))
        return replace(
            asked,
            none=_parted(fields.text("none", words.say("importNone"), default="; ".join(known.none))),
            home=next(iter(_codes("home", known.home, fields, words)), ""),
            countries=_codes("countries", ",".join(known.countries), fields, words),
            dataset=fields.text("dataset", words.say("importDataset")),
            context=fields.mark("context", words.say("importContext")),
        )


def _ask_source(asked: Asked, known: str, mapping: TableMapping, fields: Fields, words: Words) -> Asked:
    """Ask who published the rows and when, where no column says it."""
    said: dict[str, Any] = {}
    if mapping.says("outlet") and mapping.says("published"):
        return asked
    st.subheader(words.say("importSource"), anchor=False)
    with st.container(horizontal=True):
        if not mapping.says("outlet"):
            said = {
                name: fields.text(name, words.say(key), default=default)
                for name, key, default in (
                    ("outlet", "outlet", known),
                    ("title", "headline", ""),
                    ("url", "link", ""),
                )
            }
        if not mapping.says("published"):
            said["published"] = fields.day("published", words.say("published"))
    return replace(asked, **said)


# ---- how days and numbers are written


def _order_asked(asked: Asked, looked: Looked) -> list[Fault]:
    """Say of which columns it must be said how their days are ordered, with what their cells show."""
    faults: list[Fault] = []
    for column in _columns(_DAYS, asked.mapping):
        DayColumn(asked.name, column).read(looked.first.cells[column], looked.first.lines, faults, [])
    return [fault for fault in faults if fault.line is None and fault.value is None]


def _parting_asked(asked: Asked, looked: Looked) -> list[Fault]:
    """Say likewise of which it must be said what parts their decimals."""
    faults: list[Fault] = []
    for column in _columns(_COUNTS, asked.mapping):
        CountColumn(asked.name, column).read(looked.first.cells[column], looked.first.lines, faults)
    return [fault for fault in faults if fault.line is None and fault.value is None]


def _columns(ours: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(mapping[one] for one in ours if one in mapping))


def _say_asked(faults: Sequence[Fault], words: Words) -> None:
    if faults:
        said = [f"{isolated(str(fault.column))} {in_words(fault.why, words)}" for fault in faults]
        st.code("\n".join(said), language=None, wrap_lines=True)


def _ask_order(known: DateOrder | None, fields: Fields, words: Words) -> DateOrder | None:
    orders: list[DateOrder | None] = [None, *DateOrder]
    return fields.choice(
        "dates",
        words.say("importOrder"),
        orders,
        known,
        lambda one: words.say(f"importOrder_{one or 'unsaid'}"),
    )


def _ask_parting(known: str, fields: Fields, words: Words) -> str:
    names = {"": "unsaid", ".": "point", ",": "comma"}
    return fields.choice(
        "decimal",
        words.say("importParting"),
        list(names),
        known,
        lambda one: words.say(f"importParting_{names[one]}"),
    )


def _parted(written: str) -> tuple[str, ...]:
    """Give the words that stand between semicolons."""
    return tuple(filter(None, map(str.strip, written.replace("؛", ";").split(";"))))


def _codes(name: str, known: str, fields: Fields, words: Words) -> tuple[str, ...]:
    """Ask for codes of countries; what is none is told, and counts as nothing."""
    written = fields.text(name, words.say(f"importCodes_{name}"), default=known)
    try:
        return country_codes(written) if written else ()
    except BordermapError as error:
        tell(error, words, "importNoCode")
        return ()
