"""What a network says of texts while it is trained: word states, attributions, and the targets of a teacher.

Reads labelled texts; gives attributions in the form that the metric reads, or ``.npy`` files beside the checkpoint.
"""

# torch comes with the extra ``train`` only; where it is missing, mypy sees Any in its place, and elsewhere it does not
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, no-untyped-call", no-warn-unused-ignores

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.annotators.attribution.encoder import HIDDEN
from onrecord.annotators.attribution.linking import REACH, Thresholds, cues_of, link, reach_from
from onrecord.annotators.attribution.pieces import cut_windows
from onrecord.annotators.attribution.tagging import best_tags
from onrecord.train.examples import Labelled, Taught, collate, pieces_in
from onrecord.train.network import Network, as_tensor


@torch.inference_mode()
def predict(network: Network, corpus: Sequence[Labelled], thresholds: Thresholds | None = None) -> list[dict[str, Any]]:
    """Attribute each text; gives objects in the form of ``annotate --json`` with what the metric reads."""
    network.eval()
    network.float()
    states = text_states(network, corpus)
    steps = network.crf.steps().numpy()
    records = []
    for text, words in zip(corpus, states, strict=True):
        emissions = network.tagger(words).numpy()
        tags = best_tags(emissions, steps)
        cues = cues_of(tags)
        groups = link(
            tags, cues, members_of(network, words, text, cues), text.pieces.paragraph, thresholds or Thresholds()
        )
        records.append({"document": {"id": text.id}, "attributions": [_spelt(text, group) for group in groups]})
    return records


def _spelt(text: Labelled, group: Any) -> dict[str, Any]:
    def spell(span: tuple[int, int] | None) -> dict[str, int] | None:
        if span is None:
            return None
        return {"start": int(text.pieces.start[span[0]]), "end": int(text.pieces.end[span[1] - 1])}

    return {
        "source": spell(group.source),
        "cue": spell(group.cue),
        "content": [spell(content) for content in group.contents],
    }


def text_states(network: Network, corpus: Sequence[Labelled]) -> list[Tensor]:
    """Give each text's word states (m, HIDDEN), every word's from the window that it is in the core of."""
    windows = [(n, window) for n, text in enumerate(corpus) for window in cut_windows(text.pieces)]
    windows.sort(key=lambda pair: pieces_in(corpus[pair[0]].pieces, pair[1]))
    states = [torch.zeros(len(text.pieces.first), HIDDEN) for text in corpus]
    for at in range(0, len(windows), 16):
        group = windows[at : at + 16]
        batch = collate(corpus, group)
        words = network.word_states(
            *(as_tensor(a) for a in (batch.ids, batch.case, batch.state, batch.place, batch.mask, batch.first))
        )
        for row, (n, window) in enumerate(group):
            core = slice(window.core_start - window.start, window.core_end - window.start)
            states[n][window.core_start : window.core_end] = words[row, core]
    return states


def members_of(
    network: Network, words: Tensor, text: Labelled, cues: Sequence[tuple[int, int]]
) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Give the memberships (cues, 2 * REACH, 3) as probabilities; outside the text all is none."""
    if not cues:
        return np.zeros((0, 2 * REACH, 3), dtype=np.float32)
    start = torch.tensor([c[0] for c in cues])
    end = torch.tensor([c[1] for c in cues])
    paragraph = torch.from_numpy(text.pieces.paragraph.astype(np.int64))[None]
    scores = network.linker(words[None], torch.zeros_like(start), start, end, paragraph)
    result = torch.softmax(scores.float(), dim=-1).numpy()
    for row, cue in zip(result, cues, strict=True):
        low = reach_from(cue)
        row[: max(-low, 0)] = (1, 0, 0)
        row[max(len(words) - low, 0) :] = (1, 0, 0)
    return result  # type: ignore[no-any-return]


@torch.inference_mode()
def teach(teacher: Network, corpus: Sequence[Labelled], path: Path) -> None:
    """Write what a teacher says of every word of a corpus, its states and tag scores side by side, as one ``.npy``."""
    teacher.eval()
    states = text_states(teacher, corpus)
    rows = [torch.cat([words, teacher.tagger(words)], dim=1).half().numpy() for words in states]
    part = path.with_suffix(".part.npy")
    np.save(part, np.concatenate(rows))
    part.rename(path)


def with_teacher(corpus: Sequence[Labelled], path: Path) -> list[Labelled]:
    """Give each text its part of what :func:`teach` wrote, mapped into memory."""
    rows = np.load(path, mmap_mode="r")
    ends = np.cumsum([len(text.pieces.first) for text in corpus]).tolist()
    parts = [rows[end - len(text.pieces.first) : end] for end, text in zip(ends, corpus, strict=True)]
    return [
        text._replace(taught=Taught(part[:, :HIDDEN], part[:, HIDDEN:]))
        for text, part in zip(corpus, parts, strict=True)
    ]
