// Small helpers for building the page. Text is always set as text, never as mark-up.

/** Return a new element with attributes and children; a child that is a string becomes text. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Return the sentence `text` with `{name}` places filled in. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Return names as a sentence lists them in the page's language; as a `unit` without "and". */
export const listed = (names, type = "conjunction") => new Intl.ListFormat(document.documentElement.lang, { type }).format(names);

/** Return the names of files as parts of a line. */
export const namesOf = (files) => files.flatMap((file, at) => [at ? " · " : "", el("bdi", {}, file.name)]);

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 20 });

/** Return a number with the digits of the page's language, a count with its thousands apart; what names (a year, a line) comes as text. */
export function digits(value) {
  const text = typeof value === "number" ? grouped.format(value).replaceAll(",", document.documentElement.lang === "fa" ? "٬" : ",") : String(value);
  if (document.documentElement.lang !== "fa") return text;
  return text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
}

/** Bring what came below the picture into view, where it is the page that scrolls, as on small screens. */
export function bring(element) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (matchMedia("(max-width: 760px)").matches) element.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

/** Whether whoever presses a key in `place` writes there, so that letters are no commands; boxes and sliders take none. */
export const writes = (place) => Boolean(place.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]"));

/** Return the disc that stands for a type. */
export function icon(entry) {
  return el("span", { class: `icon label-${entry.icon}`, title: entry.label_name ?? entry.name },
    el("img", { src: `/static/icons/white/${entry.icon}.svg`, alt: "" }));
}
