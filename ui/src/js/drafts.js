// A form in the middle of being filled loses nothing: not by a closed tab, an expired session or a broken line.
//
// form[data-autosave="URL"]  posts its fields to the URL while one types, and says so in [data-save-state].
// form[data-draft="key"]     keeps a copy in this browser and offers it when the page is opened again.
// form[data-guard]           asks before one leaves with unsaved changes.
// A JSON answer with `fields` sets hidden fields (the mark of what is kept now).
// An autosaved form also has a draft, under its URL. Passwords, files and hidden fields are never kept.

const PAUSE = 900;
const RETRY = 15000;
const KEPT_DAYS = 7;
const PREFIX = "ocop-nhap:";

const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
const person = () => document.documentElement.dataset.user ?? "";
const keyOf = (form) => `${PREFIX}${person()}:${form.dataset.draft || form.dataset.autosave || location.pathname}`;
const fieldsOf = (form) => [...form.elements].filter(
  (field) => field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type),
);

function read(form) {
  return fieldsOf(form).map((field) => (
    ["checkbox", "radio"].includes(field.type)
      ? [field.name, field.value, field.checked]
      : [field.name, field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value]
  ));
}

function write(form, values) {
  for (const [name, value, checked] of values) {
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      if (["checkbox", "radio"].includes(field.type)) {
        if (field.value === value) field.checked = checked;
      } else if (field.multiple) {
        for (const option of field.options) option.selected = value.includes(option.value);
      } else {
        field.value = value;
      }
    }
  }
}

function keep(form) {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values: read(form) }));
  } catch { /* a full or closed store: the server copy still counts */ }
}

function forget(form) {
  try {
    localStorage.removeItem(keyOf(form));
  } catch { /* nothing kept */ }
}

function kept(form) {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)));
    if (!draft || Date.now() - draft.at > KEPT_DAYS * 86400000) return null;
    return JSON.stringify(draft.values) === JSON.stringify(read(form)) ? null : draft;
  } catch {
    return null;
  }
}

function offer(form, draft) {
  const box = document.createElement("div");
  box.className = "notice notice-warn draft-found";
  box.setAttribute("role", "status");
  const words = document.createElement("span");
  const when = new Date(draft.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
  words.textContent = `Trình duyệt này còn giữ phần nhập dở lúc ${when}.`;
  const press = (label, style, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn btn-sm ${style}`;
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      box.remove();
    });
    return button;
  };
  box.append(
    words,
    press("Khôi phục", "btn-primary", () => {
      write(form, draft.values);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }),
    press("Bỏ đi", "btn-quiet", () => forget(form)),
  );
  form.prepend(box);
}

function say(form, state, text) {
  const place = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
  if (!place) return;
  place.className = `save-state save-${state}`;
  (place.querySelector("span") ?? place).textContent = text;
}

function autosave(form) {
  let timer;
  let running = false;
  let again = false;
  const send = async () => {
    clearTimeout(timer);
    if (form.dataset.sent) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    say(form, "saving", "đang lưu…");
    let answer = null;
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      answer = await fetch(form.dataset.autosave, {
        method: "POST", body, credentials: "same-origin", redirect: "manual",
        headers: { "X-Requested-With": "autosave", Accept: "application/json" },
      });
    } catch { /* no net */ }
    running = false;
    if (answer?.ok) {
      form.dataset.dirty = "";
      forget(form);
      say(form, "saved", `đã lưu lúc ${clock()}`);
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      for (const [name, value] of Object.entries(said.fields ?? {})) if (form.elements[name]) form.elements[name].value = value;
      form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: said }));
    } else if (!answer || answer.status >= 500) {
      say(form, "waiting", "chờ gửi: máy này còn giữ");
      timer = setTimeout(send, RETRY);
    } else if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      say(form, "error", "phiên đã hết: máy này còn giữ, hãy đăng nhập lại");
    } else {
      const said = await answer.json().catch(() => ({}));
      say(form, "error", said.message ?? "chưa lưu được: hãy xem lại các ô");
    }
    if (again) {
      again = false;
      send();
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  window.addEventListener("online", () => { if (form.dataset.dirty) send(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && form.dataset.dirty) send();
  });
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "1";
  const draft = kept(form);
  if (draft) offer(form, draft);
  form.addEventListener("input", () => {
    form.dataset.dirty = "1";
    keep(form);
  });
  form.addEventListener("submit", () => { form.dataset.leaving = "1"; });
  if (form.dataset.autosave) autosave(form);
}

/** A page marked [data-draft-done="key"] says that the form of that key was accepted: its draft goes. */
function clearDone(root) {
  for (const mark of root.querySelectorAll("[data-draft-done]")) {
    try {
      localStorage.removeItem(`${PREFIX}${person()}:${mark.dataset.draftDone}`);
    } catch { /* nothing kept */ }
  }
}

/** Whoever signs out on purpose leaves nothing behind on a shared machine. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-logout]")) return;
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${person()}:`)).forEach((key) => localStorage.removeItem(key));
  } catch { /* nothing kept */ }
});

export function initDrafts(root = document) {
  clearDone(root);
  root.querySelectorAll("form[data-autosave], form[data-draft], form[data-guard]").forEach(watch);
}

window.addEventListener("beforeunload", (event) => {
  const open = document.querySelector("form[data-guard][data-dirty='1']:not([data-leaving])");
  if (open) event.preventDefault();
});
