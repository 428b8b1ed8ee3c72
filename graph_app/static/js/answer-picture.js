// The picture of an answer. A double click opens the page of an entity; the explorer is one link away.
import { Picture } from "./picture.js";

const open = (id) => location.assign(`/entities/${id.split("/").map(encodeURIComponent).join("/")}`);

/** Draw what `shown` says on `canvas`. */
export async function draw(canvas, shown) {
  await document.fonts.load("13px Vazirmatn", "پیوند");
  const drawing = new Picture(canvas, { select: () => {}, open }, shown.states);
  drawing.draw(shown.picture, { fit: true });
  canvas.dataset.ready = "yes";
}
