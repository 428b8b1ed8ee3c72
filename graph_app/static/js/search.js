// The search bar of every page: results as you type, by arrow keys; Enter opens, Shift+Enter adds to the picture.
import { el, icon } from "./dom.js";
import { json } from "./ask.js";

const form = document.querySelector("form.search");
const input = form.querySelector("input");
const panel = form.querySelector(".found");
const list = panel.querySelector("ul");
const hint = panel.querySelector(".hint");
const inPicture = form.dataset.inPicture === "yes";
let results = [];
let chosen = -1;
let asking = null;
let timer = 0;

function close() {
  panel.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(index) {
  chosen = index;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  const item = list.children[index];
  if (item) {
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }
}

function option(hit, index) {
  const told = [hit.label_name, hit.kind === hit.label_name ? "" : hit.kind, hit.place].filter(Boolean);
  return el("li", { id: `found-${index}`, role: "option", "aria-selected": "false", "data-id": hit.id,
    onmousedown: (event) => event.preventDefault(), onclick: (event) => open(hit, event.shiftKey) },
  icon(hit),
  el("span", { class: "names" }, el("bdi", { lang: hit.lang }, hit.name),
    hit.other_name ? el("bdi", { class: "second" }, hit.other_name) : null),
  el("span", { class: "tail" }, hit.fact),
  el("span", { class: "told" }, told.join(" · ")));
}

function show(found) {
  results = found;
  list.replaceChildren(...found.map(option));
  hint.textContent = found.length ? form.dataset.hint : form.dataset.none;
  panel.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(found.length ? 0 : -1);
}

async function ask() {
  asking?.abort();
  const text = input.value.trim();
  if (!text) return close();
  asking = new AbortController();
  try {
    const answer = await json(`${form.dataset.search}?q=${encodeURIComponent(text)}`, asking.signal);
    if (document.activeElement === input) show(answer.results);
  } catch (error) {
    if (error.name !== "AbortError") hint.textContent = error.message;
  }
}

function open(hit, add) {
  close();
  if (inPicture || add) {
    if (inPicture) {
      input.value = "";
      document.dispatchEvent(new CustomEvent("peyvand:add", { detail: hit.id }));
    } else location.assign(`${form.dataset.explore}?ids=${encodeURIComponent(hit.id)}&open=${encodeURIComponent(hit.id)}`);
  } else location.assign(form.dataset.entity + hit.id.split("/").map(encodeURIComponent).join("/"));
}

function key(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (results.length) choose((chosen + step + results.length) % results.length);
  } else if (event.key === "Escape") close();
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 120);
});
input.addEventListener("keydown", key);
input.addEventListener("blur", close);
form.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("keydown", async (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  if (panel.hidden || asking?.text !== input.value) {
    clearTimeout(timer);
    if (panel.hidden) await ask();
  }
  if (results[chosen]) open(results[chosen], event.shiftKey);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    input.focus();
    input.select();
  }
});
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
}
