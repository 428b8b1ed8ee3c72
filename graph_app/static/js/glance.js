// The small picture on the page of an entity: the explorer's own picture, walked by arrow keys; Enter opens a page.
import { Picture } from "./picture.js";

const page = JSON.parse(document.getElementById("page").textContent);
const canvas = document.getElementById("canvas");
const STEPS = { ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" };

if (canvas && page.glance?.picture) await draw(page.glance);

async function draw({ picture, centre }) {
  const open = (id) => location.assign(`/entities/${id.split("/").map(encodeURIComponent).join("/")}`);
  const names = new Map(picture.nodes.map((node) => [node.id, `${node.name}, ${node.type_name}`]));
  let here = centre;
  const walk = (id) => {
    here = id ?? here;
    drawing.select(here);
    document.querySelector(".glance .here").textContent = names.get(here) ?? "";
  };
  await document.fonts.load("13px Vazirmatn", "پیوند");
  const drawing = new Picture(canvas, { select: ([id]) => id && walk(id), open, more: open }, page.states);
  drawing.draw(picture, { fit: false });
  canvas.addEventListener("keydown", (event) => {
    const side = document.dir === "rtl" ? -1 : 1;
    const step = { ...STEPS, ArrowRight: side, ArrowLeft: -side }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key === "Enter") return open(here);
    walk(drawing.next(here, step));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.draw(picture, { fit: false }));
  new ResizeObserver(() => canvas.clientHeight && drawing.fit()).observe(canvas); // a narrow window hides it
  canvas.dataset.ready = "yes";
}
