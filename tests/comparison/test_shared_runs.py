"""Shared runs against an obvious reference."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparison.alignment.shared_runs import Run, Runs

VERSIONS = st.lists(
    st.tuples(st.lists(st.sampled_from(["tide", "gate", "pilot", None]), max_size=9), st.sampled_from("xyz")),
    min_size=1,
    max_size=5,
)


def slow_longest(versions, names, reporters, least):
    """Try every run of every version, the longest first."""
    for length in range(max(map(len, versions)), least - 1, -1):
        found = []
        for number, reported in enumerate(versions):
            for first in range(len(reported) - length + 1):
                run = reported[first : first + length]
                holders = {
                    name
                    for name, other in zip(names, versions, strict=True)
                    if None not in run and any(other[at : at + length] == run for at in range(len(other) - length + 1))
                }
                found.append((-len(holders), number, first))
        if found and -min(found)[0] >= reporters:
            held, number, first = min(found)
            return Run(number, first, length, -held)
    return None


@given(VERSIONS, st.integers(2, 3), st.integers(1, 3))
def test_the_longest_shared_run_is_that_of_the_slow_search(reported, reporters, least):
    versions, names = [words for words, _ in reported], [name for _, name in reported]
    assert Runs(versions, names).longest(reporters, least) == slow_longest(versions, names, reporters, least)


def test_a_hundred_long_tellings_take_no_time():
    reported = [["the", "lower", "gate", str(n)] * 500 for n in range(100)]
    found = Runs(reported, [str(n) for n in range(100)]).longest(60, 3)
    assert found == Run(0, 0, 3, 100)
