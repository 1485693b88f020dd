// The checklist of an inspection: every answer is sent by itself, and kept in this browser until the server has it.
// A phone that loses the net, a closed page or an empty battery lose none; what comes twice counts once (the key).
//
// [data-checklist="visit"]             around the questions
//   [data-question][data-answer-url]   one question: radios tl-CODE, text gc-CODE; data-version is what it was opened on
//   [data-answer-state]                what is said of it; [data-checklist-save] is the press for pages without scripts
// [data-save-state] and [data-check-count] of the page say how far the whole is.
import "../styles/checklist.css";

const PREFIX = "ocop-nhap:"; // signing out on purpose clears it, as all that waits
const PAUSE = 700;
const RETRY = 15000;

const person = () => document.documentElement.dataset.user ?? "";
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
const words = { yes: "Đạt", no: "Không đạt", na: "Không áp dụng" };

/** A key that no other phone makes. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What waits to be sent for one visit: question -> {key, value, note, base}. Without a store it lives in the page. */
function storeOf(visit) {
  const name = `${PREFIX}${person()}:kiem-tra:${visit}`;
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(name)) ?? {};
  } catch { /* a closed store */ }
  const write = () => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(name, JSON.stringify(kept));
      else localStorage.removeItem(name);
    } catch { /* a full or closed store */ }
  };
  return {
    all: () => Object.entries(kept),
    get: (code) => kept[code],
    put: (code, entry) => { kept[code] = entry; write(); },
    drop: (code) => { delete kept[code]; write(); },
  };
}

const radios = (box) => [...box.querySelectorAll("input[type=radio]")];
const noteOf = (box) => box.querySelector("textarea");
const read = (box) => ({ value: radios(box).find((one) => one.checked)?.value ?? "", note: noteOf(box).value.trim() });

function show(box, { value, note }) {
  for (const one of radios(box)) one.checked = one.value === value;
  noteOf(box).value = note;
}

function say(box, state, text) {
  const place = box.querySelector("[data-answer-state]");
  place.className = `check-state check-${state}`;
  place.textContent = text;
}

function press(label, style, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `btn btn-sm ${style}`;
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

class Sheet {
  constructor(root) {
    this.root = root;
    this.store = storeOf(root.dataset.checklist);
    this.boxes = new Map([...root.querySelectorAll("[data-answer-url]")].map((box) => [box.dataset.question, box]));
    this.timers = new Map();
    this.running = false;
    for (const button of root.querySelectorAll("[data-checklist-save]")) button.hidden = true;
    for (const [code, box] of this.boxes) this.watch(code, box);
    this.restore();
    window.addEventListener("online", () => this.run());
    window.addEventListener("offline", () => this.tell());
    this.count();
    this.run();
  }

  /** What an earlier page could not send stands in the fields again. */
  restore() {
    for (const [code, entry] of this.store.all()) {
      const box = this.boxes.get(code);
      if (!box) continue;
      show(box, entry);
      say(box, "waiting", "chờ gửi: máy này còn giữ");
    }
  }

  watch(code, box) {
    for (const one of radios(box)) one.addEventListener("change", () => this.changed(code, box));
    noteOf(box).addEventListener("input", () => {
      clearTimeout(this.timers.get(code));
      this.keep(code, box); // kept at once, sent when the typing rests
      this.timers.set(code, setTimeout(() => this.run(), PAUSE));
    });
  }

  keep(code, box) {
    this.store.put(code, { key: newKey(), base: Number(box.dataset.version), ...read(box) });
    say(box, "waiting", "chờ gửi");
    this.count();
  }

  changed(code, box) {
    this.keep(code, box);
    this.run();
  }

  count() {
    const done = [...this.root.querySelectorAll("[data-question]")].filter((box) => read(box).value).length;
    const place = document.querySelector("[data-check-count]");
    if (place) place.textContent = String(done);
    const bar = document.querySelector(".field-head progress");
    if (bar) bar.value = done;
    this.tell();
  }

  tell(text = "") {
    const place = document.querySelector("[data-save-state]");
    if (!place) return;
    const rows = this.store.all().map(([, entry]) => entry);
    const held = rows.filter((entry) => entry.held).length;
    const left = rows.length - held;
    const offline = !navigator.onLine;
    const state = rows.length ? "waiting" : "saved";
    let said = text;
    if (left) said = `chờ gửi ${left} câu${offline ? ": mất mạng, máy này đang giữ" : ""}`;
    else if (held) said = `${held} câu cần bạn xem lại`;
    else if (offline) said = "mất mạng: cứ trả lời tiếp, máy này giữ";
    place.className = `save-state save-${state}`;
    if (said) (place.querySelector("span") ?? place).textContent = said;
  }

  /** Send what waits; what is asked for while a round is on its way gets a round of its own. */
  async run() {
    this.wanted = true;
    if (this.running) return;
    this.running = true;
    while (this.wanted) {
      this.wanted = false;
      await this.round();
    }
    this.running = false;
    this.tell();
  }

  /** Send one after the other; a line that fails is tried again, at once when the net comes back. */
  async round() {
    clearTimeout(this.again);
    for (const [code, entry] of this.store.all()) {
      if (entry.held) continue; // waits for a word of the person
      const box = this.boxes.get(code);
      if (box && !(await this.send(code, box, entry))) return;
      if (!box) this.store.drop(code);
    }
  }

  async send(code, box, entry) {
    let answer = null;
    try {
      answer = await fetch(box.dataset.answerUrl, {
        method: "POST", credentials: "same-origin", redirect: "manual",
        body: new URLSearchParams({ key: entry.key, value: entry.value, note: entry.note, base: String(entry.base) }),
        headers: { "X-CSRFToken": token(), "X-Requested-With": "checklist", Accept: "application/json" },
      });
    } catch { /* no net */ }
    if (!answer || answer.status === 429 || answer.status >= 500) return this.later();
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      this.tell("phiên đã hết: máy này còn giữ, hãy đăng nhập lại");
      say(box, "waiting", "phiên đã hết: máy này còn giữ, hãy đăng nhập lại");
      return false;
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return this.sent(code, box, entry, said);
    if (answer.status === 409) return this.differs(code, box, entry, said);
    this.store.put(code, { ...entry, held: true });
    say(box, "error", said.reason ?? "máy chủ không nhận câu này");
    return true;
  }

  later() {
    this.again = setTimeout(() => this.run(), RETRY);
    return false;
  }

  sent(code, box, entry, said) {
    this.version(box, said.version);
    const now = this.store.get(code);
    if (now?.key === entry.key) {
      this.store.drop(code);
      say(box, "saved", `đã lưu lúc ${clock()}`);
      this.tell(`đã lưu lúc ${clock()}`);
    } else if (now) {
      this.store.put(code, { ...now, base: said.version }); // changed while it was on its way
      this.again = setTimeout(() => this.run(), PAUSE);
    }
    return true;
  }

  version(box, number) {
    box.dataset.version = String(number);
    box.querySelector("input[type=hidden][name^='goc-']").value = String(number);
  }

  /** Somebody else of the team answered otherwise: both are shown, the person chooses. */
  differs(code, box, entry, said) {
    this.store.put(code, { ...entry, held: true });
    this.version(box, said.version);
    say(box, "error", said.reason);
    const place = box.querySelector("[data-answer-state]");
    const mine = [words[entry.value] ?? "chưa chọn", entry.note].filter(Boolean).join(", ");
    place.append(
      document.createElement("br"),
      press(`Giữ của tôi (${mine})`, "btn-secondary", () => {
        this.store.put(code, { ...entry, key: newKey(), base: said.version });
        say(box, "waiting", "chờ gửi");
        this.run();
      }),
      press("Lấy của đồng nghiệp", "btn-quiet", () => {
        show(box, said);
        this.store.drop(code);
        say(box, "saved", "đã lấy câu trả lời của đồng nghiệp");
        this.count();
      }),
    );
    return true;
  }
}

/** Start the checklist of this page, if it has one. */
export function initChecklist(root = document) {
  for (const part of root.querySelectorAll("[data-checklist]")) {
    if (part.dataset.started) continue;
    part.dataset.started = "1";
    new Sheet(part);
  }
}
