"""The share of each kind of link that is right, and what is shown by the shares of other stories."""

from __future__ import annotations

from onrecord.annotation import Link
from onrecord.evaluate.chains import Case, kind_of, share_of, shown_left_out


def test_a_chain_is_of_its_most_doubtful_kind():
    outlet, somebody = Link("Radio Alvor", "outlet-pickup", 0, 1), Link("Ana Ruiz", "statement", 0, 1)
    assert kind_of([outlet]) == "clause"
    assert kind_of([outlet, somebody]) == "relayed"


def test_a_share_has_one_more_of_each_outcome():
    assert share_of([], "clause") == 0.5
    assert share_of([Case("quay", "clause", right=True), Case("quay", "relayed", right=False)], "clause") == 2 / 3


def test_each_story_is_judged_by_the_others():
    many = [Case("quay", "clause", right=True)] * 30 + [Case("dam", "clause", right=False)]
    assert shown_left_out(many) == {False: 1}
