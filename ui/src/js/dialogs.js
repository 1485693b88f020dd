// <details data-dialog> becomes a native dialog; without this script it unfolds in place.

function upgrade(details) {
  const summary = details.querySelector("summary");
  const body = details.querySelector(".dialog-body");
  if (!summary || !body || details.dataset.upgraded) return;
  details.dataset.upgraded = "1";
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  const title = body.querySelector(".dialog-title");
  if (title) {
    title.id ||= `hop-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", title.id);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = summary.className;
  button.append(...summary.childNodes);
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", () => dialog.showModal());
  dialog.append(...body.childNodes);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
  details.replaceWith(button);
  button.after(dialog);
  if (dialog.querySelector(".has-error")) dialog.showModal();
}

export function initDialogs(root = document) {
  if (!("showModal" in HTMLDialogElement.prototype)) return;
  root.querySelectorAll("details[data-dialog]").forEach(upgrade);
}
