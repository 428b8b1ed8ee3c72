// Files are dropped or chosen; what was chosen is said, and what is too large is not sent at all.
import { digits, namesOf } from "./dom.js";

const form = document.querySelector("form.upload");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const told = form.querySelector("#chosen");
const button = form.querySelector("button[type=submit]");

function tell() {
  const files = [...input.files];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const tooLarge = size > Number(form.dataset.most);
  told.replaceChildren(...namesOf(files), files.length ? ` (${digits((size / 1000).toFixed(0))} kB)` : "");
  told.classList.toggle("problem", tooLarge);
  if (tooLarge) told.replaceChildren(form.dataset.tooLarge);
  input.setCustomValidity(tooLarge ? form.dataset.tooLarge : "");
}

/** Take the files that were dropped; a folder gives its files one level deep. */
async function take(items) {
  const chosen = new DataTransfer();
  for (const entry of items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean)) {
    for (const file of await filesIn(entry)) chosen.items.add(file);
  }
  input.files = chosen.files;
  tell();
}

async function filesIn(entry) {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const found = [];
  for (let batch; (batch = await new Promise((done, failed) => reader.readEntries(done, failed))).length;) found.push(...batch);
  const files = found.filter((one) => one.isFile);
  return Promise.all(files.map((one) => new Promise((done, failed) => one.file(done, failed))));
}

input.addEventListener("change", tell);
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take([...event.dataTransfer.items]);
});
form.addEventListener("submit", () => {
  button.disabled = true;
  told.textContent = form.dataset.sending;
});
addEventListener("pageshow", () => { button.disabled = false; }); // back from the plan
