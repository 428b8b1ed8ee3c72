// Asking the server: JSON, and pieces of page.
import { el } from "./dom.js";
import { localise } from "./moments.js";

/** Return the address at which to sign in and come back to this page. */
const andBack = (address) => `${address}?next=${encodeURIComponent(location.pathname + location.search)}`;

/** What the server refused: its sentence and, for who is out, how to come in again. */
class Refusal extends Error {
  constructor(body) {
    super(body.detail);
    this.link = body.sign_in ? { href: andBack(body.sign_in), text: body.again } : null;
  }
}

/** Return what to show of an error: its sentence, or `otherwise`, and the link that mends it. */
export function told(error, otherwise) {
  const link = error.link && el("a", { href: error.link.href }, error.link.text);
  return [error.message || otherwise, link];
}

/** Return the JSON at `address`; an error has the server's sentence as its message. */
export async function json(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Refusal(body);
  return body;
}

/** Return the elements of the piece of page at `address`. The browser parses it itself, so no text becomes mark-up here. */
export function piece(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => {
      for (const link of request.response.querySelectorAll("a[data-sign-in]")) link.href = andBack(link.getAttribute("href"));
      localise(request.response);
      resolve([...request.response.body.children].map((child) => document.importNode(child, true)));
    };
    request.onerror = () => reject(new Error());
    request.send();
  });
}
