// The browser's own button for files speaks the language of the browser; this one speaks the reader's.
import { el, namesOf } from "./dom.js";

for (const input of document.querySelectorAll("input[type=file][data-choose]")) {
  const button = el("span", { class: "btn btn-sm btn-outline-secondary", "aria-hidden": "true" }, input.dataset.choose);
  const names = el("span", { class: "hint" });
  const tell = () => {
    const files = [...input.files];
    names.replaceChildren(...files.length ? namesOf(files) : [input.dataset.none]);
  };
  const chooser = el("span", { class: "chooser" });
  input.replaceWith(chooser);
  chooser.append(button, input); // the field itself lies over the button: it is what is clicked, dropped on and focused
  if (input.dataset.none) {
    chooser.append(" ", names);
    input.addEventListener("change", tell);
    tell();
  }
}
