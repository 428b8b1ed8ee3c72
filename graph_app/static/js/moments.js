// Points in time as the reader's clock shows them: the server knows the reader's calendar, but not the hour where they are.

const { lang, dataset } = document.documentElement;
const tag = `${lang}-u-ca-${dataset.calendar === "jalali" ? "persian" : "gregory"}`;
const days = new Intl.DateTimeFormat(tag, { year: "numeric", month: "long", day: "numeric" });
const hours = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Return the day and the minute of `value`, written as ISO 8601, where the reader is. */
export function moment(value) {
  const at = new Date(value);
  const part = Object.fromEntries(days.formatToParts(at).map(({ type, value: text }) => [type, text]));
  return `${part.day} ${part.month} ${part.year ?? part.relatedYear}${lang === "fa" ? "،" : ","} ${hours.format(at)}`;
}

/** Let each moment below `root` be told in the reader's time; what the server wrote stands over it when one points at it. */
export function localise(root) {
  for (const time of root.querySelectorAll("time[data-moment]")) {
    time.title = time.textContent;
    time.textContent = moment(time.dateTime);
    delete time.dataset.moment;
  }
}
