"use strict";
// What a highlight says, beside the text: fields, rule and evidence. Everything is set as text, never as markup.
const details = JSON.parse(document.getElementById("details").textContent);
const labels = JSON.parse(document.getElementById("labels").textContent);
const card = document.getElementById("card");
const kinds = { fact: "事实 fact", rank: "位次 rank", task: "任务 task" };
let pinned = false;

function add(parent, tag, text) {
  const made = parent.appendChild(document.createElement(tag));
  if (text !== undefined) made.textContent = text;
  return made;
}

function show(mark) {
  document.querySelectorAll("mark.chosen").forEach((other) => other.classList.remove("chosen"));
  card.replaceChildren();
  const close = add(card, "button", "×");
  close.className = "close";
  close.type = "button";
  close.setAttribute("aria-label", "关闭 close");
  close.addEventListener("click", hide);
  for (const id of mark.dataset.of.split(" ")) {
    const own = details[id];
    if (!own) continue;
    for (const each of document.querySelectorAll("mark[data-of]")) {
      if (own.kind === "fact" && each.dataset.of.split(" ").includes(id)) each.classList.add("chosen");
    }
    add(card, "h3", `${kinds[own.kind]} · ${own.quote}`);
    const table = add(card, "table");
    for (const [name, value] of own.fields) {
      const row = add(table, "tr");
      add(row, "th", labels[name][root.dataset.lang === "zh" ? 0 : 1]).scope = "row";
      add(row, "td", value);
    }
    const row = add(table, "tr");
    add(row, "th", root.dataset.lang === "zh" ? "原文字符" : "raw characters").scope = "row";
    add(row, "td", [own.raw.join("–"), own.where].filter(Boolean).join(" · "));
    for (const [field, rule, words, source] of own.why) {
      const line = add(table, "tr");
      add(line, "th", `${(labels[field] || [field, field])[root.dataset.lang === "zh" ? 0 : 1]} ←`).scope = "row";
      add(line, "td", [rule, words && `“${words}”`, source].filter(Boolean).join(" · "));
    }
  }
  card.hidden = false;
}

function hide() {
  card.hidden = true;
  pinned = false;
  document.querySelectorAll("mark.chosen").forEach((mark) => mark.classList.remove("chosen"));
}

const text = document.querySelector(".text");
const marked = (event) => event.target.closest("mark[data-of]");
text.addEventListener("mouseover", (event) => { if (!pinned && marked(event)) show(marked(event)); });
text.addEventListener("click", (event) => { if (marked(event)) { show(marked(event)); pinned = true; } });
text.addEventListener("focusin", (event) => { if (marked(event)) { show(marked(event)); pinned = true; } });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  if (event.key === "Enter" && marked(event)) { show(marked(event)); pinned = true; }
});

function follow() {
  const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!anchor || !location.hash.startsWith("#q-")) return;
  const mark = anchor.closest("mark") || anchor.nextElementSibling;
  const target = mark && mark.matches("mark") ? mark : document.querySelector(`mark[data-of~="${CSS.escape(location.hash.slice(3))}"]`);
  if (target) { show(target); pinned = true; target.scrollIntoView({ block: "center" }); }
}
window.addEventListener("hashchange", follow);
follow();
