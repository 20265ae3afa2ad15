// The search box suggests while somebody types: arrows choose, Enter opens, Escape closes. Without this file it is a form.

const OPTION = "[role=option]";

function ready(form) {
  const box = form.querySelector("[data-search-box]");
  const panel = form.querySelector("[data-search-suggestions]");
  const said = form.querySelector("[data-search-said]");

  const options = () => [...panel.querySelectorAll(OPTION)];
  const chosen = () => panel.querySelector(`${OPTION}[aria-selected=true]`);

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function show(isOpen) {
    const list = panel.querySelector("[role=listbox]");
    const isShown = isOpen && Boolean(list);
    panel.hidden = !isShown;
    box.setAttribute("aria-expanded", String(isShown));
    said.textContent = isShown ? list.dataset.said : "";
    choose(null);
  }

  function move(step) {
    const all = options();
    if (panel.hidden) show(true);
    if (panel.hidden) return;
    // Before the first and after the last stands the box itself.
    const places = [null, ...all];
    const place = places.indexOf(chosen()) + step;
    choose(places.at(place % places.length));
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => (panel.hidden ? null : show(false)),
    Enter: () => chosen()?.click(),
  };

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", panel.id);

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.key in keys)) return;
    const isOurs = event.key === "Enter" ? !panel.hidden && chosen() : event.key !== "Escape" || !panel.hidden;
    if (!isOurs) return;
    event.preventDefault();
    keys[event.key]();
  });
  box.addEventListener("focus", () => show(Boolean(box.value)));
  box.addEventListener("input", () => {
    if (!box.value.trim()) {
      panel.replaceChildren();
      show(false);
    }
  });
  form.addEventListener("htmx:afterSwap", () => show(document.activeElement === box && Boolean(box.value.trim())));
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target)) show(false);
  });
  form.addEventListener("submit", (event) => {
    if (!box.value.trim()) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("[data-search]")) ready(form);
