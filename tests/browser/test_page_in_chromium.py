"""The page in a real browser: quick, silent, reachable by keyboard, and inert where documents are hostile."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
NAMES = ("demo", "check", "seeds", "made", "small", "hostile")
WIDTHS = (360, 740, 768, 900, 1280, 2560)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


TEXT = """s => { const t = document.querySelector(`[data-slug='${s}'] .text`).cloneNode(true);
  t.querySelectorAll('.notes').forEach(n => n.remove()); return t.textContent; }"""
"""A text without the notes that stand beside it."""


class Opened:
    """A page with what its browser said and asked for meanwhile."""

    def __init__(self, browser, path, **context):
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        self.page = self.context.new_page()
        self.said, self.asked = [], []
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("dialog", lambda d: (self.said.append(f"dialog {d.message}"), d.dismiss()))
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.address = path.as_uri()
        self.page.goto(self.address)


@pytest.fixture
def open_(browser, pages):
    opened = []

    def opener(name, **context):
        if name not in pages:
            pytest.skip("SKIPPED FOR WANT OF DATA: ../shared is not here")
        opened.append(Opened(browser, pages[name], **context))
        return opened[-1]

    yield opener
    for each in opened:
        each.context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(open_, name):
    opened = open_(name)
    opened.page.wait_for_timeout(200)
    assert opened.said == []
    assert opened.asked == [opened.address]


@pytest.mark.parametrize("name", ["demo", "check", "seeds", "small", "hostile"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(open_, name, scheme):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(open_(name, color_scheme=scheme).page, options=RULES)
    reported = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found.response["violations"]]
    assert reported == []


def test_axe_finds_no_violation_at_full_size(open_):
    from axe_playwright_python.sync_playwright import Axe

    page = open_("made").page
    # what is not laid out because it is far from the window has no true boxes: axe would measure guessed ones
    page.evaluate("document.querySelectorAll('.big *').forEach(e => e.style.contentVisibility = 'visible')")
    # axe looks at every pair of neighbours: of what repeats, the first of each kind are looked at
    page.evaluate("""for (const [what, kept] of [['.st', 12], ['.doc', 3], ['.coverage tbody tr', 30], ['.fact', 6],
      ['.leads li', 5], ['.plain li', 20], ['#find option', 20], ['.concern', 6], ['.mn', 6]])
      [...document.querySelectorAll(what)].slice(kept).forEach(e => e.remove())""")
    found = Axe().run(page, options={**RULES, "resultTypes": ["violations"]})
    assert [(v["id"], len(v["nodes"]), v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("name", ["demo", "check", "seeds", "small", "made"])
def test_nothing_stands_out_of_the_window_at_any_width(open_, name):
    page = open_(name).page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        scrolled = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(e => !e.closest('.sr') && "
            "/auto|scroll/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY)).length"
        )
        assert scrolled == 0


def test_the_page_at_full_size_is_small_and_quick(pages, browser):
    assert pages["made"].stat().st_size < 3_000_000
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "timeTicks"})
    page.goto(pages["made"].as_uri())
    reported = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    spent = {k: round(reported[k], 3) for k in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")}
    print(spent)  # noqa: T201 - the figure of docs/page.md
    assert sum(spent.values()) < 2, spent


def test_the_words_of_the_documents_stand_in_the_page_letter_for_letter(open_, made):
    page = open_("small").page
    for each in made.made_story().documents:
        shown = page.evaluate(TEXT, each.id)
        assert shown == each.text


def test_evidence_is_one_key_away_and_so_is_the_way_back(open_):
    page = open_("demo", permissions=["clipboard-read", "clipboard-write"]).page
    page.locator("#list .st .row:not(.base) .who a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#bar:not([hidden])")
    address = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert page.evaluate("document.activeElement.id") == address
    box = page.evaluate(
        "(() => { const r = document.activeElement.getBoundingClientRect(); return [r.top, r.bottom]; })()"
    )
    assert 0 <= box[0] < 900
    page.locator("#bar button", has_text="Copy as citation").focus()
    page.keyboard.press("Enter")
    page.locator("#live", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    selector = json.loads(copied.splitlines()[-1])["selector"]
    start, end = (int(n) for n in address.rpartition(":")[2].split("-"))
    assert selector[1] == {"type": "TextPositionSelector", "start": start, "end": end}
    slug = address.rpartition(":")[0]
    text = page.evaluate(TEXT, slug)
    assert selector[0]["exact"] == text[start:end]
    assert selector[0]["prefix"] + selector[0]["exact"] + selector[0]["suffix"] in text
    page.locator("#bar button", has_text="Back").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#list .who a')")
    assert page.locator("#bar").is_hidden()


def test_a_statement_is_copied_with_all_its_versions(open_):
    page = open_("small", permissions=["clipboard-read", "clipboard-write"]).page
    page.locator("#list .st .act", has_text="Copy as citation").first.focus()
    page.keyboard.press("Enter")
    page.locator("#live", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    card = page.locator("#list .st").first
    assert copied.count("TextQuoteSelector") == card.locator(".row .who a").count() > 2


def test_findings_are_searched_and_filtered_by_keyboard(open_):
    page = open_("small").page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    for name in ("p", "v", "r"):
        select = page.locator(f"#find select[name={name}]")
        select.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("#live", has_text=" of 9 statements").wait_for(state="attached")
        shown = page.locator("#list .st:not([hidden])").count()
        assert page.locator("#find output").inner_text().startswith(f"{shown} of 9")
        assert shown < 9
        assert page.locator("#list .st:visible").count() == shown
        select.select_option("")


def test_a_search_finds_words_in_every_part_and_in_the_texts(open_):
    page = open_("demo").page
    page.locator("#opener").click()
    page.locator("#find input[name=q]").fill("museum piece")
    page.locator("#live", has_text="in the text of").wait_for(state="attached")
    assert page.url.endswith("#find?q=museum+piece")
    assert page.locator("#find output").inner_text().endswith("in the text of T D F")
    shown = page.eval_on_selector_all(".item:not([hidden])", "e => e.map(x => x.textContent.toLowerCase())")
    assert shown
    assert all("museum piece" in " ".join(each.split()) for each in shown)
    page.locator("#find button", has_text="Show all").click()
    assert page.locator("#list .st").count() == page.locator("#list .st:not([hidden])").count()


def names_on(page):
    return page.eval_on_selector_all("#list .st:not([hidden]) .name", "e => e.map(x => x.textContent)")


def test_the_speaker_filter_names_speakers(open_):
    page = open_("small").page
    options = page.eval_on_selector_all("#find select[name=p] option", "e => e.map(x => x.textContent)")
    assert options[0] == "all speakers"
    assert options[1:] == sorted(options[1:])
    assert options[1] == "Ada Thorne (2)"


def test_a_citation_names_the_speaker(open_):
    page = open_("small", permissions=["clipboard-read", "clipboard-write"]).page
    page.locator("#list .st .act", has_text="Copy as citation").first.focus()
    page.keyboard.press("Enter")
    page.locator("#live", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{names_on(page)[0]}:\n")


def test_filters_have_an_address_survive_a_reload_and_are_reset(open_):
    page = open_("small").page
    page.locator("#opener").click()
    page.locator("#find select[name=p]").select_option("sp1")
    address, chosen = page.url, names_on(page)
    assert address.endswith("#find?p=sp1")
    assert set(chosen) == {"Bo Lindqvist"}
    page.reload()
    assert names_on(page) == chosen
    page.locator("#list .st:not([hidden]) .row:not(.base) .who a").first.click()
    page.wait_for_selector("#bar:not([hidden])")
    page.reload()
    assert names_on(page) == chosen
    assert page.locator(".text .hit").count() >= 1
    page.goto(address)
    assert names_on(page) == chosen
    page.locator("#find button", has_text="Show all").click()
    assert len(names_on(page)) == 9
    assert page.url.endswith("#main")
    page.reload()
    assert len(names_on(page)) == 9


def test_a_shared_address_opens_with_its_filters(browser, pages):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{pages['small'].as_uri()}#find?p=sp2&v=nonsense")
    assert set(names_on(page)) == {"Cleo Marsh"}
    context.close()


@pytest.mark.parametrize("hash_", ["#%zz", "#%", "#%E0%A4%A", "#find?p=%zz", "#nowhere"])
def test_an_address_that_is_no_encoded_text_is_no_fault(open_, hash_):
    opened = open_("small")
    opened.page.evaluate("h => { location.hash = h; }", hash_)
    opened.page.wait_for_timeout(100)
    opened.page.reload()
    opened.page.wait_for_timeout(100)
    assert opened.said == []
    assert len(names_on(opened.page)) > 1


def tabs_until(page, selector, most=12):
    for number in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("s => !!document.activeElement.closest(s)", selector):
            return number
    return most + 1


def test_filters_texts_and_side_by_side_are_a_few_tabs_away(open_):
    page = open_("demo").page
    assert tabs_until(page, ".skip[href='#find']") <= 2
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "q"
    page.reload()
    assert tabs_until(page, ".skip[href='#texts']") <= 3
    page.keyboard.press("Enter")
    assert tabs_until(page, "#pair select") <= 2


def test_from_the_evidence_the_way_back_is_one_tab_away_or_escape(open_):
    page = open_("demo").page
    for leave in ("Tab", "Escape"):
        page.locator("#list .st .row:not(.base) .who a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#bar:not([hidden])")
        if leave == "Tab":
            evidence = page.evaluate("document.activeElement.id")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "Back"
            page.keyboard.press("Shift+Tab")
            assert page.evaluate("document.activeElement.id") == evidence
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('#list .who a')")
        assert page.locator("#bar").is_hidden()


def test_coverage_is_told_apart_without_colour(open_):
    page = open_("demo", forced_colors="active").page
    legend = page.eval_on_selector_all(".cov-signs b", "e => e.map(x => x.textContent)")
    assert len(legend) == len(set(legend)) == 6
    cells = page.eval_on_selector_all(
        ".coverage td a", "e => e.map(x => [x.className, x.textContent.replace(/[A-Z]+/, 'A'), x.ariaLabel.slice(2)])"
    )
    signs = {kind: {(sign, says) for k, sign, says in cells if k == kind} for kind, _, _ in cells}
    assert all(len(found) == 1 or "g" in kind.split() for kind, found in signs.items()), signs
    assert {sign for found in signs.values() for sign, _ in found} <= set(legend) | {"A!", "“A!"}


def test_two_texts_stand_side_by_side_and_lead_into_each_other(open_):
    page = open_("demo").page
    first, second = page.locator("#pair select").all()
    first.select_option("npn_agency")
    second.select_option("the_klaxon")
    assert page.locator(".docs.pair").count() == 1
    boxes = [page.locator(f"[data-slug={s}]").bounding_box() for s in ("npn_agency", "the_klaxon")]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    assert page.locator(".doc:visible").count() == 2
    assert page.locator(".ribbons path").count() > 3
    cramped = """[...document.querySelectorAll('.left .text > p')].filter(p =>
      p.getBoundingClientRect().height > 40 + p.textContent.length).length"""
    assert page.evaluate(cramped) == 0
    page.evaluate("""[...document.querySelectorAll('.left [data-g] + .n')].find(n =>
      document.querySelector(`.right [data-g='${n.previousElementSibling.dataset.g}']`)).focus()""")
    page.keyboard.press("Enter")
    assert page.evaluate("!!document.activeElement.closest('.right')")
    page.locator("#pair button").click()
    assert page.locator(".docs.pair").count() == 0


def test_a_check_shows_errors_first_and_the_article_with_its_verdicts_in_the_margin(open_):
    page = open_("check").page
    assert page.locator("details.fold .st:visible").count() == page.locator("details.fold[open] .st").count() > 0
    assert page.locator("main details.fold").first.locator("summary").inner_text().startswith("Errors")
    assert page.locator(".doc.report .text .sev-error:visible").count() > 0
    note = page.locator(".doc.report .notes").first
    paragraph = note.locator("xpath=preceding-sibling::*[1]")
    assert note.bounding_box()["x"] > paragraph.bounding_box()["x"] + 300
    page.locator("#tools button", has_text="Compare two").click()
    assert page.locator(".docs.pair .left.report").count() == 1
    assert page.locator(".docs.pair .right.transcript").count() == 1


def test_the_transcript_is_a_page_with_who_quoted_what_in_the_margin(open_):
    page = open_("demo").page
    page.locator("nav a", has_text="Transcript").click()
    assert page.locator(".doc.transcript .mn:visible").count() > 10
    pale = page.evaluate("getComputedStyle(document.querySelector('.transcript .text')).color")
    kept = page.evaluate("getComputedStyle(document.querySelector('.transcript .heat1')).color")
    assert pale != kept
    jump = page.locator(".jump button", has_text="drops its condition")
    jump.click()
    assert "drops its condition" in page.locator(".mn.now").inner_text()
    page.keyboard.press("n")
    assert page.locator(".mn.now").count() == 1
    page.locator(".jump a", has_text="CAPT. RENN").click()
    assert page.evaluate("document.activeElement.closest('.transcript') !== null")


def test_findings_are_taken_along_as_csv_json_link_and_card(open_):
    opened = open_("demo", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page = opened.page
    page.locator("#tools button", has_text="Take along").click()
    with page.expect_download() as waiting:
        page.locator("dialog button", has_text="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert {"s12", "s41"} <= {row["item"] for row in rows}
    for row in rows:
        assert row["printed"] == page.evaluate(TEXT, row["document"])[int(row["start"]) : int(row["end"])]
    with page.expect_download() as waiting:
        page.locator("dialog button", has_text="JSON").click()
    assert len(json.loads(Path(waiting.value.path()).read_text("utf-8"))["versions"]) == len(rows)
    page.locator("dialog button", has_text="Close").click()
    card = page.locator("#list .st .act", has_text="Copy card").first
    card.click()
    page.locator("#live", has_text="Copied a card").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("<blockquote cite=")
    page.locator("#list .st .act", has_text="Copy link").first.click()
    page.locator("#live", has_text="Copied the link").wait_for(state="attached")
    assert re.search(r"#s-s\d+$", page.evaluate("navigator.clipboard.readText()"))
    assert opened.said == []


def test_a_cell_that_a_spreadsheet_would_run_is_kept_words(open_):
    page = open_("hostile", accept_downloads=True).page
    page.evaluate("document.querySelector('.st').dataset.who = '=1+1'")
    page.locator("#tools button", has_text="Take along").click()
    with page.expect_download() as waiting:
        page.locator("dialog button", has_text="CSV").click()
    assert '"\'=1+1"' in Path(waiting.value.path()).read_text("utf-8-sig")


def test_the_shortcuts_are_listed_and_can_be_switched_off(open_):
    page = open_("demo").page
    page.keyboard.press("?")
    assert page.locator("dialog kbd").count() >= 8
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".item.now").count() == 1
    first = page.evaluate("document.querySelector('.item.now').textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.querySelector('.item.now').textContent") != first
    page.keyboard.press("e")
    assert page.locator("main details.fold:not([open])").count() == 0
    page.keyboard.press("?")
    page.locator("dialog button", has_text="off").click()
    page.keyboard.press("/")
    assert page.locator("#find").is_hidden()


@pytest.mark.parametrize(("name", "screens"), [("seeds", 4), ("demo", 8)])
def test_a_story_is_read_in_a_few_screens(open_, name, screens):
    page = open_(name, viewport={"width": 1440, "height": 900}).page
    assert page.evaluate("document.documentElement.scrollHeight") <= screens * 900


def test_a_finger_meets_what_it_aims_at(open_):
    page = open_("demo", viewport={"width": 390, "height": 844}).page
    small = page.evaluate("""[...document.querySelectorAll('button, summary, .l, .num, .toc a')]
      .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 23.5 && !e.closest('.plain, p')).length""")
    assert small == 0


def test_hostile_documents_are_inert(open_):
    opened = open_("hostile")
    opened.page.wait_for_timeout(300)
    assert opened.page.title().endswith("on record")
    assert opened.page.locator("script").count() == 1
    assert opened.page.locator("img, svg image, iframe").count() == 0
    assert opened.said == []


def test_all_is_readable_without_the_script(open_):
    page = open_("small", java_script_enabled=False).page
    for fold in page.locator("details.fold > summary").all():
        if fold.is_visible() and not fold.evaluate("e => e.parentElement.open"):
            fold.click()
    assert page.locator(".st:visible").count() == 9
    assert page.locator(".doc:visible").count() == 6
    assert page.locator("form:visible, button:visible").count() == 0
    page.locator("#list .st .who a").first.click()
    assert ":" in page.url.rpartition("#")[2]
    assert page.locator(".text :target").count() == 1


def test_paper_gets_the_short_page_or_the_whole_one_and_nothing_to_press(open_):
    page = open_("demo").page
    page.emulate_media(media="print")
    assert page.locator("button:visible, select:visible, nav:visible").count() == 0
    assert page.locator(".concern:visible").count() > 5
    assert page.locator(".st:visible").count() == 0
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
    page.evaluate("""document.documentElement.classList.add('full');
      document.querySelectorAll('main details').forEach(d => { d.open = true; })""")
    assert page.locator(".st:visible").count() == page.locator(".st").count()
    assert page.locator(".doc .text:visible").count() == 7


def test_words_stand_under_the_words_that_they_repeat(open_):
    page = open_("small").page
    tops = page.evaluate("""() => {
      const place = (row, word) => {
        const walk = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        for (let n = walk.nextNode(); n; n = walk.nextNode()) {
          const at = n.parentElement.closest('s, ins') ? -1 : n.data.indexOf(word);
          if (at >= 0) { const r = document.createRange(); r.setStart(n, at); r.setEnd(n, at + word.length);
            return Math.round(r.getBoundingClientRect().left); }
        }
      };
      return [...document.querySelectorAll('#s-s1 .row:not(.apart) .w')].map(w => place(w, 'fences'));
    }""")
    assert len(tops) >= 5
    assert max(tops) - min(tops) <= 16  # room is kept by the number of letters, and a letter is 7 pixels wide


def test_the_page_works_inside_the_frame_of_a_notebook(browser, made, tmp_path):
    import onrecord  # noqa: F401 - hangs the publishers in

    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><title>n</title>{made.made_story()._repr_html_()}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda m: said.append(m.text))
    page.goto(file.as_uri())
    frame = page.frames[1]
    frame.locator("#list .st .who a").first.click()
    assert frame.locator(".text .hit").count() >= 1
    assert page.url == file.as_uri()
    assert said == []
    context.close()
