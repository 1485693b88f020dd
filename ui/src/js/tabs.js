// The open tab is brought into sight on narrow screens.

export function initTabs(root = document) {
  for (const here of root.querySelectorAll(".tabs [aria-current]")) {
    const strip = here.parentElement;
    strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  }
}
