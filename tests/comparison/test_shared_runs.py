"""Shared runs against an obvious reference."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparison.alignment.shared_runs import Run, Runs

TELLINGS = st.lists(
    st.tuples(st.lists(st.sampled_from(["tide", "gate", "pilot", None]), max_size=9), st.sampled_from("xyz")),
    min_size=1,
    max_size=5,
)


def slow_longest(tellings, names, tellers, least):
    """Try every run of every telling, the longest first."""
    for length in range(max(map(len, tellings)), least - 1, -1):
        found = []
        for number, told in enumerate(tellings):
            for first in range(len(told) - length + 1):
                run = told[first : first + length]
                holders = {
                    name
                    for name, other in zip(names, tellings, strict=True)
                    if None not in run and any(other[at : at + length] == run for at in range(len(other) - length + 1))
                }
                found.append((-len(holders), number, first))
        if found and -min(found)[0] >= tellers:
            held, number, first = min(found)
            return Run(number, first, length, -held)
    return None


@given(TELLINGS, st.integers(2, 3), st.integers(1, 3))
def test_the_longest_shared_run_is_that_of_the_slow_search(told, tellers, least):
    tellings, names = [words for words, _ in told], [name for _, name in told]
    assert Runs(tellings, names).longest(tellers, least) == slow_longest(tellings, names, tellers, least)


def test_a_hundred_long_tellings_take_no_time():
    told = [["the", "lower", "gate", str(n)] * 500 for n in range(100)]
    found = Runs(told, [str(n) for n in range(100)]).longest(60, 3)
    assert found == Run(0, 0, 3, 100)
