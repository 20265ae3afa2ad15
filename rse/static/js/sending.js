// Files on their way, in every form that has them: how far they have come, a way to stop them, and an end only where nothing moves any more.
// The words stand in the template #sending (components/sending.html). A form that htmx does not send already is sent by it from here.

const STILL = 30_000; // ms in which no byte of a file leaves
const UNANSWERED = 150_000; // ms after the last byte: pictures are drawn anew on the server, each within ten seconds
const QUICK = 400; // ms in which nothing is shown yet

const words = document.getElementById("sending");
const underWay = new WeakMap(); // what is being sent, by its form

const inputsOf = (form) => [...form.querySelectorAll("input[type=file]")];
const hasFiles = (form) => form instanceof HTMLFormElement && inputsOf(form).some((input) => input.files.length);
const say = (sentence) => document.dispatchEvent(new CustomEvent("maillage:say", { detail: sentence }));
const part = (box, name) => box.querySelector(`[data-sending-${name}]`);

function show(box, state) {
  box.dataset.state = state;
  part(box, "words").textContent = words.dataset[state];
  part(box, "bar").hidden = state === "failed";
  part(box, "stop").hidden = state === "failed";
  part(box, "again").hidden = part(box, "out").hidden = state !== "failed";
}

function tell(box, share) {
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  part(box, "share").textContent = percent.format(share);
  part(box, "bar").value = share;
  const quarter = percent.format(Math.floor(share * 4) / 4);
  if (part(box, "said").dataset.quarter === quarter) return; // one sentence for each quarter of the way
  part(box, "said").dataset.quarter = quarter;
  part(box, "said").textContent = `${part(box, "words").textContent} ${quarter}`;
}

function begin(form, { xhr, requestConfig }) {
  form.querySelector("[data-sending]")?.remove();
  const box = words.content.firstElementChild.cloneNode(true);
  const sending = { xhr, box, submitter: requestConfig.triggeringEvent?.submitter, why: "" };
  const wait = (time) => {
    clearTimeout(sending.timer);
    sending.timer = setTimeout(() => end(sending, "still"), time);
  };
  underWay.set(form, sending);
  form.append(box);
  show(box, "begun");
  sending.shown = setTimeout(() => (box.hidden = false), QUICK);
  wait(STILL);
  xhr.upload.addEventListener("progress", ({ loaded, total }) => {
    wait(loaded < total ? STILL : UNANSWERED);
    if (loaded === total) show(box, "arrived");
    tell(box, loaded / total);
  });
  xhr.addEventListener("progress", () => wait(STILL));
}

function end(sending, why) {
  sending.why = why;
  sending.xhr.abort();
}

// Stopped by whoever sent it, nothing stays chosen that does not show: text and all else stays as it is. Otherwise it can be sent again.
function ended(form, { box, timer, shown, why }) {
  underWay.delete(form);
  clearTimeout(timer);
  clearTimeout(shown);
  const isFocused = box.contains(document.activeElement);
  if (why === "stopped") {
    leaveOut(form);
    say(words.dataset.stopped);
  } else {
    box.hidden = false;
    show(box, "failed");
    part(box, "share").textContent = "";
    if (why) say(document.getElementById("toasts").dataset.offline);
  }
  if (isFocused) (why === "stopped" ? inputsOf(form)[0] : part(box, "again")).focus();
}

function leaveOut(form) {
  for (const input of form.querySelectorAll("input[type=file][data-send]")) input.value = "";
  form.querySelector("[data-sending]")?.remove();
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (words && hasFiles(detail.elt)) detail.timeout = 0;
});
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (words && detail.requestConfig.verb !== "get" && hasFiles(detail.elt)) begin(detail.elt, detail);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig.elt;
  const sending = underWay.get(form);
  if (!sending || sending.xhr !== detail.xhr) return;
  const { status } = detail.xhr;
  if ((status >= 200 && status < 400) || status === 409 || status === 422) {
    clearTimeout(sending.timer);
    clearTimeout(sending.shown);
    underWay.delete(form);
    sending.box.remove(); // the form is another one by now, or says itself what is wrong
  } else {
    ended(form, sending);
  }
});
document.addEventListener("htmx:confirm", (event) => {
  if (event.detail.verb !== "get" && underWay.has(event.detail.elt)) say(words.dataset.busy);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-sending] button");
  const form = button?.form;
  if (!form) return;
  const sending = underWay.get(form);
  if (button.matches("[data-sending-stop]") && sending) end(sending, "stopped");
  if (button.matches("[data-sending-again]")) submitterOf(form).click();
  if (button.matches("[data-sending-out]")) {
    for (const input of inputsOf(form)) {
      input.value = "";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    leaveOut(form);
    inputsOf(form)[0].focus();
  }
});

// The button that sends what was chosen: that of the pictures where there is one. htmx knows it by its click.
function submitterOf(form) {
  return form.querySelector("button[name=add]") || form.querySelector("[type=submit]");
}

// A page that comes back for such a form changes its content alone; see maillage.js for one that is another page.
function prepare(within) {
  for (const form of within.querySelectorAll("form[enctype='multipart/form-data']:not([hx-post])")) {
    const sent = { post: form.action, encoding: "multipart/form-data", target: "#content", select: "#content", swap: "outerHTML" };
    for (const [name, value] of Object.entries(sent)) form.setAttribute(`hx-${name}`, value);
    window.htmx?.process(form);
  }
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isPage = /^\s*<!doctype/i.test(detail.serverResponse || "");
  if (detail.requestConfig.elt.matches("form[hx-select]") && !isPage) detail.selectOverride = "unset";
});
document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt.parentElement || document));
if (words) prepare(document);
