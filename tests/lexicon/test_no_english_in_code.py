"""English stands in the lexicon: what the rooms that read texts still spell in literals and patterns, by module.

A string literal counts where a word of English stands in it, of the closed classes or common in news. What is no
knowledge of a language is left out: docstrings, messages of errors, codes (of ``Literal`` types, and joined by hyphens
or underscores), names of lists of the lexicon, public names, keys of records (in subscripts, dictionaries and ``get``),
and in a pattern the names of groups and escapes.

Run as a script it prints the table as it should now stand.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.lexicon import load
from onrecord.text.words import CLOSED_CLASS, fold, lemma

SOURCE = Path(load.__file__).parents[1]
ROOMS = ("annotators", "comparison", "grouping", "readers", "text")
NAMES = {"word_list", "value_table", "pattern", "written", "written_forms", "_by_phrase"} | {
    *("cast", "files", "joinpath", "get", "pop", "setdefault", "encode"),
}
"""Calls whose first argument is a name or a key."""
NO_WORDS = re.compile(r"\(\?P[<=]\w+[>)]|\\[A-Za-z]")
CODE = re.compile(r"\w+(?:[-_/+.]\w+)+")
LITERAL = re.compile(r"\bLiteral\[([^\]]*)\]")
WORD = re.compile(r"[A-Za-z]{2,}(?:['’][a-z]+)?")

AT_MOST: Final = {
    "annotators/attribution/act_words.py": 44,
    "annotators/attribution/acts.py": 42,
    "annotators/attribution/adjoining.py": 7,
    "annotators/attribution/decoding.py": 8,
    "annotators/attribution/encoder.py": 2,
    "annotators/attribution/extents.py": 25,
    "annotators/attribution/leading.py": 21,
    "annotators/attribution/nesting.py": 4,
    "annotators/attribution/pieces.py": 2,
    "annotators/attribution/quoted_speech.py": 3,
    "annotators/attribution/reported_speakers.py": 32,
    "annotators/attribution/tagging.py": 3,
    "annotators/attribution/trailing.py": 18,
    "annotators/dates/date_forms.py": 1,
    "annotators/dates/days.py": 7,
    "annotators/dates/periods.py": 21,
    "annotators/dates/stamps.py": 11,
    "annotators/dates/stretches.py": 1,
    "annotators/dates/tense.py": 10,
    "annotators/figures/candidates.py": 1,
    "annotators/figures/counted.py": 10,
    "annotators/figures/events.py": 9,
    "annotators/figures/finding.py": 8,
    "annotators/figures/number_phrases.py": 8,
    "annotators/figures/phrases.py": 41,
    "annotators/figures/quantities.py": 36,
    "annotators/figures/refusals.py": 55,
    "annotators/figures/settling.py": 4,
    "annotators/figures/tallies.py": 13,
    "annotators/figures/unit_reading.py": 20,
    "annotators/layout/boilerplate.py": 1,
    "annotators/sourcing/credits.py": 11,
    "annotators/sourcing/outlet_mentions.py": 25,
    "annotators/sourcing/own_outlet.py": 5,
    "annotators/sourcing/sourcing_clauses.py": 6,
    "annotators/sourcing/tracing.py": 4,
    "annotators/speakers/bodies.py": 9,
    "annotators/speakers/certainty.py": 4,
    "annotators/speakers/descriptions.py": 45,
    "annotators/speakers/discourse.py": 8,
    "annotators/speakers/entities.py": 6,
    "annotators/speakers/entity.py": 37,
    "annotators/speakers/introductions.py": 3,
    "annotators/speakers/issuers.py": 11,
    "annotators/speakers/mentions.py": 8,
    "annotators/speakers/name_reading.py": 14,
    "annotators/speakers/names.py": 24,
    "annotators/speakers/phrases.py": 34,
    "annotators/speakers/possessors.py": 4,
    "annotators/speakers/pronouns.py": 2,
    "annotators/speakers/relatives.py": 6,
    "annotators/speakers/resolution.py": 16,
    "annotators/speakers/sources.py": 37,
    "annotators/speakers/speaker_words.py": 1,
    "annotators/speakers/tokens.py": 1,
    "annotators/speakers/traits.py": 40,
    "annotators/speakers/turns.py": 9,
    "comparison/alignment/dynamic.py": 7,
    "comparison/alignment/index.py": 2,
    "comparison/alignment/search.py": 2,
    "comparison/alignment/shared_runs.py": 1,
    "comparison/checking/house_style.py": 3,
    "comparison/checking/missing.py": 1,
    "comparison/checking/variants.py": 1,
    "comparison/claims/own_voice.py": 3,
    "comparison/edits/qualifiers.py": 13,
    "comparison/figures/contrary.py": 6,
    "comparison/figures/group_names.py": 19,
    "comparison/figures/likeness.py": 5,
    "comparison/figures/reconciling.py": 3,
    "comparison/figures/referents.py": 31,
    "comparison/figures/states.py": 5,
    "comparison/pairing/likeness.py": 9,
    "comparison/pairing/passages.py": 1,
    "comparison/pairing/scoring.py": 2,
    "comparison/people/name_matching.py": 2,
    "comparison/people/offices.py": 20,
    "comparison/people/turn_labels.py": 4,
    "comparison/sources/naming.py": 3,
    "comparison/sources/origins.py": 19,
    "comparison/sources/venues.py": 22,
    "comparison/sources/ways.py": 1,
    "comparison/speech/spoken_words.py": 20,
    "comparison/voice.py": 1,
    "grouping/copies.py": 1,
    "grouping/stream.py": 1,
    "readers/cues.py": 3,
    "readers/feed.py": 2,
    "readers/fields.py": 14,
    "readers/forms.py": 7,
    "readers/html.py": 8,
    "readers/html_parts.py": 11,
    "readers/language.py": 3,
    "readers/mail.py": 3,
    "readers/markdown.py": 1,
    "readers/markup.py": 13,
    "readers/pages.py": 4,
    "readers/pdf.py": 2,
    "readers/recognised.py": 6,
    "readers/records.py": 4,
    "readers/sources.py": 1,
    "readers/subtitles.py": 1,
    "readers/text.py": 19,
    "readers/transcript.py": 13,
    "readers/word.py": 4,
    "text/numerals.py": 47,
    "text/quotation_marks.py": 1,
    "text/sentences.py": 7,
    "text/words.py": 2,
}
"""Literals with English in them that a module holds at most: lower a number when words have moved, never raise one."""


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def literal_codes() -> set[str]:
    """Every string inside a ``Literal[...]`` of the package."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return {code for text in texts for inside in LITERAL.findall(text) for code in re.findall(r'"([^"]+)"', inside)}


def reading(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node in which strings may be knowledge of a language."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise():
            return
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return
        case ast.Subscript():
            yield node.value
        case ast.Dict():
            yield from node.values
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            yield node.func
            if not name.endswith("Error"):
                yield from node.args[name in NAMES :]
                yield from node.keywords
        case _:
            yield from ast.iter_child_nodes(node)


def strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for part in reading(node):
        yield from strings(part)


def is_english(folded: str) -> bool:
    return folded in CLOSED_CLASS or lemma(folded) in load.common_words()


def english(tree: ast.Module, codes: set[str]) -> list[str]:
    """The literals of a module that hold a word of English, in order."""
    return [
        text
        for text in strings(tree)
        if text not in codes
        and not CODE.fullmatch(text)
        and any(is_english(fold(word)) for word in WORD.findall(NO_WORDS.sub(" ", text)))
    ]


def found() -> dict[str, list[str]]:
    codes = literal_codes()
    paths = sorted(path for room in ROOMS for path in (SOURCE / room).rglob("*.py"))
    listed = {path.relative_to(SOURCE).as_posix(): english(parsed(path), codes) for path in paths}
    return {module: literals for module, literals in listed.items() if literals}


def test_no_module_holds_more_english_than_it_did():
    now = found()
    more = {module: literals for module, literals in now.items() if len(literals) > AT_MOST.get(module, 0)}
    assert not more, "English belongs into lexicon/en (docs: CONTRIBUTING, “Add a verb”):\n" + "\n".join(
        f"{module}: {len(literals)} literals, at most {AT_MOST.get(module, 0)} may hold English: {literals}"
        for module, literals in more.items()
    )
    fewer = [module for module, bound in AT_MOST.items() if len(now.get(module, ())) < bound]
    if fewer:
        sys.stdout.write(f"Lower the bounds of {', '.join(fewer)}: run this file as a script for the table.\n")


def test_what_is_knowledge_of_a_language_is_told_from_codes_and_keys():
    source = '''
"""Not in this docstring."""
__all__ = ["after"]
_SAID = re.compile(r"\\b(?:said|after)\\b(?P<when>\\w+)")
_KINDS = {"before": "report", "the": "run-share"}
record["after"] = record.get("before") or word_list("claims.saying")
if kind == "code":
    raise ValueError("after the fact")
told = f"{name} told"
'''
    assert english(ast.parse(source), {"code"}) == [r"\b(?:said|after)\b(?P<when>\w+)", "report", " told"]


if __name__ == "__main__":
    sys.stdout.writelines(f'    "{module}": {len(literals)},\n' for module, literals in found().items())
