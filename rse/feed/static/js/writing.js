// While somebody writes: after an @, people who will read it; after a colon, emoji by name. Arrows choose, Enter takes, Escape closes.
// Without this file, a handle and an emoji are typed.

const NAME = /(?:^|[\s([])@((?:[\p{L}'’-]+(?: [\p{L}'’-]*)?)?)$/u;
const EMOJI = /(?:^|\s):([\p{L}]{2,30})$/u;
const ASKED = /(?:^|\s):$/u; // the button writes a colon: the common ones are shown
const WAIT = 200;

function ready(tools) {
  const text = document.getElementById(tools.dataset.writing);
  const panel = tools.querySelector("[data-suggestions]");
  const said = tools.querySelector("[data-suggestions-said]");
  if (!text) return;
  text.setAttribute("aria-autocomplete", "list");
  let timer = 0;
  let asked = "";
  let isByButton = false;

  const options = () => [...panel.querySelectorAll("[role=option]")];
  const chosen = () => panel.querySelector("[role=option][aria-selected=true]");
  const before = () => text.value.slice(0, text.selectionStart);

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) {
      text.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      text.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(timer);
    asked = "";
    isByButton = false;
    panel.hidden = true;
    said.textContent = "";
    text.removeAttribute("aria-controls");
    choose(null);
  }

  function addressOf(words) {
    const name = NAME.exec(words);
    const audience = text.form.elements.audience?.value || tools.dataset.audience;
    if (name) return `${tools.dataset.names}?${new URLSearchParams({ audience, q: name[1].trim() })}`;
    const emoji = EMOJI.exec(words) || (isByButton && ASKED.exec(words));
    return emoji ? `${tools.dataset.emoji}?${new URLSearchParams({ q: emoji[1] || "" })}` : "";
  }

  async function ask(address) {
    asked = address;
    let answer;
    try {
      answer = await fetch(address, { headers: { "HX-Request": "true" }, redirect: "manual" });
    } catch {
      return; // the line is down: the text is typed as without suggestions
    }
    if (!answer.ok || answer.headers.has("HX-Redirect") || address !== asked) return;
    panel.innerHTML = await answer.text();
    options().forEach((option, place) => {
      option.id = `${panel.id}-${place}`;
    });
    panel.hidden = false;
    const list = panel.querySelector("[role=listbox]");
    if (list) list.id = `${panel.id}-list`;
    text.setAttribute("aria-controls", list?.id || panel.id);
    said.textContent = panel.querySelector("[data-said]")?.dataset.said || "";
    choose(null);
  }

  function look() {
    const address = text.selectionStart === text.selectionEnd ? addressOf(before()) : "";
    if (!address) close();
    else if (address !== asked) {
      clearTimeout(timer);
      timer = setTimeout(() => ask(address), WAIT);
    }
  }

  function take(option) {
    const sign = NAME.test(before()) ? "@" : ":";
    const start = before().lastIndexOf(sign);
    text.setRangeText(`${option.dataset.value} `, start, text.selectionStart, "end");
    close();
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  text.addEventListener("input", () => {
    text.form.querySelector("[data-preview]")?.remove(); // it says something else from now on
    look();
  });
  text.addEventListener("click", look);
  text.addEventListener("keydown", (event) => {
    if (panel.hidden || event.isComposing) return;
    const places = [null, ...options()];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && places.length > 1) choose(places.at((places.indexOf(chosen()) + step) % places.length));
    else if (event.key === "Enter" && chosen() && !event.ctrlKey && !event.metaKey) take(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  text.addEventListener("blur", (event) => {
    if (!tools.contains(event.relatedTarget)) close();
  });
  panel.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  for (const button of tools.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isGlued = /\S$/.test(before());
      text.focus();
      text.setRangeText(`${isGlued ? " " : ""}${button.dataset.insert}`, text.selectionStart, text.selectionEnd, "end");
      isByButton = true;
      look();
    });
  }
}

const known = new WeakSet();

function arrive() {
  for (const tools of document.querySelectorAll("[data-writing]")) {
    if (known.has(tools)) continue;
    known.add(tools);
    ready(tools);
  }
}

arrive();
document.addEventListener("htmx:afterSettle", arrive);
