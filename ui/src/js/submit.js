// A form is sent once: the pressed button shows that it works, a second press does nothing. A button with
// data-again answers with a file and leaves the page where it is, so its form may be sent again.

export function initSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    const button = event.submitter;
    if (button && "again" in button.dataset) return;
    form.dataset.sent = "1";
    if (button) {
      button.classList.add("is-busy");
      button.setAttribute("aria-disabled", "true");
    }
  });
  const release = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-disabled");
    }
  };
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);
}
