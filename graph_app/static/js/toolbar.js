// A toolbar is one stop of Tab; arrows, Home and End go from tool to tool in it.

/** Make the buttons of `bar` so. */
export function rove(bar) {
  const tools = () => [...bar.querySelectorAll("button:not(:disabled)")];
  const hold = (tool) => {
    for (const one of bar.querySelectorAll("button")) one.tabIndex = one === tool ? 0 : -1;
  };
  hold(tools()[0]);
  bar.addEventListener("focusin", (event) => hold(event.target.closest("button")));
  bar.addEventListener("keydown", (event) => {
    const all = tools();
    const here = all.indexOf(document.activeElement);
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const next = { [forward]: here + 1, [backward]: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    all.at(next % all.length).focus();
  });
}
