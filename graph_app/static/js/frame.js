// What every page does: its moments are in the reader's time, and menus close when one points elsewhere or presses Escape.
import { localise } from "./moments.js";

const menus = [...document.querySelectorAll("details.menu")];

// A legend begins folded where it would cover the picture.
if (matchMedia("(max-width: 760px), (max-height: 500px)").matches) {
  for (const legend of document.querySelectorAll("details.legend")) legend.open = false;
}

localise(document);

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter((one) => one.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
