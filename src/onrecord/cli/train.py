"""``onrecord train``: fit the encoder anew on a corpus in PolNeAR's form."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from onrecord.errors import MissingExtraError

_File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("train")
@click.argument("corpus", type=_File)
@click.option("--dev", type=_File, required=True, help="Documents in the same form to measure on after each epoch.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The weights folder to write.",
)
@click.option("--epochs", default=8, show_default=True, help="How often to read the corpus with the whole network.")
@click.option(
    "--prune-to",
    "share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="The share of attention heads and inner values to keep; 1 leaves the network whole.",
)
@click.option(
    "--unlabelled", type=_File, help="More texts (id, text) that the whole network labels for the pruned one."
)
@click.option("--pruned-epochs", default=12, show_default=True, help="How often to read the corpus once it is pruned.")
@click.option("--processes", default=1, show_default=True, help="Processes that share each step, one thread each.")
@click.option("--seed", default=1, show_default=True, help="The seed of all that is drawn by chance.")
def command(
    corpus: Path,
    dev: Path,
    folder: Path,
    unlabelled: Path | None,
    *,
    epochs: int,
    share: float,
    pruned_epochs: int,
    processes: int,
    seed: int,
) -> None:
    """Fit the encoder on CORPUS: JSON lines with id, text and attributions, as PolNeAR has them.

    Fits the whole network first, then cuts it down to what it needs most and fits that, with the whole one as its
    teacher. Goes on where it was stopped. Writes ONNX files, model card and manifest; needs the extra `train`.
    """
    if importlib.util.find_spec("torch") is None:
        raise MissingExtraError("torch", "train")
    from onrecord.train.recipe import Pruning, Recipe, fitting_on
    from onrecord.train.run import as_json, train

    pruning = Pruning(share, fitting_on(epochs=pruned_epochs, seed=seed), unlabelled)
    click.echo(as_json(train(corpus, dev, folder, Recipe(epochs=epochs, seed=seed), pruning, processes=processes)))
