// What an autosave answers in `fills` ({id: text}) goes into those fields, unless the person has typed there.

document.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.id) event.target.dataset.typed = "1";
});

document.addEventListener("autosaved", (event) => {
  for (const [id, text] of Object.entries(event.detail?.fills ?? {})) {
    const field = document.getElementById(id);
    if (field && !field.dataset.typed) field.value = text;
  }
});
