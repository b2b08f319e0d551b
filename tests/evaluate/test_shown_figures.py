"""Figure groups, conflicts, dates and chains: what is shown, what withheld, and what of it is right."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.annotation import Annotations, Attribution, DateMention, Figure, Link
from onrecord.document import Document, Span
from onrecord.evaluate.figures import labels_of
from onrecord.evaluate.shown_figures import chain_rows, date_rows, group_rows
from onrecord.evaluate.sourcing import LabelledStory
from onrecord.story import FigureGroup, FigureMember, Story

TEXT = "It hurt 12 men on Monday, Vay told Radio Alvor."


def found(value: float = 12, day: str | None = "2021-08-30", *via: Link) -> Story:
    documents = tuple(
        Annotations(
            Document(name, TEXT),
            figures=(Figure(f"{name}.f1", 8, 14, value, value),),
            dates=(DateMention(15, 24, day),),
            attributions=(Attribution("a1", (Span(0, 24),), via=via),),
        )
        for name in ("a", "b")
    )
    return Story(documents)


def labelled(verdict: str = "equal", via: tuple[str, ...] = (), other: int = 12) -> LabelledStory:
    answers = {
        "figures": [
            {"id": f"f{name}", "doc": name, "start": 8, "end": 14, "low": low, "high": low}
            for name, low in (("a", 12), ("b", other))
        ],
        "figure_groups": [{"of": "hurt", "members": ["fa", "fb"], "verdict": verdict}],
        "dates": [{"doc": "a", "start": 15, "end": 24, "value": "2021-08-30"}],
        "attributions": [{"id": "a1", "doc": "a", "content": [{"start": 0, "end": 24}], "via": list(via)}],
    }
    return LabelledStory("quay", answers, (Document("a", TEXT), Document("b", TEXT)))


def group(verdict: str) -> FigureGroup:
    members = (FigureMember("a", "a.f1"), FigureMember("b", "b.f1"))
    return FigureGroup("g1", "men", members, verdict)  # type: ignore[arg-type]


def rows(labels: LabelledStory, verdict: str, *, shown: bool = True) -> list[tuple[str, bool, bool]]:
    labels = labels_of(labels, {document.id: document for document in found().documents})
    return list(group_rows(labels, [group(verdict)], shown=shown))


def test_a_pair_is_judged_with_its_verdict():
    assert rows(labelled(), "equal") == [("figures joined", True, True), ("figure verdict", True, True)]
    assert rows(labelled("conflict", other=13), "equal")[-1] == ("figure verdict", True, False)
    assert rows(labelled(), "equal", shown=False)[0] == ("figures joined", False, True)


def test_a_conflict_is_judged_as_a_whole():
    assert rows(labelled("conflict", other=13), "conflict") == [("conflict", True, True)]
    assert rows(labelled(), "conflict") == [("conflict", True, False)]


def test_a_date_without_a_value_is_withheld():
    assert list(date_rows(labelled(), found())) == [("date", True, True)]
    assert list(date_rows(labelled(), found(12, "2021-08-29"))) == [("date", True, False)]
    assert list(date_rows(labelled(), found(12, None))) == [("date", False, False)]


def test_a_chain_is_judged_where_one_is_given():
    link = Link("Radio Alvor", "outlet-pickup", 30, 46)
    assert list(chain_rows(labelled(), found())) == []
    assert list(chain_rows(labelled(), found(12, None, link))) == [("chain of sourcing", True, False)]
    assert list(chain_rows(labelled(via=("Radio Alvor",)), found(12, None, link))) == [
        ("chain of sourcing", True, True)
    ]


def test_a_doubtful_chain_is_withheld():
    reported = found(12, None, Link("Ana Vay", "statement", 30, 46))
    doubted = Story(
        tuple(
            replace(d, attributions=tuple(replace(a, via_clear=False) for a in d.attributions))
            for d in reported.documents
        )
    )
    assert list(chain_rows(labelled(), doubted)) == [("chain of sourcing", False, False)]
