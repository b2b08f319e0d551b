"""The network: a BERT encoder (Devlin et al. 2019), a tagger with a CRF (Lafferty et al. 2001), and a linker.

The encoder's layers are those of all-MiniLM-L6-v2 (6 layers of 384, 12 heads). Three small embeddings are added to its
input: the case of the word (its vocabulary has none), where it stands to quotation marks, and whether in a headline.
They begin at zero. The linker reads, for every cue, the words within reach and says which belong to its source and
which to its content: an additive scorer over word, cue and their distance, with a product term and a small convolution.
"""

# torch comes with the extra ``train`` only; where it is missing, mypy sees Any in its place, and elsewhere it does not
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, no-untyped-call", no-warn-unused-ignores

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotators.attribution.encoder import HEAD, HIDDEN
from onrecord.annotators.attribution.linking import REACH
from onrecord.annotators.attribution.pieces import CASES, PLACES, STATES
from onrecord.annotators.attribution.tagging import TAGS, allowed_transitions
from onrecord.train.examples import ENTITIES

LINK: Final = 128
POSITIONS: Final = 512
FORBIDDEN: Final = -1e4

Shape = tuple[tuple[int, int], ...]
"""For every layer of an encoder, how many heads of attention it has and how many inner values."""

WHOLE: Final[Shape] = ((12, 1536),) * 6
"""The shape of all-MiniLM-L6-v2."""


class Dropout(nn.Module):
    """Dropout that takes its randomness from a pool of bytes drawn once: torch's own costs a third of a step here."""

    _pool = torch.zeros(0, dtype=torch.uint8)

    def __init__(self, rate: float) -> None:
        """Make the parts, with random weights."""
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """Drop about ``rate`` of the elements (in steps of 1/256) in training."""
        if not self.training or self.rate <= 0:
            return x
        if Dropout._pool.numel() < 2 * x.numel():
            Dropout._pool = torch.randint(0, 256, (max(2 * x.numel(), 1 << 24),), dtype=torch.uint8)
        at = int(torch.randint(0, Dropout._pool.numel() - x.numel(), ()))
        threshold = round(self.rate * 256)
        kept = (Dropout._pool[at : at + x.numel()] >= threshold).to(x.dtype).view(x.shape)
        return x * kept.mul_(256 / (256 - threshold))


class Layer(nn.Module):
    """One transformer layer, normalised after each half: ``heads`` of :data:`HEAD` values, ``inner`` values."""

    def __init__(self, dropout: float, heads: int, inner: int) -> None:
        """Make the parts, with random weights."""
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(HIDDEN, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, inner)
        self.down = nn.Linear(inner, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map states (windows, n, HIDDEN); ``bias`` (windows, 1, 1, n) hides the padding."""
        k, n, _ = x.shape
        q, key, v = self.qkv(x).view(k, n, 3, self.heads, HEAD).permute(2, 0, 3, 1, 4)
        # in 32 bits: on processors without AMX that takes half the time of 16
        q, key, v = q.float(), key.float(), v.float()
        mixed = functional.scaled_dot_product_attention(q, key, v, attn_mask=bias.float()).to(x.dtype)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).flatten(2))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Word pieces to states."""

    def __init__(self, vocabulary: int, dropout: float = 0.1, shape: Shape = WHOLE) -> None:
        """Make the parts, with random weights."""
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.case = nn.Embedding(CASES, HIDDEN)
        self.state = nn.Embedding(STATES, HIDDEN)
        self.place = nn.Embedding(PLACES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout, heads, inner) for heads, inner in shape)
        for embedding in (self.case, self.state, self.place):
            nn.init.zeros_(embedding.weight)

    def stack(self) -> list[Layer]:
        """List the layers, lowest first."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def forward(self, ids: Tensor, case: Tensor, state: Tensor, place: Tensor, mask: Tensor) -> Tensor:
        """Map (windows, n) each to states (windows, n, HIDDEN)."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind
        x = x + self.case(case) + self.state(state) + self.place(place)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * FORBIDDEN
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self, path: Path) -> None:
        """Load the layers of all-MiniLM-L6-v2 from its ``model.safetensors``."""
        from safetensors.torch import load_file  # type: ignore[import-not-found] # noqa: PLC0415 - the extra ``train``

        base: dict[str, Tensor] = load_file(path)
        base = {name.removeprefix("bert."): value for name, value in base.items()}
        own: dict[str, Any] = {
            "words.weight": base["embeddings.word_embeddings.weight"],
            "positions.weight": base["embeddings.position_embeddings.weight"],
            "kind": base["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            prefix = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                own[f"layers.{i}.qkv.{part}"] = torch.cat(
                    [base[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
                for mine, theirs in names.items():
                    own[f"layers.{i}.{mine}.{part}"] = base[f"{prefix}{theirs}.{part}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        assert not unexpected
        assert set(missing) == {"case.weight", "state.weight", "place.weight"}, missing


class Crf(nn.Module):
    """A linear-chain CRF over the tags; transitions that make no spans are forbidden."""

    def __init__(self) -> None:
        """Make the parts, with random weights."""
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.register_buffer("forbidden", torch.from_numpy(~allowed_transitions()) * FORBIDDEN, persistent=False)
        begin = torch.zeros(TAGS)
        begin[2::2] = FORBIDDEN
        self.register_buffer("begin", begin, persistent=False)

    def steps(self) -> Tensor:
        """Give the transitions' scores (TAGS, TAGS)."""
        return self.transitions + self.forbidden  # type: ignore[operator]

    def forward(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Give the summed negative log likelihood of ``tags`` (windows, m) under ``emissions`` (windows, m, TAGS)."""
        steps = self.steps().float()
        emissions = emissions.float()
        taken = emissions.gather(2, tags[:, :, None])[:, :, 0] * mask
        moved = steps[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
        labelled = taken.sum() + moved.sum()
        # The forward algorithm as a balanced product of (TAGS, TAGS) matrices in the log semiring: a few wide steps
        # in place of one a word.
        nothing = torch.full((TAGS, TAGS), 2 * FORBIDDEN).fill_diagonal_(0.0)
        matrices = torch.where(mask[:, 1:, None, None] > 0, steps + emissions[:, 1:, None, :], nothing)
        while matrices.shape[1] > 1:
            if matrices.shape[1] % 2:
                matrices = torch.cat([matrices, nothing.expand(len(matrices), 1, -1, -1)], dim=1)
            matrices = torch.logsumexp(matrices[:, ::2, :, :, None] + matrices[:, 1::2, None, :, :], dim=-2)
        alpha = emissions[:, 0] + self.begin
        if matrices.shape[1]:
            alpha = torch.logsumexp(alpha[:, :, None] + matrices[:, 0], dim=1)
        return (torch.logsumexp(alpha, dim=1) * mask[:, 0]).sum() - labelled


class Linker(nn.Module):
    """For a cue, the membership of every word within reach: none, source, content."""

    def __init__(self, dropout: float = 0.2) -> None:
        """Make the parts, with random weights."""
        super().__init__()
        self.word = nn.Linear(HIDDEN, LINK)
        self.cue = nn.Linear(2 * HIDDEN, LINK)
        self.word2 = nn.Linear(HIDDEN, LINK)
        self.cue2 = nn.Linear(2 * HIDDEN, LINK)
        self.distance = nn.Embedding(2 * REACH, LINK)
        self.paragraphs = nn.Embedding(5, LINK)
        self.inside = nn.Parameter(torch.zeros(LINK))
        self.norm = nn.LayerNorm(LINK)
        self.mix = nn.Linear(3 * LINK, LINK)
        self.out = nn.Linear(LINK, 3)
        self.dropout = Dropout(dropout)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.zeros_(self.paragraphs.weight)

    def forward(self, words: Tensor, window: Tensor, start: Tensor, end: Tensor, paragraph: Tensor) -> Tensor:
        """Score (c, 2 * REACH, 3) for cues ``start:end`` of ``window`` among states ``words`` (windows, m, HIDDEN).

        Row j of cue i is word ``(start + end) // 2 - REACH + j``; rows outside the window hold no meaning.
        """
        m = words.shape[1]
        low = (start + end) // 2 - REACH
        where = low[:, None] + torch.arange(2 * REACH, device=words.device)[None]
        real = where.clamp(0, m - 1)
        cue = torch.cat([words[window, start], words[window, end - 1]], dim=-1)
        flat = window[:, None] * m + real
        local = functional.embedding(flat, self.word(words).view(-1, LINK))
        local2 = functional.embedding(flat, self.word2(words).view(-1, LINK))
        apart = paragraph[window[:, None], real] - paragraph[window, start][:, None]
        x = local + self.cue(cue)[:, None] + local2 * self.cue2(cue)[:, None]
        x = x + self.distance.weight[None] + self.paragraphs(apart.clamp(-2, 2) + 2)
        x = x + ((where >= start[:, None]) & (where < end[:, None]))[:, :, None] * self.inside
        x = self.dropout(functional.gelu(self.norm(x)))
        padded = functional.pad(x, (0, 0, 1, 1))
        x = x + functional.gelu(self.mix(torch.cat([padded[:, :-2], x, padded[:, 2:]], dim=-1)))
        return self.out(x)  # type: ignore[no-any-return]


class Network(nn.Module):
    """Encoder, tagger, linker, and the entity head that only training uses."""

    def __init__(self, vocabulary: int, dropout: float = 0.1, shape: Shape = WHOLE) -> None:
        """Make the parts, with random weights."""
        super().__init__()
        self.encoder = Encoder(vocabulary, dropout, shape)
        self.dropout = Dropout(0.1)
        self.tagger = nn.Linear(HIDDEN, TAGS)
        self.entities = nn.Linear(HIDDEN, 1 + 2 * len(ENTITIES))
        self.crf = Crf()
        self.linker = Linker()

    @property
    def shape(self) -> Shape:
        """For each layer, its heads of attention and its inner values."""
        return tuple((layer.heads, layer.up.out_features) for layer in self.encoder.stack())

    def word_states(
        self, ids: Tensor, case: Tensor, state: Tensor, place: Tensor, mask: Tensor, first: Tensor
    ) -> Tensor:
        """Give the states (windows, m, HIDDEN) of the words: those of their first pieces."""
        x = self.encoder(ids, case, state, place, mask)
        return self.dropout(x.gather(1, first[:, :, None].expand(-1, -1, HIDDEN)))  # type: ignore[no-any-return]


def restored(state: Mapping[str, Tensor], dropout: float = 0.1) -> Network:
    """Make the network of a ``state_dict``, of whatever shape that is."""
    count = len({name.split(".")[2] for name in state if name.startswith("encoder.layers.")})
    layers = [f"encoder.layers.{number}" for number in range(count)]
    shape = tuple((state[f"{n}.out.weight"].shape[1] // HEAD, state[f"{n}.up.weight"].shape[0]) for n in layers)
    network = Network(state["encoder.words.weight"].shape[0], dropout, shape)
    network.load_state_dict(state)
    return network


def as_tensor(array: np.ndarray[Any, Any]) -> Tensor:
    """Hand an array to torch without a copy."""
    return torch.from_numpy(np.ascontiguousarray(array))
