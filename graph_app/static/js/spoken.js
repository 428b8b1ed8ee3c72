// What is read out of a picture: of the entity or the stroke one comes to, and of several.
import { digits, fill } from "./dom.js";

/** Return what is said of the stroke `edge`, or else of the entity `id`, which is the `index`-th in reading order. */
export function spoken({ edge, id, index, picture, say, ofStack }) {
  const names = new Map(picture.nodes.map((node) => [node.id, node]));
  if (edge) return noted(edge, fill(say.edge, { start: names.get(edge.from).name, phrase: edge.phrase, end: names.get(edge.to).name }), say);
  const node = names.get(id);
  if (!node) return "";
  if (node.members) return noted(node, ofStack(node, digits(index)), say);
  return noted(node, fill(say.node, { name: node.name, type: node.type_name, index: digits(index), count: digits(names.size), hidden: digits(node.hidden_count) }), say);
}

function noted({ note }, sentence, say) {
  return note ? `${sentence}. ${fill(say.noted, { note })}` : sentence;
}
