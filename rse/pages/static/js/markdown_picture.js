// A picture in the text: its file is sent from a dialog, on its own and before the form, and its mark goes in where the caret stands.

const STILL = 30_000; // ms in which no byte leaves
const UNANSWERED = 60_000; // ms after the last byte: the picture is drawn anew within ten seconds
const MARKS_IN_WORDS = /[\\`*_[\]<&~]/g;
const pictureDialogs = new WeakMap(); // by its text: what was typed stands there when it is opened again

function askForPicture(text) {
  if (!pictureDialogs.has(text)) pictureDialogs.set(text, pictureDialog(text));
  pictureDialogs.get(text).showModal();
}

function pictureDialog(text) {
  const template = text.closest("[data-markdown-text]").querySelector("[data-picture-dialog]");
  const dialog = template.content.firstElementChild.cloneNode(true);
  const form = dialog.querySelector("form");
  document.body.append(dialog);
  dialog.querySelector("[data-leave]").addEventListener("click", () => dialog.close());
  if (form) takePictures(form, dialog, text);
  return dialog;
}

function takePictures(form, dialog, text) {
  const [file, shows] = form.querySelectorAll("input");
  const way = form.querySelector(".picture-way");
  const [said, bar] = way.children;
  const submit = form.querySelector("[type=submit]");
  let request = null;

  const refuse = (input, sentence) => {
    input.setAttribute("aria-invalid", "true");
    document.getElementById(`${input.id}-error`).textContent = sentence;
    input.focus();
  };
  const forgive = (input) => {
    input.removeAttribute("aria-invalid");
    document.getElementById(`${input.id}-error`).textContent = "";
  };
  const sending = (xhr) => {
    request = xhr;
    way.hidden = !xhr;
    bar.value = 0;
    said.textContent = xhr ? form.dataset.sentenceSending : "";
    submit.setAttribute("aria-disabled", String(Boolean(xhr)));
  };
  const send = () => {
    const xhr = new XMLHttpRequest();
    const data = new FormData();
    let timer = 0;
    const wait = (time) => {
      clearTimeout(timer);
      timer = setTimeout(() => end(form.dataset.sentenceLost), time);
    };
    const end = (sentence) => {
      clearTimeout(timer);
      if (request !== xhr) return;
      sending(null);
      xhr.abort();
      if (sentence) refuse(file, sentence);
    };
    data.append("file", file.files[0]);
    xhr.open("POST", form.dataset.goTo);
    xhr.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    xhr.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = loaded / total;
      if (loaded === total) said.textContent = form.dataset.sentenceArrived;
      wait(loaded < total ? STILL : UNANSWERED);
    });
    xhr.addEventListener("error", () => end(form.dataset.sentenceLost));
    xhr.addEventListener("load", () => {
      const { url, error } = answerOf(xhr);
      end(url ? "" : error || form.dataset[xhr.status === 413 ? "sentenceLarge" : "sentenceRefused"]);
      if (!url) return;
      const words = shows.value;
      form.reset();
      dialog.close();
      putPicture(text, words, url);
    });
    dialog.addEventListener("close", () => end(""), { once: true });
    sending(xhr);
    wait(STILL);
    xhr.send(data);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (request) return;
    for (const input of [file, shows]) forgive(input);
    if (!shows.value.trim()) refuse(shows, form.dataset.sentenceUnsaid);
    if (!file.files.length) refuse(file, form.dataset.sentenceNone);
    else if (file.files[0].size > Number(form.dataset.largest)) refuse(file, form.dataset.sentenceLarge);
    if (!form.querySelector("[aria-invalid]")) send();
  });
}

function answerOf(xhr) {
  try {
    return JSON.parse(xhr.responseText);
  } catch {
    return {}; // a page: of the sign-in, of an error
  }
}

// On a line of its own, between two blank ones, so that it stands between paragraphs.
function putPicture(text, shows, url) {
  const words = `![${shows.trim().replace(/\s+/g, " ").replace(MARKS_IN_WORDS, "\\$&")}](${url})`;
  const { selectionEnd: at, value } = text;
  const [before, after] = [value.slice(0, at), value.slice(at)];
  const lead = "\n".repeat(!before || before.endsWith("\n\n") ? 0 : before.endsWith("\n") ? 1 : 2);
  const tail = "\n".repeat(!after || after.startsWith("\n\n") ? 0 : after.startsWith("\n") ? 1 : 2);
  const caret = at + lead.length + words.length;
  write(text, at, at, lead + words + tail, caret, caret);
}
