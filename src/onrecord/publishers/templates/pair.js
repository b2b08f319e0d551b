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
const pair = (l, r) => {
  docs.forEach(d => { d.classList.remove("left", "right"); d.style.marginTop = ""; });
  gutter.remove();
  const on = l && r && l !== r;
  box.classList.toggle("pair", !!on);
  box.append(...docs);
  if (on) {
    l.classList.add("left"); r.classList.add("right"); l.open = r.open = true; l.after(r); r.after(gutter); draw();
    say(`${l.dataset.name} beside ${r.dataset.name}: ${shared(l, r)} passages in both`);
  }
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
    const n = e.target.closest(".n"), m = n ? n.previousElementSibling : e.target, found = m && counterpart(m);
    if (!found || !found[1]) return;
    e.preventDefault();
    level(found[0], found[1]);
    if (n) { const there = found[1].nextElementSibling, target = there && there.matches(".n") ? there : found[1]; if (target === found[1]) target.tabIndex = -1; target.focus({preventScroll: true}); }
  });
  new ResizeObserver(() => { if (box.classList.contains("pair")) draw(); }).observe(box);
  if (tools) tools.append(button("Compare two", () => { byId("texts").scrollIntoView(); if (!box.classList.contains("pair")) pair(docs.find(d => d.matches(".report")), docs.filter(d => d.matches(".report"))[1] || docs.find(d => d.matches(".transcript"))); a.focus({preventScroll: true}); }, {className: "wide"}));
}
