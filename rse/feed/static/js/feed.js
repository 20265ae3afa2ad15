// A part of the page that refreshes itself waits while somebody is busy in it: typing, or with a menu open.

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  if (!part.matches("[data-live]")) return;
  const isTyping = part.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])");
  if (isTyping || part.querySelector("details.menu[open]")) event.preventDefault();
});

// A picture that was chosen is sent at once, with what is typed: the button does it where this does not run.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("input[type=file][data-send]") || !input.files.length) return;
  if ([...input.files].every((file) => file.size <= Number(input.dataset.maxBytes))) {
    input.form.querySelector("button[name=add][value=picture]")?.click();
    return;
  }
  document.dispatchEvent(new CustomEvent("maillage:say", { detail: document.getElementById("toasts").dataset.tooBig }));
  input.value = "";
});
