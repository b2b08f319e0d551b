"""The page in a real browser: quick, silent, reachable by keyboard, and inert where documents are hostile."""

from __future__ import annotations

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
NAMES = ("demo", "check", "seeds", "made", "small", "hostile")
WIDTHS = (360, 740, 768, 900, 1280, 2560)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


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
      ['.leads li', 5], ['.plain li', 20], ['.legend ~ form option', 20]])
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
        shown = page.evaluate("s => document.querySelector(`[data-slug='${s}'] .text`).textContent", each.id)
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
    text = page.evaluate("s => document.querySelector(`[data-slug='${s}'] .text`).textContent", slug)
    assert selector[0]["exact"] == text[start:end]
    assert selector[0]["prefix"] + selector[0]["exact"] + selector[0]["suffix"] in text
    page.locator("#bar button", has_text="Back").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#list .who a')")
    assert page.locator("#bar").is_hidden()


def test_a_statement_is_copied_with_all_its_tellings(open_):
    page = open_("small", permissions=["clipboard-read", "clipboard-write"]).page
    page.locator("#list .st .cite").first.focus()
    page.keyboard.press("Enter")
    page.locator("#live", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.count("TextQuoteSelector") == 6  # five reports and the transcript


def test_statements_are_sifted_and_sorted_by_keyboard(open_):
    page = open_("small").page
    for name in ("order", "p", "v", "r"):
        select = page.locator(f"#sift select[name={name}]")
        select.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("#live", has_text=" of 9 statements").wait_for(state="attached")
        shown = page.locator("#list .st:not([hidden])").count()
        assert page.locator("#sift output").inner_text().startswith(f"{shown} of 9")
        if name != "order":
            assert shown < 9
            select.select_option("")
        else:
            weights = page.eval_on_selector_all("#list .st", "e => e.map(x => +x.dataset.g)")
            assert weights == sorted(weights, reverse=True)
            select.select_option("t")


def names_on(page):
    return page.eval_on_selector_all("#list .st:not([hidden]) .name", "e => e.map(x => x.textContent)")


def test_the_speaker_filter_names_speakers_and_sorting_by_speaker_sorts_by_them(open_):
    page = open_("small").page
    options = page.eval_on_selector_all("#sift select[name=p] option", "e => e.map(x => x.textContent)")
    assert options[0] == "all speakers"
    assert options[1:] == sorted(options[1:])
    assert options[1] == "Ada Thorne (2)"
    page.locator("#sift select[name=order]").select_option("p")
    assert names_on(page) == sorted(names_on(page))


def test_a_citation_names_the_speaker(open_):
    page = open_("small", permissions=["clipboard-read", "clipboard-write"]).page
    page.locator("#list .st .cite").first.focus()
    page.keyboard.press("Enter")
    page.locator("#live", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{names_on(page)[0]}:\n")


def test_filters_have_an_address_survive_a_reload_and_are_reset(open_):
    page = open_("small").page
    page.locator("#sift select[name=p]").select_option("sp1")
    page.locator("#sift select[name=order]").select_option("g")
    address, chosen = page.url, names_on(page)
    assert address.endswith("#statements?order=g&p=sp1")
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
    page.locator("#sift button", has_text="Show all").click()
    assert len(names_on(page)) == 9
    assert page.url.endswith("#statements")
    page.reload()
    assert len(names_on(page)) == 9


def test_a_shared_address_opens_with_its_filters(browser, pages):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{pages['small'].as_uri()}#statements?p=sp2&v=nonsense")
    assert set(names_on(page)) == {"Cleo Marsh"}
    context.close()


@pytest.mark.parametrize("hash_", ["#%zz", "#%", "#%E0%A4%A", "#statements?p=%zz", "#nowhere"])
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
    assert tabs_until(page, ".skip[href='#sift']") <= 2
    page.keyboard.press("Enter")
    assert tabs_until(page, "#sift select") <= 1
    page.reload()
    assert tabs_until(page, ".skip[href='#texts']") <= 3
    page.keyboard.press("Enter")
    assert tabs_until(page, "#pair select") <= 1


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
    page.evaluate("""[...document.querySelectorAll('.left [data-g] + .n')].find(n =>
      document.querySelector(`.right [data-g='${n.previousElementSibling.dataset.g}']`)).focus()""")
    page.keyboard.press("Enter")
    assert page.evaluate("!!document.activeElement.closest('.right')")
    page.locator("#pair button").click()
    assert page.locator(".docs.pair").count() == 0


def test_the_article_stands_beside_the_transcript(open_):
    page = open_("check").page
    assert page.locator(".docs.pair .left.report").count() == 1
    assert page.locator(".docs.pair .right.transcript").count() == 1
    assert page.locator(".left .sev-error").count() > 0


def test_hostile_documents_are_inert(open_):
    opened = open_("hostile")
    opened.page.wait_for_timeout(300)
    assert opened.page.title().endswith("on record")
    assert opened.page.locator("script").count() == 1
    assert opened.page.locator("img, svg image, iframe").count() == 0
    assert opened.said == []


def test_all_is_readable_without_the_script(open_):
    page = open_("small", java_script_enabled=False).page
    assert page.locator(".st:visible").count() == 9
    assert page.locator(".doc:visible").count() == 6
    assert page.locator("form:visible, button:visible").count() == 0
    page.locator("#list .st .who a").first.click()
    assert ":" in page.url.rpartition("#")[2]
    assert page.locator(".text :target").count() == 1


def test_print_shows_everything_and_nothing_to_press(open_):
    page = open_("small").page
    page.emulate_media(media="print")
    assert page.locator("button:visible, select:visible, nav:visible").count() == 0
    assert page.locator(".st:visible").count() == 9


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
      return [...document.querySelectorAll('#list .st:first-of-type .row:not(.apart) .w')].map(w => place(w, 'fences'));
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
