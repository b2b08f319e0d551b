// Keyboard shortcuts, listed under "?"; they may be switched off, for whoever dictates.
let keysOn = true;
const KEYS = [["/", "search and filter"], ["j k", "next, previous finding"], ["n p", "next, previous note in the margin"], ["o", "open or close the fold"], ["e", "open or close all folds"], ["Esc", "back from the evidence"], ["?", "this list"]];
const help = () => ask("Keyboard", make("dl", {}, ...KEYS.flatMap(([k, what]) => [make("dt", {}, ...k.split(" ").flatMap(one => [make("kbd", {}, one), " "])), make("dd", {}, what)])),
  make("p", {}, button(keysOn ? "Switch shortcuts off" : "Switch shortcuts on", e => { keysOn = !keysOn; e.target.closest("dialog").close(); })));
const step = (selector, by) => {
  const found = $$(selector).filter(e => !e.hidden && (e.checkVisibility ? e.checkVisibility() : e.offsetParent));
  if (!found.length) return;
  const now = found.findIndex(e => e.classList.contains("now")), to = found[now < 0 ? (by > 0 ? 0 : found.length - 1) : (now + by + found.length) % found.length];
  $$(".now").forEach(e => e.classList.remove("now"));
  to.classList.add("now");
  const focus = $("a,button", to);
  if (focus) focus.focus({preventScroll: true});
  to.scrollIntoView({block: "center"});
};
const DO = {
  "/": () => { const f = $("#find"); if (f) { f.hidden = false; f.elements.q.focus(); } },
  "j": () => step(".item", 1), "k": () => step(".item", -1), "n": () => step(".mn", 1), "p": () => step(".mn", -1),
  "o": () => { const d = document.activeElement.closest("details"); if (d) { d.open = !d.open; $("summary", d).focus(); } },
  "e": () => { const found = $$("main details.fold"), shut = found.some(d => !d.open); found.forEach(d => { d.open = shut; }); },
  "?": () => help(),
};
addEventListener("keydown", e => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || $("dialog[open]") || e.target.closest("input,select,textarea")) return;
  if (!DO[e.key] || !(keysOn || e.key === "?")) return;
  e.preventDefault();
  DO[e.key]();
});
// Jump by verdict in the transcript: a list of its notes by their verdicts, made here from the notes themselves.
for (const doc of $$(".doc.margin")) {
  const notes = $$(".mn", doc), jump = $(".jump", doc), by = new Map();
  notes.forEach(n => $$(".me .v", n).forEach(v => { const w = line(v); if (!by.has(w)) by.set(w, []); by.get(w).push(n); }));
  if (!jump || !by.size) continue;
  jump.append(make("p", {className: "signs"}, "Verdicts: ", ...[...by].flatMap(([w, found], n) => [n ? " · " : "", make("button", {type: "button", className: "act", onclick: () => {
    const at = found.findIndex(e => e.classList.contains("now")), to = found[(at + 1) % found.length];
    $$(".now").forEach(e => e.classList.remove("now")); to.classList.add("now"); to.scrollIntoView({block: "center"}); $("a", to).focus({preventScroll: true});
  }}, `${w} (${found.length})`)])));
}
// Say in the navigation which part is on the screen.
if ("IntersectionObserver" in window) {
  const links = new Map($$(".toc ul a").map(a => [a.getAttribute("href").slice(1), a]));
  const seen = new IntersectionObserver(found => found.forEach(f => { const a = links.get(f.target.id); if (a && f.isIntersecting) { links.forEach(o => o.removeAttribute("aria-current")); a.setAttribute("aria-current", "true"); } }), {rootMargin: "-10% 0px -75% 0px"});
  $$("main section[id]").forEach(s => seen.observe(s));
}
if (location.hash) showEvidence(false);
