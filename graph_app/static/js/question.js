// The picture on a page that has one beside its lists: ties in common, paths, two days compared.
import { draw } from "./answer-picture.js";

draw(document.getElementById("canvas"), JSON.parse(document.getElementById("page").textContent));
