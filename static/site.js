// Conveniences: nothing needs them.
"use strict";
const words = document.currentScript.dataset;
const lang = document.documentElement.lang.replace(/^en$/, "en-GB") + "-u-nu-latn";
const each = (selector, work) => document.querySelectorAll(selector).forEach(work);
const make = (tag, facts) => Object.assign(document.createElement(tag), facts);
const says = (className) => {
  const line = make("p", { className });
  line.setAttribute("role", "status");
  return line;
};
const button = (textContent, className, onclick) =>
  make("button", { type: "button", className, textContent, onclick });

const told = says("vh");
document.body.append(told);
if (navigator.clipboard) each("[data-copy]", (field) => {
  const label = field.dataset.copy;
  const say = (at, text, said) => { at.textContent = text; told.textContent = said; };
  field.after(button(label, "btn line copy", ({ target }) =>
    navigator.clipboard.writeText(field.value ?? field.textContent).then(() => {
      say(target, words.copied, words.copied);
      setTimeout(say, 3000, target, label, "");
    }, () => {})));
});

if (navigator.share) each("[data-share]", (row) => {
  const { share, title, url } = row.dataset;
  row.prepend(button(share, "btn", () => navigator.share({ title, url }).catch(() => {})));
});

const sent = new Map();
const release = (form) => sent.get(form)?.();
addEventListener("submit", (event) => {
  const form = event.target, by = event.submitter;
  if (form.method !== "post" || !by) return;
  if (sent.has(form)) return event.preventDefault();
  const text = by.textContent, late = setTimeout(release, 1e4, form);
  sent.set(form, () => {
    sent.delete(form);
    clearTimeout(late);
    by.textContent = text;
    by.ariaDisabled = null;
  });
  by.ariaDisabled = true;
  by.textContent = by.dataset.busy ?? text;
});
addEventListener("pageshow", () => each("form", release));

each("[data-left] [maxlength]", (field) => {
  const line = says("hint"), most = field.maxLength, text = field.closest("[data-left]").dataset.left;
  field.after(line);
  field.oninput = () => {
    const left = most - field.value.length;
    line.textContent = left > most / 5 ? "" : text.replace("#", left.toLocaleString(lang));
  };
});

each("[data-count]", ({ dataset: { count, known, zone } }) => {
  const rules = new Intl.PluralRules(lang);
  const style = { dateStyle: "long", timeStyle: "long", timeZone: zone };
  setInterval(async () => {
    if (document.hidden) return;
    const { confirmed: n, as_of } = await fetch(count).then((got) => got.json()).catch(() => ({}));
    // A number that asks for another word waits.
    if (!(n >= 0) || n == known || rules.select(n) !== rules.select(known)) return;
    known = n;
    each("[data-number]", (one) => one.textContent = n.toLocaleString(lang));
    each("[data-asof]", (one) =>
      one.textContent = one.dataset.asof.replace("#", new Date(as_of).toLocaleString(lang, style)));
    each("progress", (meter) => meter.value = n);
  }, 6e4);
});
