// Filter bars send themselves: at once for choices, after a pause for typed words.

const PAUSE = 400;

export function initFilters() {
  let timer;
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-autosubmit]");
    if (form && event.target.type !== "search" && event.target.type !== "text") form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-autosubmit]");
    if (!form || !form.hasAttribute("hx-get") || !["search", "text"].includes(event.target.type)) return;
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), PAUSE);
  });
}
