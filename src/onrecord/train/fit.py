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

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import functional

from onrecord.annotators.attribution.linking import REACH
from onrecord.annotators.attribution.pieces import load_tokenizer
from onrecord.annotators.attribution.tagging import CUE
from onrecord.evaluate.attribution import read_lines, score_attributions
from onrecord.train.examples import (
    STEP,
    Batch,
    Labelled,
    batches,
    read_corpus,
)
from onrecord.train.network import Network, as_tensor, restored
from onrecord.train.prediction import predict, with_teacher
from onrecord.train.recipe import Recipe


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
    labelled = read_lines(dev_path)
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
            figures = score_attributions(labelled, predict(fitting.averaged, dev))
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
