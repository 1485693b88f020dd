// Evidence over a bad line: photographs are made smaller on the phone, files go up one by one in pieces, a lost net
// or a closed page only means "chờ gửi".
//
// input[type=file][data-uploader]   an ordinary file input without JavaScript; with it:
//   data-upload-url   where uploads open (POST name, size; then PATCH of pieces)
//   data-attach-url   gets POST key=... when a file is there; its HTML answer goes into data-target (a selector)
//   without data-attach-url a hidden field `key` (or data-key-name) is put into the form, to be sent with it
// Events on the input: "uploaded" {key, name, size, url}, "uploadfailed" {reason}.
import "../styles/uploads.css";
import htmx from "htmx.org";
import { forget, keep, restore } from "./upload-store.js";

const PIECE = 512 * 1024;
const LONGEST = 2400;
const QUALITY = 0.85;
const WAITS = [2, 5, 15, 30, 60];

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
const queue = [];
let running = false;

/** Nothing is wrong with the file: the line is. */
class Later extends Error {}
/** The server said no, with its reason; `keeps` when the person can mend it and press again. */
class Refused extends Error {
  constructor(reason, keeps = false) {
    super(reason);
    this.keeps = keeps;
  }
}

async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, {
      credentials: "same-origin", redirect: "manual", ...options,
      headers: { "X-CSRFToken": token(), "X-Requested-With": "uploader", Accept: "text/html, application/json", ...options.headers },
    });
  } catch {
    throw new Later();
  }
  if (answer.status === 429 || answer.status >= 500) throw new Later();
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    throw new Refused("phiên làm việc đã hết, hãy đăng nhập lại rồi bấm Gửi lại", true);
  }
  return answer;
}

async function reasonOf(answer) {
  const said = await answer.json().catch(() => ({}));
  return said.reason ?? said.refusals?.map((refusal) => refusal.reason).join(" ") ?? "máy chủ không nhận tệp này";
}

/** The photograph at most 2400 pixels long, upright; the file itself when that does not make it smaller. */
async function smaller(file) {
  if (!/^image\/(jpeg|heic|heif)$/.test(file.type) && !/\.hei[cf]$/i.test(file.name)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file; // a kind of picture that this browser cannot open: the server can
  }
}

async function open(item) {
  const body = new URLSearchParams({ name: item.name, size: String(item.blob.size) });
  if (item.sensitive) body.set("sensitive", "on");
  const answer = await ask(item.uploadUrl, { method: "POST", body });
  if (!answer.ok) throw new Refused(await reasonOf(answer));
  const said = await answer.json();
  if (said.key) return said; // these bytes are there already
  item.address = `${item.uploadUrl}${said.id}/`;
  await keep(item);
  return null;
}

/** Send what is missing; answers the stored file. Begins where the server says it stands. */
async function send(item) {
  if (!item.address) {
    const held = await open(item);
    if (held) return held;
  }
  const stand = await ask(item.address, { method: "HEAD" });
  if (!stand.ok) {
    item.address = ""; // forgotten in the meantime: from the start
    return send(item);
  }
  let offset = Number(stand.headers.get("Upload-Offset"));
  for (;;) {
    say(item, "sending", `đang gửi ${Math.floor((100 * offset) / item.blob.size)} %`, offset / item.blob.size);
    const answer = await ask(item.address, {
      method: "PATCH", body: item.blob.slice(offset, offset + PIECE),
      headers: { "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" },
    });
    if (answer.status === 201) return answer.json();
    if (answer.status === 400) throw new Later();
    if (answer.ok || answer.status === 409) {
      offset = (await answer.json()).offset;
    } else {
      throw new Refused(await reasonOf(answer));
    }
  }
}

/** Tell the page's place of work about the file; true when the same file lies there already. */
async function attach(item, stored) {
  if (!item.attachUrl) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: item.input.dataset.keyName || "key", value: stored.key });
    item.row.append(field);
    item.input.required = false;
    return false;
  }
  const answer = await ask(item.attachUrl, { method: "POST", body: new URLSearchParams({ key: stored.key }) });
  if (!answer.ok) throw new Refused(await reasonOf(answer));
  const target = item.input.dataset.target && document.querySelector(item.input.dataset.target);
  const html = await answer.text();
  if (target) htmx.swap(target, html, { swapStyle: "innerHTML" });
  return answer.headers.has("X-Already-There");
}

function say(item, state, text, share = state === "saved" ? 1 : 0) {
  item.row.dataset.state = state;
  item.row.querySelector("[data-upload-state]").textContent = text;
  const bar = item.row.querySelector("progress");
  bar.value = share;
  bar.hidden = state !== "sending";
  item.row.querySelector("[data-upload-again]").hidden = !(state === "error" && item.again);
  item.row.querySelector("[data-upload-drop]").hidden = !["error", "waiting"].includes(state);
}

function row(item) {
  const line = document.createElement("li");
  line.className = "upload-row";
  const name = document.createElement("span");
  name.className = "upload-name";
  name.textContent = item.name;
  const state = document.createElement("span");
  state.className = "upload-state";
  state.dataset.uploadState = "";
  state.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", `Đã gửi của ${item.name}`);
  const press = (label, mark, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = label;
    button.dataset[mark] = "";
    button.addEventListener("click", act);
    return button;
  };
  line.append(
    name, state, bar,
    press("Gửi lại", "uploadAgain", () => { enqueue(item); }),
    press("Bỏ", "uploadDrop", () => { drop(item); }),
  );
  return line;
}

function listOf(input) {
  const next = input.parentElement.querySelector(":scope > .upload-list");
  if (next) return next;
  const list = document.createElement("ul");
  list.className = "upload-list";
  input.after(list);
  return list;
}

function drop(item) {
  const place = queue.indexOf(item);
  if (place >= 0) queue.splice(place, 1);
  item.dropped = true;
  item.row.remove();
  forget(item);
}

function enqueue(item) {
  item.again = false;
  say(item, "waiting", "chờ gửi");
  if (!queue.includes(item)) queue.push(item);
  run();
}

async function one(item) {
  try {
    if (!item.ready) {
      say(item, "sending", "đang chuẩn bị");
      item.blob = await smaller(item.blob);
      item.ready = true;
      await keep(item);
    }
    item.stored ??= await send(item);
    const held = await attach(item, item.stored);
    await forget(item);
    say(item, "saved", held ? "tệp này đã có ở trên, không thêm lần nữa" : "đã lưu");
    item.input.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: item.stored }));
    return true;
  } catch (error) {
    if (item.dropped) return true;
    if (error instanceof Refused) {
      item.again = error.keeps;
      say(item, "error", `lỗi: ${error.message}`);
      if (!error.keeps) await forget(item);
      item.input.dispatchEvent(new CustomEvent("uploadfailed", { bubbles: true, detail: { reason: error.message } }));
      return true;
    }
    say(item, "waiting", "chờ gửi: mất mạng, sẽ tự gửi tiếp");
    return false;
  }
}

const pause = (seconds) => new Promise((done) => {
  const timer = setTimeout(done, seconds * 1000);
  window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
});

/** One file after the other; a line that fails is tried again, at once when the net comes back. */
async function run() {
  if (running) return;
  running = true;
  let failures = 0;
  while (queue.length) {
    const item = queue[0];
    if (await one(item)) {
      failures = 0;
      if (queue[0] === item) queue.shift();
    } else {
      await pause(WAITS[Math.min(failures, WAITS.length - 1)]);
      failures += 1;
    }
  }
  running = false;
}

function add(input, content) {
  const item = {
    input, uploadUrl: input.dataset.uploadUrl, attachUrl: input.dataset.attachUrl ?? "",
    sensitive: "sensitive" in input.dataset, address: "", ready: false, ...content,
  };
  item.row = row(item);
  listOf(input).append(item.row);
  enqueue(item);
  return item;
}

function enhance(input) {
  if (input.dataset.enhanced) return;
  input.dataset.enhanced = "1";
  input.form?.querySelectorAll("[data-upload-fallback]").forEach((button) => { button.hidden = true; });
  input.addEventListener("change", () => {
    for (const file of input.files) add(input, { name: file.name, blob: file });
    input.value = ""; // what goes up in pieces is not sent again with the form
  });
  restore(input.dataset.attachUrl).then((left) => left.forEach((content) => add(input, content)));
}

/** Enhance the file inputs in this part of the page. */
export function initUploader(root = document) {
  root.querySelectorAll("input[type=file][data-uploader]").forEach(enhance);
}

window.addEventListener("beforeunload", (event) => {
  if (queue.some((item) => !item.id)) event.preventDefault(); // this browser could not keep it: ask before it is lost
});
// A form without data-attach-url waits until its files are there.
document.addEventListener("submit", (event) => {
  const waiting = queue.find((item) => !item.attachUrl && item.input.form === event.target);
  if (!waiting) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.row.scrollIntoView({ block: "center" });
  say(waiting, waiting.row.dataset.state, "chờ gửi xong tệp này rồi bấm lại");
}, true);
