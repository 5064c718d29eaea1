// Tells the browser, and readers who hear the dashboard, in which language and direction it is written.

// By this the slider knows on which side its days begin; it is React Aria's, which else asks the browser's own language.
const LOCALE = Symbol.for("react-aria.i18n.locale");

export default function ({ data: { language, direction, locale } }) {
  Object.assign(document.documentElement, { lang: language, dir: direction });
  if (window[LOCALE] === locale) return;
  window[LOCALE] = locale;
  window.dispatchEvent(new Event("languagechange"));
}
