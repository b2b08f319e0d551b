// Take something along: a link, a citation, a card for an article, the findings as JSON or CSV, the page on paper.
const versions = e => $$(".row:not(.base)", e).flatMap(row => $$(".who a", row).map(a => {
  const at = place(named(a.getAttribute("href")));
  return at && {item: $(".num", e).textContent, speaker: e.dataset.who, report: at.doc.dataset.name, printed: selectors(at)[0].exact, said: $(".base .w", e) ? line($(".base .w", e)) : "",
    verdicts: $$(".say a.v", row).map(line).join("; "), document: at.doc.dataset.slug, start: at.start, end: at.end, url: at.doc.dataset.url};
})).filter(Boolean);
const escaped = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
const card = e => versions(e).slice(0, 1).map(v => `<blockquote cite="${escaped(v.url)}"><p>“${escaped(v.printed.replace(/^[“"]|[”"],?$/g, ""))}”</p>`
  + (v.said ? `<p>In the transcript: “${escaped(v.said)}”</p>` : "") + `<footer>${escaped(v.speaker)}, in ${escaped(v.report)}: ${escaped(v.verdicts || "not checked")} (onrecord, ${escaped(v.item)}, characters ${v.start} to ${v.end})</footer></blockquote>`).join("");
const link = e => `${location.href.split("#")[0]}#${e.id}`;
for (const e of $$(".st")) {
  const act = (words, what, text) => {
    const b = make("button", {type: "button", className: "act"}, words);
    b.setAttribute("aria-label", `${words}: ${$(".num", e).textContent}`);
    b.onclick = flash(b, () => copy(text(), what));
    return b;
  };
  $("h3,h4", e).append(act("Copy link", "the link", () => link(e)),
    act("Copy as citation", "as a citation", () => `${e.dataset.cite}\n${$$(".row .who a", e).map(a => place(named(a.getAttribute("href")))).filter(Boolean).map(citation).join("\n")}`),
    act("Copy card", "a card", () => card(e)));
}
const download = (name, type, text) => {
  const a = make("a", {href: URL.createObjectURL(new Blob([text], {type})), download: name});
  document.body.append(a); a.click(); a.remove();
};
const rows = () => $$(".st").flatMap(versions);
const asCsv = () => {
  const found = rows(), heads = ["item", "speaker", "report", "printed", "said", "verdicts", "document", "start", "end", "url"];
  // A cell that begins like a formula would be run by a spreadsheet: a quotation mark keeps it words.
  const cell = v => `"${String(v).replace(/^([=+\-@\t\r])/, "'$1").replace(/"/g, '""')}"`;
  return `\ufeff${[heads.join(","), ...found.map(r => heads.map(h => cell(r[h])).join(","))].join("\r\n")}\r\n`;
};
const asJson = () => JSON.stringify({title: document.title, attention: $$("#attention .concern").map(line), versions: rows()}, null, 1);
const printed = whole => {
  const root = document.documentElement, shut = whole ? $$("main details:not([open])") : [];
  root.classList.toggle("full", whole);
  shut.forEach(d => { d.open = true; });
  print();
  shut.forEach(d => { d.open = false; });
  root.classList.remove("full");
};
if (tools) {
  tools.append(button("Take along", () => ask("Take along", make("p", {}, button("Findings as CSV", () => download("onrecord.csv", "text/csv", asCsv())), " ", button("Findings as JSON", () => download("onrecord.json", "application/json", asJson()))),
    make("p", {}, button("Print in short", () => printed(false)), " ", button("Print in full", () => printed(true))),
    make("p", {}, "Everything that was found: ", make("code", {}, "onrecord compare … --json FILE"))), {className: "wide"}), button("?", () => help(), {title: "Keyboard"}));
  $$("button", tools).at(-1).setAttribute("aria-label", "Keyboard shortcuts");
  const toc = $(".toc"), menu = button("Contents", () => menu.setAttribute("aria-expanded", toc.classList.toggle("open")), {className: "narrow"});
  menu.setAttribute("aria-expanded", "false");
  toc.classList.add("js");
  $("ul", toc).addEventListener("click", () => { toc.classList.remove("open"); menu.setAttribute("aria-expanded", "false"); });
  tools.prepend(menu);
  tools.hidden = false;
}
