"use strict";
// The language of labels: the reader's choice, else the browser's. Text of reports stays as it is.
const root = document.documentElement;
const button = document.getElementById("language");
function choose(language) {
  root.dataset.lang = language;
  try { localStorage.setItem("zhengbao-language", language); } catch { /* a browser may refuse storage to files */ }
}
let kept = null;
try { kept = localStorage.getItem("zhengbao-language"); } catch { /* as above */ }
choose(kept || (navigator.language.startsWith("zh") ? "zh" : "en"));
button.hidden = false;
button.addEventListener("click", () => choose(root.dataset.lang === "zh" ? "en" : "zh"));
