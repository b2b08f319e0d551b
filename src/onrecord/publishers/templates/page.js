"use strict";
// Comfort only: all that the page says stands in it without this script. No request is made, nothing is stored.
(() => {
const $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
const make = (tag, attributes = {}, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) k in e && k !== "list" ? e[k] = v : e.setAttribute(k, v);
  e.append(...children);
  return e;
};
const say = words => { $("#live").textContent = ""; requestAnimationFrame(() => { $("#live").textContent = words; }); };
const docs = $$(".doc"), box = $(".docs"), byId = id => document.getElementById(id);
let cameFrom = null;

// Sort and filter statements. The choice stands in the address ("#statements?p=sp1"), and in the entry of the history
// where the address leads elsewhere, so that it survives a reload and the way back.
const form = $("#sift"), list = $("#list");
if (form && list) {
  const all = $$(".st", list), heading = $(".group", list), names = ["order", "p", "v", "r"];
  const words = new Map($$(".legend [id^=v-]").map(e => [e.id.slice(2), $(".v", e).textContent]));
  const speakers = new Map(all.map(e => [e.dataset.p, e.dataset.who]));
  const number = (of, value) => all.filter(e => e.dataset[of].trim().split(/\s+/).includes(value)).length;
  const found = new Set(all.flatMap(e => e.dataset.v.trim().split(/\s+/)).filter(Boolean));
  const letters = docs.filter(d => d.classList.contains("report"));
  const rank = new Map(all.map((e, n) => [e, n]));
  const choose = (name, label, options) => make("label", {}, label, make("select", {name}, ...options.map(([value, text]) => make("option", {value}, text))));
  form.append(
    choose("order", "Sort by", [["t", "in most reports"], ["g", "most serious"], ["p", "speaker"]]),
    choose("p", "Speaker", [["", "all speakers"], ...[...speakers].sort((a, b) => a[1].localeCompare(b[1])).map(([k, w]) => [k, `${w} (${all.filter(e => e.dataset.p === k).length})`])]),
    choose("v", "Verdict", [["", "all verdicts"], ...[...words].filter(([k]) => found.has(k)).map(([k, w]) => [k, `${w} (${number("v", k)})`])]),
    choose("r", "Report", [["", "all reports"], ...letters.map(d => [d.dataset.letter, `${d.dataset.letter} ${d.dataset.name}`])]));
  const total = make("output", {}, `${all.length} statements`), reset = make("button", {type: "reset"}, "Show all");
  form.append(total, reset);
  form.hidden = false;
  $("#to-sift").hidden = false;
  const sift = () => {
    const {order, p, v, r} = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const e of all) {
      const keep = (!p || e.dataset.p === p) && (!v || e.dataset.v.split(/\s+/).includes(v)) && (!r || e.dataset.r.split(/\s+/).includes(r));
      e.hidden = !keep;
      shown += keep;
    }
    const by = {t: (a, b) => rank.get(a) - rank.get(b), g: (a, b) => b.dataset.g - a.dataset.g || rank.get(a) - rank.get(b),
      p: (a, b) => a.dataset.who.localeCompare(b.dataset.who) || rank.get(a) - rank.get(b)}[order];
    const sorted = [...all].sort(by);
    list.append(...sorted);
    if (heading) {
      const lone = sorted.find(e => !e.hidden && e.dataset.t < 2);
      heading.hidden = order !== "t" || !lone;
      if (lone && order === "t") lone.before(heading);
    }
    total.textContent = `${shown} of ${all.length} statements`;
    reset.disabled = !chosen();
  };
  const chosen = () => new URLSearchParams([...new FormData(form)].filter(([k, v]) => v && !(k === "order" && v === "t"))).toString();
  const keep = () => { try { history.replaceState({sift: chosen()}, ""); } catch { /* a frame without history */ } };
  const set = query => {
    const given = new URLSearchParams(query);
    for (const name of names) {
      const select = form.elements[name], value = given.get(name) ?? (name === "order" ? "t" : "");
      select.value = [...select.options].some(o => o.value === value) ? value : select.options[0].value;
    }
    sift();
  };
  const addressed = () => location.hash.startsWith("#statements?") ? location.hash.slice(12) : null;
  const changed = () => {
    sift();
    say(total.textContent);
    const query = chosen();
    try { history.replaceState({sift: query}, "", query ? `#statements?${query}` : "#statements"); } catch { /* likewise */ }
  };
  form.addEventListener("change", changed);
  form.addEventListener("reset", e => { e.preventDefault(); set(""); changed(); });
  form.addEventListener("submit", e => e.preventDefault());
  addEventListener("hashchange", () => { const query = addressed() ?? history.state?.sift; if (query != null) set(query); else keep(); });
  set(addressed() ?? history.state?.sift ?? "");
  keep();
  if (addressed() !== null) byId("statements").scrollIntoView();
}

// Evidence: highlight all parts, offer the citation and the way back
// An address that somebody cut or wrote by hand may be no encoded text at all.
const named = hash => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };
const place = id => {
  const m = /^(.+):(\d+)-(\d+)$/.exec(id), doc = m && docs.find(d => d.dataset.slug === m[1]);
  return doc ? {doc, start: +m[2], end: +m[3]} : null;
};
const selectors = ({doc, start, end}) => {
  // Positions count code points, as Python does; JavaScript counts UTF-16 units.
  const text = [...$(".text", doc).textContent];
  const cut = (a, b) => text.slice(Math.max(0, a), b).join("");
  return [{type: "TextQuoteSelector", exact: cut(start, end), prefix: cut(start - 32, start), suffix: cut(end, end + 32)},
    {type: "TextPositionSelector", start, end}];
};
const citation = at => {
  const d = at.doc.dataset, selector = selectors(at);
  const who = [d.name, d.title && `“${d.title}”`, d.date, d.url].filter(Boolean).join(", ");
  const target = {"@context": "http://www.w3.org/ns/anno.jsonld", type: "SpecificResource", source: d.url || d.slug, selector};
  return `“${selector[0].exact.replace(/^[“"]|[”"]$/g, "")}” (${who})\n${JSON.stringify(target)}`;
};
const copy = async text => {
  try { await navigator.clipboard.writeText(text); say("Copied as a citation"); return true; }
  catch {
    const area = make("textarea", {value: text, readOnly: true}), dialog = make("dialog", {}, make("p", {}, "Copy this citation:"), area, make("form", {method: "dialog"}, make("button", {}, "Close")));
    area.setAttribute("aria-label", "Citation");
    document.body.append(dialog); dialog.addEventListener("close", () => dialog.remove()); dialog.showModal(); area.select();
    return false;
  }
};
const button = (text, act) => make("button", {type: "button", onclick: act}, text);
const flash = (b, act) => async () => { if (await act()) { const was = b.textContent; b.textContent = "Copied"; setTimeout(() => { b.textContent = was; }, 1500); } };
const bar = $("#bar");
const showEvidence = (focus) => {
  const id = named(location.hash), at = place(id);
  $$(".hit").forEach(e => e.classList.remove("hit"));
  bar.hidden = !at;
  document.body.style.paddingBottom = at ? "5rem" : "";
  if (!at) return;
  if (box.classList.contains("pair") && !at.doc.matches(".left,.right")) pair($(".left", box), at.doc);
  const parts = $$("[data-of]", at.doc).filter(e => e.dataset.of === id), first = byId(id);
  [first, ...parts].forEach(e => e && e.classList.add("hit"));
  const cite = button("Copy as citation", null), back = button("Back", () => { const e = cameFrom; history.pushState(history.state, "", "#" + (e && e.closest("[id]") ? e.closest("[id]").id : "main")); bar.hidden = true; (e || byId("main")).focus(); if (e) e.scrollIntoView({block: "center"}); });
  cite.onclick = flash(cite, () => copy(citation(at)));
  bar.replaceChildren(make("span", {}, `${at.doc.dataset.letter} ${at.doc.dataset.name}, characters ${at.start} to ${at.end}`), back, cite);
  // The bar stands last in the page; by keyboard it comes right behind the evidence, and Escape leads back.
  const tab = (from, to, backwards) => from.addEventListener("keydown", e => { if (e.key === "Tab" && e.shiftKey === backwards && e.target === from && !bar.hidden) { e.preventDefault(); to().focus({preventScroll: true}); } });
  if (first && !first.dataset.tabbed) { tab(first, () => $("button", bar), false); first.dataset.tabbed = "1"; }
  tab(back, () => first || back, true);
  if (first) {
    first.tabIndex = -1;
    if (focus) first.focus({preventScroll: true});
    first.scrollIntoView({block: "center"});
  }
};
addEventListener("hashchange", () => showEvidence(true));
addEventListener("keydown", e => { if (e.key === "Escape" && !bar.hidden && !$("dialog[open]")) $("button", bar).click(); });
document.addEventListener("click", e => {
  const a = e.target.closest("a[href^='#']");
  if (!a) return;
  cameFrom = a.closest("#texts") ? cameFrom : a;
  const id = named(a.getAttribute("href"));
  const target = byId(id), legend = target && target.closest("details");
  if (legend) legend.open = true;
  if (target && target.hidden) target.hidden = false;
  // In a notebook's frame an address of this kind would leave the frame: it is followed by hand.
  if (location.protocol === "about:") {
    e.preventDefault();
    if (target) { target.scrollIntoView({block: "center"}); $$(".hit").forEach(h => h.classList.remove("hit")); if (place(id)) target.classList.add("hit"); }
  }
});
for (const e of $$(".st")) {
  const b = make("button", {type: "button", className: "cite"}, "Copy as citation");
  b.setAttribute("aria-label", `Copy ${$(".num", e).textContent} as citation`);
  b.onclick = flash(b, () => copy(`${e.dataset.cite}\n` + $$(".row .who a", e).map(a => place(named(a.getAttribute("href")))).filter(Boolean).map(citation).join("\n")));
  $("h3", e).append(" ", b);
}

// Side by side
const gutter = document.createElementNS("http://www.w3.org/2000/svg", "svg");
gutter.setAttribute("class", "ribbons"); gutter.setAttribute("aria-hidden", "true");
const groups = doc => { const m = new Map(); if (doc) for (const e of $$("[data-g]", doc)) if (!m.has(e.dataset.g)) m.set(e.dataset.g, e); return m; };
const draw = () => {
  gutter.replaceChildren();
  const left = $(".left", box), right = $(".right", box);
  if (!left || !right || getComputedStyle(gutter).display === "none") return;
  const top = gutter.getBoundingClientRect(), l = groups(left), r = groups(right);
  for (const [g, e] of l) {
    const o = r.get(g);
    if (!o) continue;
    const a = e.getClientRects()[0], b = o.getClientRects()[0];
    if (!a || !b) continue;
    const y1 = a.top + a.height / 2 - top.top, y2 = b.top + b.height / 2 - top.top, p = document.createElementNS(gutter.namespaceURI, "path");
    p.setAttribute("d", `M0 ${y1}C${top.width / 2} ${y1} ${top.width / 2} ${y2} ${top.width} ${y2}`);
    p.setAttribute("class", g[0] === "k" ? "fk" : g[0] === "c" ? "fc" : "fs"); p.dataset.g = g;
    gutter.append(p);
  }
};
const light = g => $$("[data-g]", box).forEach(e => e.classList.toggle("on", !!g && e.dataset.g === g));
const level = (from, to) => {
  const l = $(".left", box), r = $(".right", box);
  l.style.marginTop = r.style.marginTop = "";
  const gap = from.getClientRects()[0].top - to.getClientRects()[0].top, mover = to.closest(".doc"), other = mover === l ? r : l;
  (gap > 0 ? mover : other).style.marginTop = `${Math.abs(gap)}px`;
  draw(); light(from.dataset.g); from.scrollIntoView({block: "center"});
};
const shared = (l, r) => { const b = groups(r); return [...groups(l).keys()].filter(g => b.has(g)).length; };
const bring = doc => doc && doc.querySelector(".text");
const pair = (l, r) => {
  docs.forEach(d => { d.classList.remove("left", "right"); d.style.marginTop = ""; });
  gutter.remove();
  const on = l && r && l !== r;
  box.classList.toggle("pair", !!on);
  if (on) { l.classList.add("left"); r.classList.add("right"); l.after(r); r.after(gutter); draw(); const n = shared(l, r); say(`${l.dataset.name} beside ${r.dataset.name}: ${n} passages in both`); }
  const [a, b] = $$("#pair select"); a.value = on ? l.dataset.slug : ""; b.value = on ? r.dataset.slug : "";
  return on;
};
if (docs.length > 1) {
  const controls = $("#pair"), options = () => docs.map(d => make("option", {value: d.dataset.slug}, `${d.dataset.letter} ${d.dataset.name}`));
  const pick = label => make("label", {}, label, make("select", {}, make("option", {value: ""}, "–"), ...options()));
  controls.append(pick("Side by side"), pick("with"), button("All texts", () => pair(null, null)));
  controls.hidden = false;
  const [a, b] = $$("select", controls);
  controls.addEventListener("change", () => { const f = s => docs.find(d => d.dataset.slug === s.value); if (a.value && b.value && a.value !== b.value) pair(f(a), f(b)); });
  const counterpart = e => { const m = e.closest("[data-g]"); if (!m || !box.classList.contains("pair")) return null; const o = m.closest(".left") ? $(".right", box) : $(".left", box); return o ? [m, groups(o).get(m.dataset.g)] : null; };
  box.addEventListener("pointerover", e => { const m = e.target.closest("[data-g]"); if (box.classList.contains("pair")) light(m && m.dataset.g); });
  box.addEventListener("click", e => {
    if (!box.classList.contains("pair")) return;
    const n = e.target.closest(".n");
    const m = n ? n.previousElementSibling : e.target;
    const found = m && counterpart(m);
    if (!found || !found[1]) return;
    e.preventDefault();
    level(found[0], found[1]);
    if (n) { const there = found[1].nextElementSibling; const target = there && there.matches(".n") ? there : found[1]; if (target === found[1]) target.tabIndex = -1; target.focus({preventScroll: true}); }
  });
  new ResizeObserver(() => { if (box.classList.contains("pair")) draw(); }).observe(box);
  if ($("main.check")) pair(docs.find(d => d.matches(".report")), docs.find(d => d.matches(".transcript")));
}
if (location.hash) showEvidence(false);
})();
