from onrecord.benchmarks.archive import measure
from onrecord.benchmarks.archive_texts import ATTRIBUTIONS, Maker


def test_made_reports_are_the_same_for_the_same_seed_and_quote_what_stands_in_them():
    texts = ["The quay stays shut until the storm is over and the boats are out again."]
    first, second = (list(Maker(texts, 5).reports(3)) for _ in range(2))
    assert first == second
    for report in first:
        assert len(report.attributions) == ATTRIBUTIONS
        for attribution in report.attributions:
            assert attribution.cue.of(report.text) == "said"
            assert report.text[attribution.content[0].start] == "“"


def test_keeping_and_searching_are_measured_beside_sqlite3(monkeypatch):
    monkeypatch.setattr("onrecord.benchmarks.archive._DOCUMENTS", 60)
    monkeypatch.setattr("onrecord.benchmarks.archive._QUERIES", 4)
    measured = measure(240)
    assert measured.one_commit_each.share_of_sqlite3 > 0
    assert measured.in_batches.documents_per_second > measured.one_commit_each.documents_per_second / 4
    assert all(search.median <= search.longest for search in measured.searches.values())
    assert len(measured.searches) > 8
