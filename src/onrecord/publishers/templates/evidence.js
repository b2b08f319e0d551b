// Evidence: highlight all parts, offer the citation and the way back
let cameFrom = null;
const place = id => {
  const m = /^(.+):(\d+)-(\d+)$/.exec(id), doc = m && docs.find(d => d.dataset.slug === m[1]);
  return doc ? {doc, start: +m[2], end: +m[3]} : null;
};
const textOf = doc => { const t = $(".text", doc).cloneNode(true); $$(".notes", t).forEach(n => n.remove()); return t.textContent; };
const selectors = ({doc, start, end}) => {
  // Positions count code points, as Python does; JavaScript counts UTF-16 units.
  const text = [...textOf(doc)], cut = (a, b) => text.slice(Math.max(0, a), b).join("");
  return [{type: "TextQuoteSelector", exact: cut(start, end), prefix: cut(start - 32, start), suffix: cut(end, end + 32)},
    {type: "TextPositionSelector", start, end}];
};
const citation = at => {
  const d = at.doc.dataset, selector = selectors(at);
  const who = [d.name, d.title && `“${d.title}”`, d.date, d.url].filter(Boolean).join(", ");
  const target = {"@context": "http://www.w3.org/ns/anno.jsonld", type: "SpecificResource", source: d.url || d.slug, selector};
  return `“${selector[0].exact.replace(/^[“"]|[”"]$/g, "")}” (${who})\n${JSON.stringify(target)}`;
};
const bar = $("#bar");
const goBack = () => {
  const e = cameFrom, to = e && e.closest("[id]") ? e.closest("[id]").id : "main";
  history.pushState(history.state, "", `#${to}`);
  bar.hidden = true;
  (e || byId("main")).focus();
  if (e) e.scrollIntoView({block: "center"});
};
const showEvidence = focus => {
  $$(".hit").forEach(e => e.classList.remove("hit"));
  const id = named(location.hash), at = place(id), target = byId(id);
  unfold(target);
  bar.hidden = !at;
  if (!at) { if (target && focus) target.scrollIntoView(); return; }
  if (box.classList.contains("pair") && !at.doc.matches(".left,.right")) pair($(".left", box), at.doc);
  at.doc.open = true;
  const others = $$("[data-of]", at.doc).filter(e => e.dataset.of === id), first = byId(id);
  [first, ...others].forEach(e => e && e.classList.add("hit"));
  const cite = button("Copy as citation", null), back = button("Back", goBack);
  cite.onclick = flash(cite, () => copy(citation(at), "as a citation"));
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
addEventListener("keydown", e => { if (e.key === "Escape" && !bar.hidden && !$("dialog[open]")) goBack(); });
document.addEventListener("click", e => {
  const a = e.target.closest("a[href^='#']");
  if (!a) return;
  cameFrom = a.closest("#texts") ? cameFrom : a;
  const id = named(a.getAttribute("href")), target = byId(id);
  if (target && target.hidden) target.hidden = false;
  if (target && target.matches("details")) target.open = true;
  unfold(target);
  // In a notebook's frame an address of this kind would leave the frame: it is followed by hand.
  if (location.protocol === "about:") {
    e.preventDefault();
    if (target) { target.scrollIntoView({block: "center"}); $$(".hit").forEach(h => h.classList.remove("hit")); if (place(id)) target.classList.add("hit"); }
  }
});
// On a page of many reports the names of letters are written here, for they would be half of it.
const reports = new Map(docs.map(d => [d.dataset.letter, `${d.dataset.letter}, ${d.dataset.name}`]));
for (const e of $$("a.l")) { e.title = reports.get(e.textContent) || ""; if (!e.ariaLabel) e.ariaLabel = e.title; }
