// The Cypher of a click: the statements that the server ran, with their parameters, to be copied.
import { el } from "./dom.js";

/** Return what `cypher` lists, as the panels show it; `say` has the sentences. */
export function statements(cypher, say) {
  const block = (text) => el("pre", { dir: "ltr" }, el("code", {}, text));
  return el("details", { class: "cypher" }, el("summary", {}, say.cypher), ...cypher.map(({ text, parameters }) => el("section", { class: "statement" },
    el("button", { type: "button", class: "btn btn-sm", "data-copy": true }, say.copy), block(text.trim()),
    el("p", { class: "hint" }, say.parameters), block(JSON.stringify(parameters, null, 2)))));
}

/** Copy the statement beside the button, its parameters as a comment before it, so that it says what it was asked with. */
export async function copied(button) {
  const [text, parameters] = [...button.parentElement.querySelectorAll("code")].map((one) => one.textContent);
  const told = parameters ? `${parameters.split("\n").map((line) => `// ${line}`).join("\n")}\n` : "";
  await navigator.clipboard.writeText(told + text);
}
