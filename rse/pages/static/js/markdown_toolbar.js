// The marks of Markdown by button and by key. One stop of the tabulator for the whole toolbar, arrows inside it; what is done can be undone.

function write(text, start, end, words, from, to) {
  text.focus();
  text.setSelectionRange(start, end);
  // The only way of writing that the browser's own "undo" knows; deprecated, and without a successor.
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, start, end);
  text.setSelectionRange(from, to);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function around(text, mark) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const size = mark.length;
  const has = (at) => value.slice(at, at + size) === mark;
  // One mark is half of two: within bold, italic is not there yet.
  const isDouble = size === 1 && value.slice(start - 2, start) === mark + mark && value.slice(start - 3, start) !== mark.repeat(3);
  const chosen = value.slice(start, end);
  if (start >= size && has(start - size) && has(end) && !isDouble) write(text, start - size, end + size, chosen, start - size, end - size);
  else write(text, start, end, mark + chosen + mark, start + size, end + size);
}

function before(text, mark) {
  const { selectionEnd: end, value } = text;
  const start = value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const stop = value.indexOf("\n", end) < 0 ? value.length : value.indexOf("\n", end);
  const lines = value.slice(start, stop).split("\n");
  const isMarked = lines.every((line) => line.startsWith(mark));
  const words = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n");
  write(text, start, stop, words, start + (lines.length > 1 ? 0 : words.length), start + words.length);
}

function link(text) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const address = "https://";
  const words = `[${value.slice(start, end)}](${address})`;
  const at = start + (end > start ? words.length - 1 : 1); // the words come first where there are none
  write(text, start, end, words, end > start ? at - address.length : at, at);
}

function act(text, button) {
  if (button.matches("[data-picture]")) askForPicture(text);
  else if (button.dataset.around) around(text, button.dataset.around);
  else if (button.dataset.before) before(text, button.dataset.before);
  else link(text);
}

function ready(field) {
  const text = field.querySelector("textarea");
  const buttons = [...field.querySelectorAll("[role=toolbar] button")];
  for (const button of buttons) button.addEventListener("click", () => act(text, button));
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const button = buttons.find((one) => one.dataset.key === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    act(text, button);
  });
  field.querySelector("[role=toolbar]").addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const one = buttons[(next + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
    one.focus();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-markdown-text]")) ready(field);
});
