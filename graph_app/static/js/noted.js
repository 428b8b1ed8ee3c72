// The part of the address that has what people wrote on the picture: id~note between commas, notes in base64 for addresses.

const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const decode = (code) => new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0)));

/** Return the notes that `query` holds, by what they stand on; what cannot be understood is none. */
export function notesIn(query) {
  const found = Object.create(null); // ids are keys, whatever they are called
  for (const part of (query.get("notes") ?? "").split(",")) {
    const at = part.lastIndexOf("~");
    try {
      const text = decode(part.slice(at + 1)).trim();
      if (at > 0 && text) found[part.slice(0, at)] = text;
    } catch {
      // a note that was cut on its way
    }
  }
  return { notes: found };
}

/** Return the part of an address, [name, value]. */
export function notesOf({ notes = {} }) {
  return [["notes", Object.entries(notes).map(([id, text]) => `${id}~${encode(text)}`).join(",")]];
}

/** Return how many bytes notes take, of which there is room for some only. */
export function bytes(notes) {
  return Object.values(notes).reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
}
