"""A fitted network cut down to those heads of attention and inner values that it needs most.

Reads a network and batches of its corpus; gives a network of as many layers, each with the heads and the inner values
kept. How much a head or a value is needed is the Fisher information of a mask put on it (Kwon et al. 2022): the square
of the loss's gradient by the mask, summed over batches. Heads and values are weighed over all layers together, so that
a layer that does little keeps little. What is lost is won back by fitting on, with the whole network as the teacher.
"""

# torch comes with the extra ``train`` only; where it is missing, mypy sees Any in its place, and elsewhere it does not
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, no-untyped-call", no-warn-unused-ignores

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import torch
from torch import Tensor

from onrecord.annotators.attribution.encoder import HEAD
from onrecord.train.network import Network

FEWEST_HEADS: Final = 2
INNER_STEP: Final = 64
"""A layer keeps a multiple of so many inner values: the matrix products go in blocks."""


def prune(network: Network, loss: Callable[[Any], Tensor], batches: Iterable[Any], share: float) -> Network:
    """Cut a network down to about ``share`` of its heads and of its inner values; ``loss`` is that of a batch."""
    layers = network.encoder.stack()
    heads, inner = needed(network, loss, batches)
    kept_heads = best_of(heads, share, fewest=FEWEST_HEADS, step=1)
    kept_inner = best_of(inner, share, fewest=INNER_STEP, step=INNER_STEP)
    shape = tuple((len(h), len(i)) for h, i in zip(kept_heads, kept_inner, strict=True))
    pruned = Network(network.encoder.words.num_embeddings, shape=shape)
    state = dict(network.state_dict())
    for number, (layer, few, some) in enumerate(zip(layers, kept_heads, kept_inner, strict=True)):
        values = (few[:, None] * HEAD + torch.arange(HEAD)).flatten()
        rows = torch.cat([values + part * layer.heads * HEAD for part in range(3)])
        name = f"encoder.layers.{number}"
        for part in ("weight", "bias"):
            state[f"{name}.qkv.{part}"] = state[f"{name}.qkv.{part}"][rows]
            state[f"{name}.up.{part}"] = state[f"{name}.up.{part}"][some]
        state[f"{name}.out.weight"] = state[f"{name}.out.weight"][:, values]
        state[f"{name}.down.weight"] = state[f"{name}.down.weight"][:, some]
    pruned.load_state_dict(state)
    return pruned


def needed(
    network: Network, loss: Callable[[Any], Tensor], batches: Iterable[Any]
) -> tuple[list[Tensor], list[Tensor]]:
    """Tell for every layer how much each head (heads,) and each inner value (inner,) is needed."""
    network.eval()
    layers = network.encoder.stack()
    masks = [(torch.ones(layer.heads, requires_grad=True), torch.ones(layer.up.out_features, requires_grad=True))
             for layer in layers]  # fmt: skip
    handles = []
    for layer, (of_heads, of_inner) in zip(layers, masks, strict=True):
        handles.append(layer.out.register_forward_pre_hook(_masked(of_heads, HEAD)))
        handles.append(layer.down.register_forward_pre_hook(_masked(of_inner, 1)))
    flat = [mask for pair in masks for mask in pair]
    sums = [torch.zeros_like(mask) for mask in flat]
    for batch in batches:
        gradients = torch.autograd.grad(loss(batch), flat)
        sums = [total + gradient**2 for total, gradient in zip(sums, gradients, strict=True)]
    for handle in handles:
        handle.remove()
    return sums[::2], sums[1::2]


def _masked(mask: Tensor, repeat: int) -> Callable[[Any, tuple[Tensor, ...]], tuple[Tensor, ...]]:
    """Multiply what flows into a layer by a mask, each value of which stands for ``repeat`` inputs."""
    return lambda _, inputs: (inputs[0] * mask.repeat_interleave(repeat), *inputs[1:])


def best_of(scores: Sequence[Tensor], share: float, *, fewest: int, step: int) -> list[Tensor]:
    """Choose the ``share`` of all that scores highest; give for each layer the indices kept, in order.

    A layer keeps at least ``fewest``, and a multiple of ``step``.
    """
    together = torch.cat(list(scores)).sort(descending=True).values
    least = together[max(round(share * len(together)), 1) - 1]
    kept = []
    for of_layer in scores:
        count = round(int((of_layer >= least).sum()) / step) * step
        count = min(max(count, fewest), len(of_layer))
        kept.append(of_layer.topk(count).indices.sort().values)
    return kept
