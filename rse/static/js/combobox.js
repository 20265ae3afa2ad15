// A box that suggests while somebody types: arrows choose, Enter takes, Escape closes. Without this file it is a form.
// An option leads to a page, or is a value that the form sends under the name of the box.

const OPTION = "[role=option]";

function ready(root) {
  const box = root.querySelector("[data-combobox-box]");
  const panel = root.querySelector("[data-combobox-suggestions]");
  const said = root.querySelector("[data-combobox-said]");

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
    const words = panel.querySelector("[data-said]");
    const isShown = isOpen && Boolean(words);
    panel.hidden = !isShown;
    box.setAttribute("aria-expanded", String(isShown && options().length > 0));
    said.textContent = isShown ? words.dataset.said : "";
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

  // Whoever was picked before is no longer meant once something else is typed.
  function forget() {
    for (const one of root.querySelectorAll("[data-combobox-picked]")) one.remove();
  }

  function take(option) {
    forget();
    const picked = document.createElement("input");
    picked.type = "hidden";
    picked.name = box.name;
    picked.value = option.dataset.value;
    picked.dataset.comboboxPicked = "";
    box.value = option.dataset.words;
    box.after(picked);
    panel.replaceChildren();
    show(false);
    said.textContent = box.value;
    box.focus();
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
    forget();
    if (!box.value.trim()) {
      panel.replaceChildren();
      show(false);
    }
  });
  panel.addEventListener("click", (event) => {
    const option = event.target.closest(`${OPTION}[data-value]`);
    if (option) take(option);
  });
  root.addEventListener("htmx:afterSwap", () => show(document.activeElement === box && Boolean(box.value.trim())));
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!root.contains(event.target)) show(false);
  });
  if (root.matches("form")) {
    root.addEventListener("submit", (event) => {
      if (!box.value.trim()) event.preventDefault();
    });
  }
}

const known = new WeakSet();

function arrive(within) {
  for (const root of within.querySelectorAll("[data-combobox]")) {
    if (known.has(root)) continue;
    known.add(root);
    ready(root);
  }
}

arrive(document);
document.addEventListener("htmx:afterSettle", (event) => arrive(event.detail.elt.parentElement || document));
