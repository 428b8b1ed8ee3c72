// The search bar of every page: results as you type, by arrow keys; Enter opens, Shift+Enter adds to the picture.
import { json, told } from "./ask.js";
import { el, icon, writes } from "./dom.js";
import { isPinned, kept, pin, remember } from "./recent.js";
import { go, land, landed, spots } from "./spots.js";

const WAIT = 120;
const form = document.querySelector("form.search");
const input = form.querySelector("input");
const panel = form.querySelector(".found");
const list = panel.querySelector("ul");
const hint = panel.querySelector(".hint");
const meant = panel.querySelector(".meant");
const said = form.querySelector(".said"); // outside the panel: what is hidden is not read out
const inPicture = form.dataset.inPicture === "yes";
let results = [];
let chosen = -1;
let answered = ""; // the text that `results` answers
let asking = null;
let timer = 0;

function close() {
  clearTimeout(timer);
  asking?.abort();
  panel.hidden = true;
  said.textContent = "";
  answered = "";
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(index) {
  chosen = index;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  const item = list.children[index];
  if (!item) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

/** A question, an action or a spot of this page: it is not an entity. */
function offer(found, index) {
  return el("li", { id: `found-${index}`, role: "option", "aria-selected": "false", "data-href": found.href, "data-sort": found.sort, onclick: () => open(found) },
    el("img", { class: "glyph", src: `/static/icons/ui-${found.icon}.svg`, alt: "" }),
    el("span", { class: "names" }, found.name),
    el("span", { class: "tail" }, form.dataset[found.sort]),
    el("span", { class: "told" }, found.about));
}

function option(hit, index) {
  if (hit.sort) return offer(hit, index);
  const told = [hit.label_name, hit.kind === hit.label_name ? "" : hit.kind, hit.place, hit.why].filter(Boolean);
  return el("li", { id: `found-${index}`, role: "option", "aria-selected": "false", "data-id": hit.id,
    onclick: (event) => open(hit, event.shiftKey) },
  icon(hit),
  el("span", { class: "names" }, el("bdi", { lang: hit.lang }, hit.name), el("span", { class: "second" }, el("bdi", {}, hit.other_name))),
  el("span", { class: "tail" }, [isPinned(hit.id) ? form.dataset.pinned : "", hit.fact].filter(Boolean).join(" · ")),
  el("span", { class: "told" }, told.join(" · ")));
}

function show(found, note, instead = "", count = "", at = 0) {
  results = found;
  list.removeAttribute("aria-busy");
  list.replaceChildren(...found.map(option));
  hint.replaceChildren(...[note].flat().flatMap((part, index) => (index ? [" ", part] : [part])));
  meant.textContent = instead;
  meant.hidden = !instead;
  said.textContent = [instead, count || hint.textContent].filter(Boolean).join(" ");
  panel.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(found.length ? at : -1);
}

/** Ask for what stands in the field; a question that is overtaken by a newer one is dropped. */
async function ask() {
  clearTimeout(timer);
  asking?.abort();
  const text = input.value.trim();
  if (!text) return keep();
  const here = spots(text);
  const first = here.filter((one) => one.begins);
  if (first.length) show(first, form.dataset.hint); // they stand first, whatever the server knows
  answered = first.length ? text : "";
  asking = new AbortController();
  if (!first.length) list.setAttribute("aria-busy", "true"); // what stands there answers what was typed before
  try {
    const answer = await json(`${form.dataset.search}?offers=yes&q=${encodeURIComponent(text)}`, asking.signal);
    const offers = answer.offers.filter((one) => !here.some(({ element }) => element.getAttribute("href") === one.href));
    const offered = answer.offers_first ? [...offers, ...answer.results] : [...answer.results, ...offers];
    const found = [...first, ...offered, ...here.filter((one) => !one.begins)];
    const at = first.length && chosen < first.length ? chosen : 0;
    if (found.length) show(found, form.dataset.hint, answer.told, answer.count, at);
    else show([], form.dataset.none);
    answered = text;
  } catch (error) {
    if (error.name !== "AbortError") show(first, told(error, form.dataset.failed).filter(Boolean), "", "", Math.max(chosen, 0));
  }
}

/** Show what is pinned and what was opened lately, as long as nothing is typed. */
function keep() {
  const found = kept();
  close();
  if (found.length) show(found, form.dataset.kept);
}

function togglePin() {
  const hit = results[chosen];
  if (!hit || hit.sort) return;
  said.textContent = pin(hit) ? form.dataset.pinned : hit.confidential ? form.dataset.unkept : form.dataset.unpinned;
  const tail = list.children[chosen].querySelector(".tail");
  tail.textContent = [isPinned(hit.id) ? form.dataset.pinned : "", hit.fact].filter(Boolean).join(" · ");
}

function open(hit, add) {
  close();
  if (hit.element) {
    input.value = "";
    return go(hit);
  }
  if (hit.sort) return location.assign(hit.href);
  remember(hit);
  const id = encodeURIComponent(hit.id);
  if (inPicture) {
    input.value = "";
    document.dispatchEvent(new CustomEvent("peyvand:add", { detail: hit.id }));
  } else if (add) location.assign(`${form.dataset.explore}?ids=${id}&open=${id}`);
  else location.assign(form.dataset.entity + hit.id.split("/").map(encodeURIComponent).join("/"));
}

async function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (results.length) choose((chosen + step + results.length) % results.length);
  } else if (event.altKey && event.code === "KeyP") {
    event.preventDefault();
    togglePin();
  } else if (event.key === "Escape") close();
  else if (event.key === "Enter") {
    event.preventDefault();
    const add = event.shiftKey;
    if (input.value.trim() && answered !== input.value.trim()) await ask();
    if (panel.hidden || !results[chosen]) return;
    if (!results[chosen].element && (!inPicture || results[chosen].sort)) land();
    open(results[chosen], add);
  }
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
input.addEventListener("keydown", onKey);
input.addEventListener("focus", () => input.value.trim() || keep());
panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
form.addEventListener("focusout", (event) => {
  if (!form.contains(event.relatedTarget)) close();
});
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  const called = (event.ctrlKey || event.metaKey) && event.code === "KeyK"; // also while something is being written
  if (!called && (event.key !== "/" || writes(event.target))) return;
  event.preventDefault();
  input.focus();
  input.select();
  form.scrollIntoView({ block: "nearest", behavior: "instant" });
});
landed();
