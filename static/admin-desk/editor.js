// The letter beside its words, and a warning before they are lost. Nothing needs either.
"use strict";
const form = document.querySelector("[data-unsaved]");
const pane = document.querySelector("[data-live]");
let saved = form?.dataset.unsaved !== "yes";
form?.addEventListener("input", () => { saved = false; });
form?.addEventListener("submit", () => { saved = true; });
addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });

if (form && pane) {
  const frame = pane.querySelector("iframe"), line = pane.querySelector("[role=status]");
  let running, late;
  const show = async () => {
    if (!pane.open) return;
    running?.abort();
    running = new AbortController();
    try {
      const asked = { method: "POST", body: new FormData(form), signal: running.signal };
      const answer = await fetch(pane.dataset.live, asked);
      if (!answer.ok) throw answer;
      const html = await answer.text(), old = frame.contentDocument?.querySelector("main");
      // The place to which somebody has scrolled stays.
      if (old) old.replaceWith(new DOMParser().parseFromString(html, "text/html").querySelector("main"));
      else frame.srcdoc = html;
      line.textContent = "";
    } catch (fault) {
      if (fault.name !== "AbortError") line.textContent = line.dataset.failed;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(late);
    late = setTimeout(show, 600);
  });
  pane.addEventListener("toggle", show);
  pane.hidden = false;
  if (matchMedia("(min-width: 64em)").matches) pane.open = true;
}
