// Without a net nobody is thrown out of the page into the browser's page of faults: the press is held back and said.
// What was typed stays where it is; autosave and the uploads go on by themselves when the net is back.
import "../styles/offline.css";

let note = null;

function say(text) {
  if (!note) {
    note = document.createElement("p");
    note.className = "offline-note";
    note.setAttribute("role", "alert");
    document.body.append(note);
  }
  note.textContent = text;
}

function hold(event, text) {
  event.preventDefault();
  event.stopImmediatePropagation();
  say(text);
}

/** A link that would leave this page in this window. */
function leaves(link) {
  return link.origin === location.origin && !link.target && !link.hasAttribute("download") &&
    !(link.hash && link.pathname === location.pathname && link.search === location.search);
}

export function initOffline() {
  document.addEventListener("submit", (event) => {
    if (!navigator.onLine) hold(event, "Đang mất mạng nên chưa gửi được. Những gì đã nhập vẫn ở đây; có mạng rồi hãy bấm lại.");
  }, true);
  document.addEventListener("click", (event) => {
    if (navigator.onLine || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.("a[href]");
    if (link && leaves(link)) hold(event, "Đang mất mạng nên chưa mở được trang khác. Trang này vẫn giữ những gì đã nhập.");
  }, true);
  window.addEventListener("online", () => {
    note?.remove();
    note = null;
  });
}
