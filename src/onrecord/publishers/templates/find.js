// Search and filters: over everything on the page. The choice stands in the address ("#find?q=radar&p=sp1"), and in the
// entry of the history where the address leads elsewhere, so that it survives a reload and the way back.
const form = $("#find"), list = $("#list");
if (form && list) {
  const all = $$(".st", list), items = $$(".item"), names = ["q", "p", "v", "r"];
  const words = new Map($$("#legend [id^=v-]").map(e => [e.id.slice(2), $(".v", e).textContent]));
  const speakers = new Map(all.map(e => [e.dataset.p, e.dataset.who]));
  const verdicts = e => e.dataset.v.trim().split(/\s+/), number = (of, value) => all.filter(e => e.dataset[of].trim().split(/\s+/).includes(value)).length;
  const found = new Set(all.flatMap(verdicts).filter(Boolean)), letters = docs.filter(d => d.classList.contains("report"));
  const choose = (name, label, options) => make("label", {}, label, make("select", {name}, ...options.map(([value, text]) => make("option", {value}, text))));
  form.append(
    make("label", {}, "Search", make("input", {type: "search", name: "q", autocomplete: "off", size: 22})),
    choose("p", "Speaker", [["", "all speakers"], ...[...speakers].sort((a, b) => a[1].localeCompare(b[1])).map(([k, w]) => [k, `${w} (${all.filter(e => e.dataset.p === k).length})`])]),
    choose("v", "Verdict", [["", "all verdicts"], ...[...words].filter(([k]) => found.has(k)).map(([k, w]) => [k, `${w} (${number("v", k)})`])]),
    choose("r", "Report", [["", "all reports"], ...letters.map(d => [d.dataset.letter, `${d.dataset.letter} ${d.dataset.name}`])]));
  const total = make("output", {}, ""), reset = make("button", {type: "reset"}, "Show all");
  form.append(total, reset);
  const folds = $$("details.fold", byId("main")), was = new Map();
  const texts = new Map(docs.map(d => [d, null]));
  const textHas = (d, q) => { if (texts.get(d) === null) texts.set(d, textOf(d).toLocaleLowerCase()); return texts.get(d).includes(q); };
  const plain = new Map(), wordsOf = e => { if (!plain.has(e)) plain.set(e, line(e).toLocaleLowerCase()); return plain.get(e); };
  const chosen = () => Object.fromEntries([...new FormData(form)].filter(([, v]) => v));
  const sift = () => {
    const {p, v, r, q: asked} = chosen(), q = (asked || "").toLocaleLowerCase().trim(), on = !!(p || v || r || q);
    if (on && !was.size) folds.forEach(d => was.set(d, d.open));
    let shown = 0, others = 0;
    for (const e of all) {
      const keep = (!p || e.dataset.p === p) && (!v || verdicts(e).includes(v)) && (!r || e.dataset.r.split(/\s+/).includes(r)) && (!q || wordsOf(e).includes(q));
      e.hidden = !keep;
      shown += keep;
    }
    for (const e of items) if (!e.matches(".st")) { e.hidden = !!q && !wordsOf(e).includes(q); others += q && !e.hidden; }
    for (const d of folds) {
      const inside = $$(".item", d);
      if (on && inside.length) { d.open = inside.some(e => !e.hidden); d.hidden = !d.open && d.matches(".speaker,.outlet"); }
      else { d.hidden = false; if (was.has(d)) d.open = was.get(d); }
    }
    if (!on) was.clear();
    const held = q ? docs.filter(d => textHas(d, q)).map(d => d.dataset.letter) : [];
    total.textContent = `${shown} of ${all.length} ${$("main.check") ? "quotations" : "statements"}${q ? `, ${others} other findings; in the text of ${held.join(" ") || "none"}` : ""}`;
    reset.disabled = !on;
  };
  const query = () => new URLSearchParams(chosen()).toString();
  const keep = () => { try { history.replaceState({find: query()}, ""); } catch { /* a frame without history */ } };
  const set = given => {
    const wanted = new URLSearchParams(given);
    for (const name of names) {
      const field = form.elements[name], value = wanted.get(name) ?? "";
      field.value = field.options && ![...field.options].some(o => o.value === value) ? "" : value;
    }
    sift();
  };
  const addressed = () => location.hash.startsWith("#find?") ? location.hash.slice(6) : null;
  const changed = () => {
    sift();
    say(total.textContent);
    const now = query();
    try { history.replaceState({find: now}, "", now ? `#find?${now}` : "#main"); } catch { /* likewise */ }
  };
  let wait = 0;
  form.addEventListener("input", e => { if (e.target.name === "q") { clearTimeout(wait); wait = setTimeout(changed, 150); } });
  form.addEventListener("change", changed);
  form.addEventListener("reset", e => { e.preventDefault(); set(""); changed(); });
  form.addEventListener("submit", e => { e.preventDefault(); clearTimeout(wait); changed(); });
  addEventListener("hashchange", () => { const given = addressed() ?? history.state?.find; if (given != null) set(given); else keep(); });
  const open = () => { form.hidden = false; form.elements.q.focus(); };
  $("#to-find").hidden = false;
  $("#to-find").addEventListener("click", e => { e.preventDefault(); open(); });
  if (tools) tools.append(button("Search", () => form.hidden ? open() : (form.hidden = true), {id: "opener"}));
  set(addressed() ?? history.state?.find ?? "");
  if (query()) form.hidden = false;
  keep();
  form.addEventListener("keydown", e => { if (e.key === "Escape") { form.hidden = true; $("#opener").focus(); } });
}
