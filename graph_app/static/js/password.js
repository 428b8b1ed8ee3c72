// A password can be looked at while it is typed; without this script the button stays away.
for (const button of document.querySelectorAll("button[data-reveal]")) {
  const input = button.parentElement.querySelector("input");
  const show = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? show : button.dataset.reveal;
    input.focus();
  });
}
