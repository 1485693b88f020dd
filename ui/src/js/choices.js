// A long list of choices can be searched: words typed above it, with or without marks, leave the choices that hold
// them all. The list itself stays the browser's own; without scripts it is simply whole.

const LONG = 15;

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");

function make(tag, values) {
  return Object.assign(document.createElement(tag), values);
}

function searchable(select) {
  const all = [...select.options].map((option) => ({ option, parent: option.parentNode, text: fold(option.text) }));
  const label = select.labels[0]?.textContent.replace("*", "").trim() ?? "";
  const count = make("span", { className: "choices-count" });
  count.setAttribute("role", "status");
  const box = make("input", { type: "search", className: "choices-search", autocomplete: "off" });
  box.placeholder = `Gõ để tìm trong ${all.length} mục`;
  box.setAttribute("aria-label", `Tìm trong: ${label}`);

  function narrow() {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const held = (text) => words.every((word) => text.includes(word));
    const found = all.filter(({ option, text }) => option.value && held(text));
    const kept = new Set(found.map(({ option }) => option));
    for (const { option, parent } of all) {
      if (!option.value || option.selected || kept.has(option)) parent.append(option); // in their order
      else option.remove();
    }
    count.textContent = words.length ? (found.length ? `${found.length} mục phù hợp` : "Không có mục nào phù hợp") : "";
    if (words.length && found.length === 1 && !found[0].option.selected) {
      found[0].option.selected = true;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      count.textContent = "1 mục phù hợp, đã chọn";
    }
  }

  for (const type of ["input", "change"]) {
    box.addEventListener(type, (event) => {
      event.stopPropagation(); // what is typed here is no answer of the form
      if (type === "input") narrow();
    });
  }
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  select.before(box, count);
}

/** Give every long list of a form its search. */
export function initChoices(root = document) {
  for (const select of root.querySelectorAll("main form:not(.filter-bar) select:not([multiple])")) {
    if (select.options.length <= LONG || select.dataset.searchable) continue;
    select.dataset.searchable = "1";
    searchable(select);
  }
}
