// What both surfaces need: small helps on pages that work without them.

/** Run `start` when the page is there. */
export function whenReady(start) {
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
}

/** Ready-made answers of the page: print, back, copy; menus close on a press outside or on Escape. */
export function initPage() {
  document.documentElement.classList.remove("no-js");
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-print]")) window.print();
    if (target?.closest("[data-back]")) window.history.back();
    const copier = target?.closest("[data-copy]");
    if (copier) copy(copier);
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.querySelector(".error-summary")?.focus();
}

async function copy(button) {
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = "Đã chép";
  } catch {
    words.textContent = "Không chép được";
  }
  setTimeout(() => { words.textContent = before; }, 2000);
}
