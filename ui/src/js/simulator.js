// The simulator counts as one ticks: the server answers the result part; without this script a button does it.

export function initSimulator() {
  const form = document.querySelector("form[data-simulate]");
  const result = document.querySelector("#ket-qua");
  if (!form || !result) return;
  let asked = 0;
  form.addEventListener("change", async (event) => {
    if (event.target.name === "case") {
      form.submit();
      return;
    }
    const mine = ++asked;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "result" } });
      const text = await answer.text();
      if (!answer.ok || mine !== asked) return;
      const open = result.querySelector("details")?.open;
      result.innerHTML = text;
      const details = result.querySelector("details");
      if (details) details.open = Boolean(open);
    } catch {
      // Without a network the ticks stay; the next one asks again.
    }
  });
}
