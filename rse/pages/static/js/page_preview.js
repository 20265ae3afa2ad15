// Sends what is in the form to the frame of the preview, in a form of its own: the one being written stays unsent, and unsaved.

function show(panel, target = panel.querySelector("iframe").name) {
  const form = document.querySelector("form[data-edit-form]");
  const language = panel.querySelector("[data-language][aria-pressed=true]").dataset.language;
  const copy = document.createElement("form");
  copy.method = "post";
  copy.action = `${panel.dataset.pagePreview}?language=${language}`;
  copy.target = target;
  copy.hidden = true;
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    const field = document.createElement("textarea"); // keeps the lines of a text
    field.name = name;
    field.value = value;
    copy.append(field);
  }
  document.body.append(copy);
  copy.submit();
  copy.remove();
}

document.addEventListener("DOMContentLoaded", () => {
  const panel = document.querySelector("[data-page-preview]");
  if (!panel) return;
  const buttons = panel.querySelectorAll("[data-language]");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      show(panel);
    });
  }
  panel.querySelector("[data-apart]").addEventListener("click", () => show(panel, "_blank"));
  panel.closest("[data-side-panel]").addEventListener("show", () => show(panel));
});
