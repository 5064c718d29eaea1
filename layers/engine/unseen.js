// Letters that are not seen, or that steer what is, are shown by their numbers in Unicode; geo/unseen.py tells the rule.
"use strict";

globalThis.bordermap ??= {}; // the review has this file alone

bordermap.unseen = (() => {
  const HIDDEN = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;
  const JOINING = String.raw`\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff\u0710-\u077f\u07ca-\u07f5\u0840-\u085b\u0860-\u086a\u0870-\u0887\u0889-\u088e\u0898-\u08e1\u08e3-\u0963\u0971-\u0dff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17b3\u17b6-\u17d3\u1820-\u18aa\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\u{10ac0}-\u{10ae6}\u{11000}-\u{11fff}\u{1e900}-\u{1e943}`;
  const VIRAMA = String.raw`\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u103a\u17d2`;
  const EMOJI = String.raw`\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}`;
  const HAN = String.raw`\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`;
  const MONGOLIAN = String.raw`\u1820-\u18aa`;
  const HEBREW_MARK = String.raw`\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7`;

  // What stands where its script or an emoji asks for it; no look back, which browsers of 2022 cannot do.
  const RIGHTLY = [
    String.raw`\r\n`,
    String.raw`[${JOINING}][\u200c\u200d](?=[${JOINING}])`,
    String.raw`[${VIRAMA}][\u200c\u200d]`,
    String.raw`\u0647\u200d`,
    String.raw`[${EMOJI}][\ufe0e\ufe0f]?[\u{1f3fb}-\u{1f3ff}]?\u200d(?=[${EMOJI}])`,
    String.raw`[0-9#*${EMOJI}][\ufe0e\ufe0f]`,
    String.raw`\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
    String.raw`[${HAN}][\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
    String.raw`[\u1000-\u109f\u2200-\u22ff\u2a00-\u2aff\uaa60-\uaa7f]\ufe00`,
    String.raw`[${MONGOLIAN}](?:[\u180b-\u180d\u180f]|\u180e(?=[${MONGOLIAN}]))`,
    String.raw`[${HEBREW_MARK}]\u034f(?=[${HEBREW_MARK}])`,
  ].join("|");

  const ANY = new RegExp(`[${HIDDEN}]`, "u");
  const EACH = new RegExp(`${RIGHTLY}|([${HIDDEN}])`, "gu");
  const number = (letter) => `⟨U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

  function visible(text) {
    const said = String(text);
    return ANY.test(said) ? said.replace(EACH, (all, hidden) => (hidden === undefined ? all : number(hidden))) : said;
  }

  // A text in pieces: what is to be shown by its number stands at odd places, as it is.
  function pieces(text) {
    const cut = [""];
    let from = 0;
    for (const found of text.matchAll(EACH)) {
      if (found[1] === undefined) continue;
      cut[cut.length - 1] = text.slice(from, found.index);
      from = found.index + found[1].length;
      cut.push(found[1], "");
    }
    cut[cut.length - 1] = text.slice(from);
    return cut;
  }

  // A text of which nothing is hidden: the marks that Intl puts into days and times.
  const without = (text) => pieces(text).filter((_, at) => at % 2 === 0).join("");

  return { visible, pieces, number, without };
})();
