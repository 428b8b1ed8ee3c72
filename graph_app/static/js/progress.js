// How far a load is, as the server tells it; when it is over the same address shows what became of it.
const told = document.querySelector("[data-events]");
const phase = told.querySelector(".phase");
const bar = told.querySelector("progress");
const detail = told.querySelector(".detail");
const events = new EventSource(told.dataset.events);

events.addEventListener("message", (event) => {
  const now = JSON.parse(event.data);
  if (!now.working) {
    events.close();
    location.replace(location.pathname);
    return;
  }
  if (phase.textContent !== now.text) phase.textContent = now.text; // read out only when it is another one
  detail.textContent = now.detail;
  if (now.total) {
    bar.max = now.total;
    bar.value = now.done;
  } else bar.removeAttribute("value");
});
