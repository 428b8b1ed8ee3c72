// The picture of an answer. A double click opens the page of an entity; the explorer is one link away.
import { Picture } from "./picture.js";

const page = JSON.parse(document.getElementById("page").textContent);
const canvas = document.getElementById("canvas");
const open = (id) => location.assign(`/entities/${id.split("/").map(encodeURIComponent).join("/")}`);

await document.fonts.load("13px Vazirmatn", "پیوند");
const drawing = new Picture(canvas, { select: () => {}, open }, page.states);
drawing.draw(page.picture, { fit: true });
canvas.dataset.ready = "yes";
