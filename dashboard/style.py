"""The dashboard's look beyond its theme: small paddings, so that the map gets most of the screen."""

from typing import Final

ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#f3efe6"/>'
    '<path d="M3 25 13 15l8 4 8-13" fill="none" stroke="#8a8470" stroke-width="2"/>'
    '<path d="M7 9c8 0 13 5 15 13" fill="none" stroke="#d55e00" stroke-width="3"/>'
    '<path d="m18 21 6 5 2-8z" fill="#d55e00"/></svg>'
)
"""The tab's icon; Streamlit would fetch a named one from elsewhere."""

# Streamlit's own header stays empty here, since the pages' links are in the row of controls, and the elements that
# only carry data or style take a row's gap without showing anything.
STYLE: Final = """
<style>
/* A table of Streamlit's reaches a hair over a phone's edge. */
[data-testid="stMain"] { overflow-x: hidden; }
[data-testid="stMainBlockContainer"] { padding: .4rem 1rem .5rem; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: .3rem; }
[data-testid="stHeader"], .st-key-wire, .st-key-asks, .st-key-language, .st-key-remembered, [data-testid="stElementContainer"]:has(> .stHtml style) { display: none; }

/* The controls stand in one line, in which the choice of a collection and the fields give way; on a narrow screen the
   slider has a line of its own, and on a phone the page says the figures. */
.st-key-controls { row-gap: .25rem; flex-wrap: nowrap; }
.st-key-controls > * { flex: 0 1 auto; min-width: 0; }
.st-key-controls > :has(> .st-key-links), .st-key-controls > .st-key-figures,
.st-key-controls > :has([data-testid="stPopover"], [data-testid="stButton"]) { flex: none; }
.st-key-controls > :has(.st-key-day) { flex: 1 1 16rem; }
.st-key-controls > .st-key-words { flex: 1 0 9rem; }
.st-key-controls input { text-overflow: ellipsis; }
.st-key-day { padding: .35rem .25rem 0; margin-bottom: -.5rem; }
/* Streamlit fills the slider from the left, and lets its thumb run from the right. */
[dir="rtl"] .st-key-day [data-rac] > div:empty { transform: scaleX(-1); }
/* What is wrong with a collection is told in English, with names of files; a line in another language has its own direction. */
[data-testid="stCode"] { direction: ltr; text-align: left; }
[data-testid="stCode"] :is(pre, code) { unicode-bidi: plaintext; text-align: start; }
/* Streamlit's own captions are a little too pale to read. */
.st-key-found [data-testid="stCaptionContainer"], .st-key-import [data-testid="stCaptionContainer"] { opacity: .75; }
/* The steps of the Import page stand apart. */
.st-key-import h2 { margin-top: .75rem; }
.st-key-import :is(h1, h2, h3, p, [data-testid="stText"], [data-testid="stText"] *) { text-align: start; }
.st-key-import [data-testid="stText"] { font-size: .9rem; }
/* What Streamlit says of files is in English; the label above says what is wanted. */
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }

@media (max-width: 1360px) {
  .st-key-controls { column-gap: .875rem; }
}
@media (max-width: 960px) {
  .st-key-controls { flex-wrap: wrap; }
  .st-key-controls > .st-key-choice { flex: 1 1 8rem; max-width: 300px; }
  .st-key-controls > .st-key-reviewer { flex: 1 1 8rem; max-width: 190px; }
  .st-key-controls > :has(.st-key-day) { order: 1; flex-basis: 100%; }
  .st-key-controls:has(.st-key-words) > .st-key-choice { flex-basis: calc(100% - 18rem); max-width: none; }
  .st-key-controls > :is(.st-key-words, .st-key-kinds, .st-key-statuses, .st-key-outlets) { flex: 1 1 20%; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: .5rem; padding-right: .5rem; }
  .st-key-controls { column-gap: .5rem; }
  .st-key-controls > :is(.st-key-choice, .st-key-reviewer) { flex-basis: 6rem; max-width: none; }
  /* The slider begins the second line, whatever else the first one has room for. */
  .st-key-controls:has(.st-key-day)::after { content: ""; order: 1; flex-basis: 100%; margin-top: -.25rem; }
  .st-key-controls > :has(.st-key-day) { order: 2; flex-basis: 8rem; }
  .st-key-controls:has(.st-key-day) > :has([data-testid="stPopover"], [data-testid="stButton"]) { order: 2; }
  .st-key-controls:has(.st-key-day) > :is(.st-key-sign_in, .st-key-account, :has(.st-key-sign_in, .st-key-account)) { order: 0; margin-inline-start: auto; }
  .st-key-controls:has(.st-key-words) > .st-key-choice { flex-basis: 6rem; }
  .st-key-controls > .st-key-words { flex-basis: 100%; }
  .st-key-controls > :is(.st-key-kinds, .st-key-statuses, .st-key-outlets) { flex-basis: 30%; }
  .st-key-controls > .st-key-figures { display: none; }
}
</style>
"""
