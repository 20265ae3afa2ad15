// Which square of a picture is kept as a photo: drawn as the server will cut it, moved by its sliders or by dragging.

const SIDE = 1600; // pixels of the copy that is drawn from: a telephone makes pictures that are slow to move

let picture = null;

const slider = (form, name) => form.querySelector(`input[type=range][name=${name}]`);
const canvasOf = (form) => form.querySelector("[data-crop-box] canvas");

function square(form) {
  const side = (Math.min(picture.width, picture.height) * 100) / slider(form, "zoom").valueAsNumber;
  const [right, below] = [picture.width - side, picture.height - side];
  const at = (room, name) => (room * slider(form, name).valueAsNumber) / 100;
  return { side, right, below, left: at(right, "across"), top: at(below, "down") };
}

function draw(form) {
  const canvas = canvasOf(form);
  const { left, top, side } = square(form);
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
}

async function decoded(file) {
  const whole = await createImageBitmap(file);
  const scale = SIDE / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const smaller = { resizeWidth: Math.ceil(whole.width * scale), resizeHeight: Math.ceil(whole.height * scale), resizeQuality: "medium" };
  const copy = await createImageBitmap(whole, smaller);
  whole.close();
  return copy;
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches("input[type=file][data-crop]")) return;
  const { form } = input;
  const [file] = input.files;
  const shown = file ? await decoded(file).catch(() => null) : null;
  if (input.files[0] !== file) return; // another one was chosen meanwhile
  picture?.close();
  picture = shown;
  for (const one of form.querySelectorAll("input[type=range]")) one.value = one.defaultValue;
  form.querySelector("[data-crop-box]").hidden = !picture;
  form.querySelector("[data-crop-unseen]").hidden = !file || Boolean(picture);
  if (picture) draw(form);
});

document.addEventListener("input", (event) => {
  if (picture && event.target.matches("[data-crop-box] input[type=range]")) draw(event.target.form);
});

document.addEventListener("pointerdown", (event) => {
  const canvas = event.target;
  if (!picture || !canvas.matches?.("[data-crop-box] canvas")) return;
  const form = canvas.closest("form");
  const start = square(form);
  canvas.setPointerCapture(event.pointerId);
  const move = ({ clientX, clientY }) => {
    const scale = start.side / canvas.clientWidth;
    if (start.right) slider(form, "across").value = ((start.left - (clientX - event.clientX) * scale) / start.right) * 100;
    if (start.below) slider(form, "down").value = ((start.top - (clientY - event.clientY) * scale) / start.below) * 100;
    draw(form);
  };
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("lostpointercapture", () => canvas.removeEventListener("pointermove", move), { once: true });
});
