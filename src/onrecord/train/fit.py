"""The training loop: epochs, schedule, averaged weights, checkpoints to resume from, figures after each epoch.

Reads a corpus in PolNeAR's form and the base encoder's files; writes ``checkpoint.pt`` (everything to go on from),
``averaged.pt`` (the network to export) and ``log.jsonl`` (one object an epoch) into a folder.
"""

# torch comes with the extra ``train`` only; where it is missing, mypy sees Any in its place, and elsewhere it does not
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, no-untyped-call", no-warn-unused-ignores

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional

from onrecord.annotators.attribution.encoder import HIDDEN
from onrecord.annotators.attribution.linking import REACH, Thresholds, cues_of, link, reach_from
from onrecord.annotators.attribution.pieces import cut_windows, load_tokenizer
from onrecord.annotators.attribution.tagging import CUE, best_tags
from onrecord.evaluate.attribution import read_lines, score_attributions
from onrecord.train.examples import (
    STEP,
    Batch,
    Labelled,
    Taught,
    batches,
    collate,
    pieces_in,
    read_corpus,
)
from onrecord.train.network import Network, as_tensor, restored


class Recipe(msgspec.Struct, frozen=True):
    """How to train. Rates are per step; ``batch`` is in word pieces; ``decay`` is per layer from the top.

    ``state_weight`` (falling to nothing in the course of the training) and ``teacher_weight`` hold the states and the
    tag scores to a teacher's, where there is one.
    """

    epochs: int = 5
    batch: int = 2048
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    average: float = 0.996
    link_weight: float = 1.0
    entity_weight: float = 0.15
    word_dropout: float = 0.04
    state_weight: float = 0.3
    teacher_weight: float = 0.5
    seed: int = 1
    freeze_words: bool = True
    half: bool = True


def fitting_on(epochs: int = 12, seed: int = 1) -> Recipe:
    """Give the recipe for a slimmed network, which begins with what the whole one has learnt."""
    return Recipe(
        epochs=epochs,
        batch=1024,
        rate=3e-4,
        head_rate=6e-4,
        decay=0.95,
        dropout=0.05,
        average=0.998,
        word_dropout=0.06,
        entity_weight=0.0,
        seed=seed,
    )


class Slimming(msgspec.Struct, frozen=True):
    """How to slim a fitted network: the ``share`` of heads and inner values to keep, and how to fit it on.

    ``unlabelled`` are more texts that the whole network labels for the slimmed one, as JSON lines with id and text.
    """

    share: float
    recipe: Recipe
    unlabelled: Path | None = None


def rates_of(network: Network, recipe: Recipe) -> list[dict[str, Any]]:
    """Group the parameters by learning rate: lower layers slower, heads faster, no decay on biases and norms."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name == "encoder.words.weight" and recipe.freeze_words:
            parameter.requires_grad_(requires_grad=False)
            continue
        if name.startswith("encoder.layers."):
            rate = recipe.rate * recipe.decay ** (len(network.encoder.layers) - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.case", "encoder.state", "encoder.place")):
            rate = recipe.head_rate
        elif name.startswith("encoder."):
            rate = recipe.rate * recipe.decay**6
        else:
            rate = recipe.head_rate
        decay = recipe.weight_decay if parameter.ndim > 1 and "embed" not in name else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": p, "lr": rate, "weight_decay": decay, "peak": rate} for (rate, decay), p in groups.items()]


class Losses(NamedTuple):
    """Mean losses: per word of tags, entities, and states and scores beside a teacher's; per word in reach of links."""

    tagging: Tensor
    entity: Tensor
    linking: Tensor
    states: Tensor
    scores: Tensor


def losses(network: Network, batch: Batch, recipe: Recipe) -> Losses:
    """Give the losses of a batch."""
    words, emissions, entity_scores = _forward(network, batch, recipe)
    mask = as_tensor(batch.word_mask)
    tags = as_tensor(batch.tags)
    tagging = network.crf(emissions.float(), tags, mask.float()) / mask.sum()
    entity = functional.cross_entropy(entity_scores.float()[mask > 0], as_tensor(batch.entities)[mask > 0])
    window, start, end, members = _with_false_cues(batch, emissions)
    linking = torch.zeros(())
    if len(window):
        scores = network.linker(words, window, start, end, as_tensor(batch.paragraph))
        linking = functional.cross_entropy(scores.float().reshape(-1, 3), members.reshape(-1), ignore_index=-1)
    return Losses(tagging, entity, linking, *_apart_from_teacher(words, emissions, batch))


def _apart_from_teacher(words: Tensor, emissions: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Tell how far the states are from the teacher's (share of their square) and the tag scores (divergence)."""
    if batch.taught is None:
        return torch.zeros(()), torch.zeros(())
    real = as_tensor(batch.word_mask) > 0
    theirs, said = (as_tensor(part).float()[real] for part in batch.taught)
    states = ((words.float()[real] - theirs) ** 2).sum() / (theirs**2).sum()
    ours = functional.log_softmax(emissions.float()[real], dim=-1)
    divergence = functional.kl_div(ours, functional.log_softmax(said, dim=-1), log_target=True, reduction="batchmean")
    return states, divergence


def _forward(network: Network, batch: Batch, recipe: Recipe) -> tuple[Tensor, Tensor, Tensor]:
    ids = as_tensor(batch.ids)
    if recipe.word_dropout and network.training:
        hidden = (torch.rand(ids.shape) < recipe.word_dropout) & (ids > 999)
        ids = torch.where(hidden, torch.full_like(ids, 103), ids)
    words = network.word_states(
        ids, *(as_tensor(a) for a in (batch.case, batch.state, batch.place, batch.mask, batch.first))
    )
    return words, network.tagger(words), network.entities(words)


def _with_false_cues(batch: Batch, emissions: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Add to the gold cues those that the tagger now sees elsewhere: they have no members."""
    begin, inside = 1 + 2 * CUE, 2 + 2 * CUE
    seen = emissions.detach().float().clone()
    seen[:, :, begin] += 1.0
    tags = seen.argmax(-1).numpy()
    tags[batch.word_mask == 0] = 0
    extra: list[tuple[int, int, int]] = []
    for row in range(len(tags)):
        taken = np.zeros(tags.shape[1] + 1, dtype=bool)
        for i in np.flatnonzero(batch.cue_window == row).tolist():
            taken[batch.cue_start[i] : batch.cue_end[i]] = True
        for start in np.flatnonzero(tags[row] == begin).tolist():
            end = start + 1
            while end < tags.shape[1] and tags[row, end] == inside:
                end += 1
            if not taken[start:end].any() and not (batch.tags[row, start:end] == begin).any():
                extra.append((row, start, end))
    real = len(extra)
    extra += [(0, 0, 1)] * (-real % STEP)  # few shapes, see batched
    window = np.concatenate([batch.cue_window, np.array([e[0] for e in extra], dtype=np.int64)])
    starts = np.concatenate([batch.cue_start, np.array([e[1] for e in extra], dtype=np.int64)])
    ends = np.concatenate([batch.cue_end, np.array([e[2] for e in extra], dtype=np.int64)])
    members = np.zeros((len(extra), 2 * REACH), dtype=np.int64)
    counts = batch.word_mask.sum(1)
    for i, (row, start, end) in enumerate(extra):
        low = (start + end) // 2 - REACH
        members[i, : max(-low, 0)] = -1
        members[i, max(int(counts[row]) - low, 0) :] = -1
    members[real:] = -1
    both = np.concatenate([batch.cue_members, members])
    return as_tensor(window), as_tensor(starts), as_tensor(ends), as_tensor(both)


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


class Fitting:
    """A training under way: the worker that computes, its 32-bit master, their running average, and the optimiser."""

    def __init__(self, recipe: Recipe, initial: dict[str, Tensor], steps: int) -> None:
        """Begin with the weights ``initial``; the schedule ends after ``steps``."""
        self.recipe, self.steps, self.step, self.epoch = recipe, steps, 0, 0
        self.worker, self.master, self.averaged = (restored(initial, recipe.dropout) for _ in range(3))
        self.optimizer = torch.optim.AdamW(rates_of(self.master, recipe), betas=(0.9, 0.98), eps=1e-6)
        for worker, own in self.pairs():
            worker.requires_grad_(own.requires_grad)
        if recipe.half:
            self.worker.to(torch.bfloat16)

    def pairs(self) -> list[tuple[Tensor, Tensor]]:
        """Pair the worker's parameters with the master's."""
        return list(zip(self.worker.parameters(), self.master.parameters(), strict=True))

    def resume(self, checkpoint: Path) -> None:
        """Go on from a checkpoint."""
        saved = torch.load(checkpoint, weights_only=True)
        self.worker.load_state_dict(saved["network"])
        self.master.load_state_dict(saved["network"])
        self.averaged.load_state_dict(saved["averaged"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.epoch = saved["step"], saved["epoch"]

    def save(self, folder: Path) -> None:
        """Write the checkpoint and the averaged weights."""
        torch.save(
            {
                "network": self.master.state_dict(),
                "averaged": self.averaged.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "step": self.step,
                "epoch": self.epoch,
            },
            folder / "checkpoint.pt",
        )
        torch.save(self.averaged.state_dict(), folder / "averaged.pt")

    def rate(self) -> float:
        """Give the share of the peak learning rate: up in a line, down in half a cosine, never under a fiftieth."""
        warm = max(int(self.recipe.warmup * self.steps), 1)
        done = min(1.0, (self.step - warm) / max(self.steps - warm, 1))
        return min((self.step + 1) / warm, max(0.02, 0.5 * (1 + math.cos(math.pi * done))))

    def take(self, batch: Batch) -> np.ndarray[Any, Any]:
        """Take one step of training and of averaging; give the losses."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * self.rate()
        recipe = self.recipe
        lost = losses(self.worker, batch, recipe)
        loss = lost.tagging + recipe.entity_weight * lost.entity + recipe.link_weight * lost.linking
        loss = loss + recipe.state_weight * max(0.0, 1 - self.step / self.steps) * lost.states
        loss = loss + recipe.teacher_weight * lost.scores
        loss.backward()
        pairs = self.pairs()
        for worker, own in pairs:  # the worker computes in 16 bits, the master keeps 32
            if own.requires_grad and worker.grad is not None:
                own.grad = worker.grad.float()
                worker.grad = None
        if dist.is_initialized():
            _average_gradients([own.grad for _, own in pairs if own.grad is not None])
        torch.nn.utils.clip_grad_norm_([own for _, own in pairs if own.requires_grad], 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        keep = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mine, (worker, own) in zip(self.averaged.parameters(), pairs, strict=True):
                if own.requires_grad:
                    worker.copy_(own)
                    mine.lerp_(own, 1 - keep)
        self.step += 1
        return np.array([one.item() for one in lost])


def fit(
    corpus_path: Path,
    dev_path: Path,
    base: Path,
    folder: Path,
    recipe: Recipe,
    *,
    start: Path | None = None,
    taught: Path | None = None,
) -> dict[str, Any]:
    """Train to the recipe's end, resuming from ``folder`` if a checkpoint lies there; give the last figures.

    ``start`` holds the weights to begin with in place of the base encoder's; ``taught`` is what :func:`teach` wrote of
    this corpus. Where processes train together, the first measures and writes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    share = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
    tokenizer = load_tokenizer(base / "tokenizer.json")
    corpus, dev = read_corpus(corpus_path, tokenizer), read_corpus(dev_path, tokenizer)
    if taught is not None:
        corpus = with_teacher(corpus, taught)
    gold = read_lines(dev_path)
    torch.manual_seed(recipe.seed)
    if start is None:
        network = Network(tokenizer.get_vocab_size(), recipe.dropout)
        network.encoder.load_base(base / "model.safetensors")
    else:
        network = restored(torch.load(start, weights_only=True))
    pieces = sum(len(text.pieces.ids) for text in corpus)
    steps = max(int(recipe.epochs * pieces * 1.2 / recipe.batch / share[1]), 1)
    fitting = Fitting(recipe, network.state_dict(), steps)
    torch.manual_seed(recipe.seed * 100 + share[0])
    if (folder / "checkpoint.pt").exists():
        fitting.resume(folder / "checkpoint.pt")
    figures: dict[str, Any] = {}
    while fitting.epoch < recipe.epochs:
        begun = time.monotonic()
        lost = _epoch(fitting, corpus, share)
        if share[0] == 0:
            figures = score_attributions(gold, predict(fitting.averaged, dev))
            row = {"epoch": fitting.epoch, "step": fitting.step, "seconds": round(time.monotonic() - begun)}
            with (folder / "log.jsonl").open("a", encoding="utf8") as log:
                log.write(json.dumps({**row, "loss": [round(x, 4) for x in lost], **figures}) + "\n")
            fitting.save(folder)
    return figures


def _epoch(fitting: Fitting, corpus: Sequence[Labelled], share: tuple[int, int]) -> list[float]:
    """Read the corpus once; give the mean losses. Progress goes to standard error."""
    recipe = fitting.recipe
    rng = random.Random(recipe.seed * 1000 + fitting.epoch)  # noqa: S311 - no secret hangs on it
    lost: list[np.ndarray[Any, Any]] = []
    fitting.worker.train()
    for batch in batches(corpus, recipe.batch, rng, share=share):
        lost.append(fitting.take(batch))
        if fitting.step % 25 == 0 and share[0] == 0:
            means = " ".join(f"{x:.4f}" for x in np.mean(lost, axis=0))
            print(f"step {fitting.step} of {fitting.steps}: losses {means}", file=sys.stderr, flush=True)  # noqa: T201
    fitting.epoch += 1
    return [float(x) for x in np.mean(lost, axis=0)] if lost else []


def _average_gradients(gradients: list[Tensor]) -> None:
    """Average the gradients of all processes, in place."""
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    at = 0
    for gradient in gradients:
        gradient.copy_(flat[at : at + gradient.numel()].view_as(gradient))
        at += gradient.numel()
