// The bar between picture and details: drag it, or move it with the arrow keys.

const [LEAST, MOST, STEP] = [240, 720, 24];

/** Let `splitter` set the width of the details in `root`. */
export function resizable(root, splitter) {
  const mirrored = document.dir === "rtl";
  const widen = (width) => {
    const bounded = Math.round(Math.max(LEAST, Math.min(MOST, width)));
    root.style.setProperty("--details", `${bounded}px`);
    splitter.setAttribute("aria-valuenow", String(bounded));
  };
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    splitter.onpointermove = (move) => {
      const box = root.getBoundingClientRect();
      widen(mirrored ? move.clientX - box.left : box.right - move.clientX);
    };
    splitter.onpointerup = () => { splitter.onpointermove = null; };
  });
  splitter.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    widen(Number(splitter.getAttribute("aria-valuenow")) + (mirrored ? -step : step));
  });
}
