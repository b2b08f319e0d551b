from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document
from onrecord.text.analysed import Analysed
from onrecord.text.words import fold, is_content, lemma, words


def folded(text):
    return [word.folded for word in words(text)]


def test_numbers_keep_their_digits_before_letters():
    assert folded("30mph 2,400km 3.5bn 1980s the 5th") == [
        "30",
        "mph",
        "2400",
        "km",
        "3.5",
        "bn",
        "1980s",
        "the",
        "5th",
    ]


def test_clitics_stay_with_their_word_whatever_the_apostrophe():
    assert folded("don’t can't O'Hara's it‘s") == ["don't", "can't", "o", "hara's", "it's"]


def test_compounds_are_parted_at_the_hyphen():
    assert folded("the 20-year war") == ["the", "20", "year", "war"]


def test_invisible_characters_do_not_part_a_word():
    assert folded("re\u00adcord") == ["record"]


def test_lemmas_and_classes():
    assert lemma("killed") == "kill"
    assert lemma("minister's") == "minister"
    assert is_content("harbour")
    assert not is_content("the")


@given(st.text(max_size=200))
def test_words_stand_in_order_inside_the_text_and_fold_to_what_is_there(text):
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        assert word.folded == fold(text[word.start : word.end])
        at = word.end


@given(st.text(alphabet="aB’'sSdn1, .-\u0301\u00ad") | st.text(), st.data())
def test_words_of_an_analysed_text_are_those_cut_anew(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)) | st.none())
    assert Analysed(Document("d", text)).words(start, end) == words(text, start, end)
