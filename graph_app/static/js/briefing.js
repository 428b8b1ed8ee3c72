// The briefing: printing it, and its picture as PNG, drawn from the SVG by the browser that has the type face.

const SHARP = 2; // pixels of the image for one of the drawing
const LARGEST = 7000; // pixels on a side
const link = document.querySelector("[data-png]");
const word = document.querySelector("[data-word]");

/** Return the drawing at `address` as a canvas. */
async function painted(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = Math.min(SHARP, LARGEST / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

link.hidden = false;
link.addEventListener("click", async (event) => {
  event.preventDefault();
  const canvas = await painted(link.href);
  canvas.toBlob((blob) => {
    const save = document.createElement("a");
    save.href = URL.createObjectURL(blob);
    save.download = link.dataset.png;
    save.click();
    URL.revokeObjectURL(save.href);
  });
});
word.addEventListener("submit", async (event) => {
  event.preventDefault();
  word.elements.picture.value = (await painted(link.href)).toDataURL("image/png");
  word.submit();
  word.elements.picture.value = "";
});
