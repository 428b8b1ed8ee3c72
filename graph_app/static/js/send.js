// A form in which something is recorded is sent from any of its fields by Ctrl+Enter; what comes then begins with its content.
import { land } from "./spots.js";

const form = document.querySelector("form.edit-form");

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form.addEventListener("submit", land);
