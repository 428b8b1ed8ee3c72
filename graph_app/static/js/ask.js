// Asking the server: JSON, and pieces of page.

/** Return the JSON at `address`; an error has the server's sentence as its message. */
export async function json(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}

/** Return the elements of the piece of page at `address`. The browser parses it itself, so no text becomes mark-up here. */
export function piece(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => resolve([...request.response.body.children].map((child) => document.importNode(child, true)));
    request.onerror = () => reject(new Error());
    request.send();
  });
}
