// The form of a question: entities as you type, days from a month, and choices that depend on what was filled in before.
import { piece } from "./ask.js";
import { dayFields } from "./days.js";
import { pickers } from "./pick.js";

for (const form of document.querySelectorAll("form[data-form]")) {
  const words = JSON.parse(form.dataset.words);
  dayFields(form, words);
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
  form.addEventListener("change", async (event) => {
    const changed = event.target.closest("[data-needed-by]");
    if (!changed) return;
    const query = new URLSearchParams(new FormData(form));
    const [fields] = await piece(`${form.dataset.form}?${query}`).catch(() => [null]);
    for (const name of fields ? changed.dataset.neededBy.split(",") : []) {
      const renewed = fields.querySelector(`[data-field="${CSS.escape(name)}"]`);
      if (!renewed) continue;
      form.querySelector(`[data-field="${CSS.escape(name)}"]`).replaceWith(renewed);
      pickers(renewed);
      dayFields(renewed, words);
    }
  });
}
