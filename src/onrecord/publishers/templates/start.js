// Comfort only: all that the page says stands in it without this script. No request is made, nothing is stored.
const $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
const make = (tag, attributes = {}, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) k in e && k !== "list" && k !== "form" ? e[k] = v : e.setAttribute(k, v);
  e.append(...children);
  return e;
};
const say = words => { $("#live").textContent = ""; requestAnimationFrame(() => { $("#live").textContent = words; }); };
const docs = $$(".doc"), box = $(".docs"), byId = id => document.getElementById(id), tools = $("#tools");
const button = (text, act, more = {}) => { const b = make("button", {type: "button", ...more}, text); b.onclick = act; return b; };
const flash = (b, act) => async () => { if (await act()) { const was = b.textContent; b.textContent = "Copied"; setTimeout(() => { b.textContent = was; }, 1500); } };
// An address that somebody cut or wrote by hand may be no encoded text at all.
const named = hash => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };
const unfold = e => { for (let d = e && e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; };
const line = e => e.textContent.replace(/\s+/g, " ").trim();
const ask = (title, ...children) => {
  const close = button("Close", () => d.close()), d = make("dialog", {}, make("h2", {}, title), ...children, make("p", {}, close));
  document.body.append(d);
  d.addEventListener("close", () => d.remove());
  d.showModal();
  return d;
};
const copy = async (text, what) => {
  try { await navigator.clipboard.writeText(text); say(`Copied ${what}`); return true; }
  catch {
    const area = make("textarea", {value: text, readOnly: true});
    area.setAttribute("aria-label", what);
    ask(`Copy ${what}`, area);
    area.select();
    return false;
  }
};
