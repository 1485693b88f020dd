// The keyboard: Ctrl K (or /) searches, arrows move along a list, Enter opens.

const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

function openSearch(event) {
  const search = document.querySelector("[data-search-focus]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function moveInList(event) {
  const row = event.target.closest("[data-keys] tbody tr, [data-keys] > li");
  if (!row || typing(event.target)) return;
  const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  const link = next?.querySelector("a, button");
  if (link) {
    event.preventDefault();
    link.focus();
  }
}

export function initKeys() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") openSearch(event);
    else if (event.key === "/" && !typing(event.target)) openSearch(event);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") moveInList(event);
  });
}
