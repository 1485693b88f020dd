// htmx under a strict policy: no eval, no styles of its own; the form token goes along with every request.
import htmx from "htmx.org";

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

export function initServer(onSwap) {
  Object.assign(htmx.config, { includeIndicatorStyles: false, allowEval: false, allowScriptTags: false, historyCacheSize: 0, refreshOnHistoryMiss: true });
  document.addEventListener("htmx:configRequest", (event) => {
    const value = token();
    if (value && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = value;
  });
  // A refused request (403, 409, 422) answers a page part that says why: show it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([403, 409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => onSwap(event.detail.elt));
}
