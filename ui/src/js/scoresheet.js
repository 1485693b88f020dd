// The council member's bench: a choice is saved at once, keys 1-9 and 0 choose, arrows move, N goes to the note.
//
// form[data-scoresheet] posts itself; without this script its buttons do the same by a plain form.

const RETRY = 10000;
const PAUSE = 700;

function say(state, text) {
  const place = document.querySelector("[data-save-state]");
  if (!place) return;
  place.className = `save-state save-${state}`;
  (place.querySelector("span") ?? place).textContent = text;
}

function complain(text) {
  const place = document.querySelector("[data-sheet-error]");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}

function show(said) {
  const put = (selector, value) => {
    const place = document.querySelector(selector);
    if (place) place.textContent = value;
  };
  put("[data-total]", said.total);
  put("[data-left]", said.left);
  for (const [code, points] of Object.entries(said.sections)) put(`[data-section="${code}"]`, points);
  if (said.done) document.querySelector("[data-here]")?.classList.add("is-done");
}

/** Saves one after another: each takes the version that the one before was answered with. */
function saver(form) {
  let dirty = false;
  let line = Promise.resolve(true);
  let timer;

  const send = async () => {
    if (!dirty) return true;
    dirty = false;
    say("saving", "đang lưu…");
    let answer = null;
    try {
      answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual",
        headers: { Accept: "application/json" },
      });
    } catch { /* no net */ }
    if (answer?.ok) {
      const said = await answer.json();
      form.elements.version.value = said.version;
      show(said);
      complain("");
      say("saved", said.saved);
      return true;
    }
    dirty = true;
    if (!answer || answer.status >= 500) {
      say("waiting", "chờ gửi: trang này còn giữ");
      clearTimeout(timer);
      timer = setTimeout(save, RETRY);
    } else if (answer.type === "opaqueredirect" || answer.status === 401) {
      say("error", "phiên đã hết");
      complain("Phiên làm việc đã hết. Hãy đăng nhập lại ở một thẻ khác rồi chọn lại mức; trang này còn giữ phần bạn nhập.");
    } else {
      const said = await answer.json().catch(() => ({}));
      say("error", "chưa lưu được");
      complain(said.message ?? said.refusals?.[0]?.reason ?? "Chưa lưu được; hãy mở lại trang.");
    }
    return false;
  };
  const save = () => {
    clearTimeout(timer);
    line = line.then(send);
    return line;
  };
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  return {
    now: () => { dirty = true; return save(); },
    soon: () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, PAUSE); },
    settled: save,
    release: () => { dirty = false; clearTimeout(timer); },
  };
}

function keys(form, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog")) return;
  const inNote = event.target.closest("textarea, input:not([type=radio])");
  if (inNote) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (/^[0-9]$/.test(event.key)) {
    const choice = form.querySelector(`input[name="level"][value="${event.key}"]`);
    if (!choice || choice.matches(":disabled")) return;
    event.preventDefault();
    choice.checked = true;
    choice.focus({ preventScroll: true });
    choice.closest("label").scrollIntoView({ block: "nearest" });
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    form.querySelector(event.key === "ArrowLeft" ? "[data-before]" : "[data-after]")?.click();
  } else if (event.key.toLowerCase() === "n") {
    event.preventDefault();
    form.elements.note?.focus();
  }
}

export function initScoresheet(root = document) {
  const form = root.querySelector("form[data-scoresheet]");
  if (!form || form.dataset.watched) return;
  form.dataset.watched = "1";
  const keeper = saver(form);
  form.addEventListener("change", (event) => { if (event.target.name === "level") keeper.now(); });
  form.addEventListener("input", (event) => { if (event.target.name === "note") keeper.soon(); });
  document.addEventListener("keydown", (event) => keys(form, event));
  // Moving waits for what is on its way, then goes by the plain form, so that nothing is lost or saved twice.
  form.addEventListener("submit", async (event) => {
    if (form.dataset.ready) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    const kept = await keeper.settled();
    if (!kept) return;
    keeper.release();
    form.dataset.ready = "1";
    form.requestSubmit(button);
  }, true);
  form.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link) return;
    event.preventDefault();
    if (await keeper.settled()) {
      keeper.release();
      window.location.assign(link.href);
    }
  });
}
