// A part of the page that refreshes itself waits while somebody is busy in it: typing, or with a menu open.

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  if (!part.matches("[data-live]")) return;
  const isTyping = part.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])");
  if (isTyping || part.querySelector("details.menu[open]")) event.preventDefault();
});

// A picture that was chosen is sent at once, with what is typed: the button does it where this does not run.
document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file][data-send]")) event.target.form.querySelector("button[name=add]")?.click();
});
