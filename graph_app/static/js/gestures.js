// Hands on a large picture: drag moves it, wheel and two fingers zoom, a tap selects, Shift and drag draws a frame.

const STILL = 5; // pixels that a tap may wander

/** Let pointers on `place` move `expanse`; while `expanse.framing` a drag draws a frame, as it does with Shift. */
export function gestures(place, expanse) {
  const fingers = new Map();
  let began = null;
  const spot = (event) => {
    const box = place.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  place.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    place.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, spot(event));
    began = fingers.size === 1 ? { at: spot(event), frame: event.shiftKey || expanse.framing, moved: false } : null;
  });
  place.addEventListener("pointermove", (event) => {
    const here = spot(event);
    const before = fingers.get(event.pointerId);
    if (!before) return expanse.data && event.pointerType === "mouse" && expanse.hover(here);
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    fingers.set(event.pointerId, here);
    if (others.length) return pinched(expanse, others[0], before, here);
    if (!began) return;
    began.moved ||= Math.hypot(here.x - began.at.x, here.y - began.at.y) > STILL;
    if (began.moved && began.frame) expanse.frame(began.at, here);
    else if (began.moved) expanse.pan(here.x - before.x, here.y - before.y);
  });
  const end = (event) => {
    const known = fingers.delete(event.pointerId);
    if (!known || !began) return;
    if (event.type === "pointerup" && began.moved && began.frame) expanse.framed(began.at, spot(event));
    else if (event.type === "pointerup" && !began.moved) expanse.events.select(expanse.at(began.at));
    expanse.frame(null);
    began = null;
  };
  place.addEventListener("pointerup", end);
  place.addEventListener("pointercancel", end);
  place.addEventListener("pointerleave", () => expanse.data && expanse.hover(null));
  place.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (expanse.data) expanse.zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 120 : 500)), spot(event));
  }, { passive: false });
}

/** Two fingers: the picture goes with their middle and grows with their distance. */
function pinched(expanse, other, before, here) {
  const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
  const middle = { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 };
  expanse.pan((here.x - before.x) / 2, (here.y - before.y) / 2);
  expanse.zoom(apart(here) / apart(before), middle);
}
