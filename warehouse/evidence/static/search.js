"use strict";
// Search without a server: files of the index are loaded as scripts, those that a question needs. Results are set as text.
const SHARDS = 64;
const RESULTS = 60;
const CONTEXT = 30;
const loaded = {};
const waiting = {};
const index = { pairs: {}, lines: {} };
window.zhengbao = {
  catalogue: (names) => { index.names = names; },
  pairs: (number, pairs) => { index.pairs[number] = pairs; },
  lines: (id, lines) => { index.lines[id] = lines; },
};

function load(file) {
  waiting[file] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `search/${file}.js`;
    script.onload = () => { loaded[file] = true; done(); };
    script.onerror = () => failed(new Error(file));
    document.head.append(script);
  });
  return waiting[file];
}

const shard = (pair) => { const [a, b] = Array.from(pair); return (a.codePointAt(0) * 31 + b.codePointAt(0)) % SHARDS; };

function pairsOf(word) {
  const signs = Array.from(word.toLowerCase());
  return signs.slice(1).map((sign, place) => signs[place] + sign);
}

async function candidates(words) {
  let found = null;
  for (const pair of words.flatMap(pairsOf)) {
    const number = shard(pair);
    await load(`pairs-${number}`);
    const own = new Set(index.pairs[number][pair] || []);
    found = found === null ? own : new Set([...found].filter((each) => own.has(each)));
    if (!found.size) break;
  }
  return [...(found || [])];
}

function link(list, href, text, note) {
  const item = list.appendChild(document.createElement("li"));
  const made = item.appendChild(document.createElement("a"));
  made.href = href;
  if (Array.isArray(text)) {
    const [before, hit, after] = text;
    made.append(before);
    made.appendChild(document.createElement("b")).textContent = hit;
    made.append(after);
  } else made.textContent = text;
  if (note) {
    const small = item.appendChild(document.createElement("span"));
    small.className = "dim";
    small.textContent = ` ${note}`;
  }
}

function heading(parent, text) {
  parent.appendChild(document.createElement("h2")).textContent = text;
  return parent.appendChild(document.createElement("ul"));
}

async function search(question) {
  const found = document.getElementById("found");
  const words = question.trim().toLowerCase().split(/\s+/).filter(Boolean);
  found.replaceChildren();
  if (!words.length) return;
  await load("catalogue");
  const has = (...texts) => { const all = texts.join(" ").toLowerCase(); return words.every((word) => all.includes(word)); };
  const { documents, indicators, places } = index.names;
  for (const [title, rows, folder] of [["指标 Indicators", indicators, "indicators"], ["地区 Places", places, "places"]]) {
    const own = rows.filter((row) => has(row.name, row.also || "")).slice(0, RESULTS);
    if (own.length) { const list = heading(found, title); own.forEach((row) => link(list, `${folder}/${row.page}.html`, row.name)); }
  }
  const reports = documents.filter((row) => has(row.title, row.place, row.period)).slice(0, 20);
  if (reports.length) { const list = heading(found, "报告 Reports"); reports.forEach((row) => link(list, `documents/${row.page}.html`, row.title, row.period)); }
  const list = heading(found, "原文 Sentences");
  let shown = 0;
  const sure = words.filter((word) => Array.from(word).length > 1);
  for (const number of sure.length ? await candidates(sure) : []) {
    if (shown >= RESULTS) break;
    const row = documents[number];
    await load(`text-${row.page}`);
    index.lines[row.id].forEach((line, place) => {
      const folded = line.toLowerCase();
      if (shown >= RESULTS || !words.every((word) => folded.includes(word))) return;
      const at = folded.indexOf(words[0]);
      const text = [line.slice(Math.max(0, at - CONTEXT), at), line.slice(at, at + words[0].length), line.slice(at + words[0].length, at + words[0].length + CONTEXT)];
      link(list, `documents/${row.page}.html#p${place + 1}`, text, `${row.place} ${row.period}`);
      shown += 1;
    });
  }
  if (!list.children.length) list.previousSibling.textContent += sure.length ? "：没有 none" : "：请输入两个以上的字 give two characters or more";
}

const form = document.getElementById("search");
form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = document.getElementById("words").value;
  history.replaceState(null, "", `#find=${encodeURIComponent(question)}`);
  search(question);
});
if (location.hash.startsWith("#find=")) {
  document.getElementById("words").value = decodeURIComponent(location.hash.slice(6));
  search(document.getElementById("words").value);
}
