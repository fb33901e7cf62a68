"""Measures how far float32 PyTorch strays from float64 PyTorch in the first epochs of consecutive-scratch.

Run by hand, never in the build; INIT and RUN are runs of that config with training.epochs=0 and =10,
N is the number of further float32 runs, with the hidden units renumbered:
  /usr/bin/python3 float_precision.py CORPUS INIT/model.safetensors RUN/metrics.jsonl N

Shapes: B batch, T time steps, V vocabulary, H hidden.
"""

import json
import math
import sys
import zipfile
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

B, T, LIMIT, EPOCHS, RATE, CLIP_NORM = 32, 35, 10_000, 10, 100.0, 0.01


def read_corpus(path):
    """The first LIMIT characters, newlines as spaces, of a text file or of a zip with one entry."""
    file = next(zipfile.Path(path).iterdir()) if zipfile.is_zipfile(path) else Path(path)
    return file.read_bytes().decode("utf-8-sig").replace("\n", " ").replace("\r", " ")[:LIMIT]


def read_safetensors(path):
    data = Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    vocabulary = header.pop("__metadata__")["vocabulary"]
    floats = torch.frombuffer(bytearray(data[start:]), dtype=torch.float32)
    spans = {name: slice(*(offset // 4 for offset in entry["data_offsets"])) for name, entry in header.items()}
    return {name: floats[spans[name]].view(entry["shape"]) for name, entry in header.items()}, vocabulary


def renumber(tensors, order):
    """The same network, its hidden units in another order: other sums, as correct as the first ones."""
    rows = {name: t[order] if name.startswith("rnn") else t for name, t in tensors.items()}  # [H, ...]
    return rows | {name: rows[name][:, order] for name in ("rnn.weight_hh_l0", "linear.weight")}  # [H or V, H]


def train(ids, tensors, dtype, threads=1):
    """Trains from the given start; returns the perplexity of each epoch."""
    torch.set_num_threads(threads)
    vocabulary, hidden = tensors["linear.weight"].shape
    model = nn.ModuleDict({"rnn": nn.RNN(vocabulary, hidden), "linear": nn.Linear(hidden, vocabulary)}).to(dtype)
    model.load_state_dict(tensors)
    model.rnn.bias_hh_l0.requires_grad = False  # stays zero, and out of the norm
    trained = [p for p in model.parameters() if p.requires_grad]
    columns, perplexities = len(ids) // B, []
    matrix = ids[: B * columns].view(B, -1).t()  # [columns, B]
    for _ in range(EPOCHS):
        state, losses = torch.zeros(1, B, hidden, dtype=dtype), []  # [1, B, H]
        for i in range(0, (columns - 1) // T * T, T):
            x = functional.one_hot(matrix[i : i + T], vocabulary).to(dtype)  # [T, B, V]
            outputs, state = model.rnn(x, state.detach())  # [T, B, H], [1, B, H]
            logits = model.linear(outputs).flatten(0, 1)  # [T * B, V]
            losses.append(functional.cross_entropy(logits, matrix[i + 1 : i + T + 1].flatten()))
            gradients = torch.autograd.grad(losses[-1], trained)
            norm = torch.sqrt(sum((g * g).sum() for g in gradients))
            for p, g in zip(trained, gradients):
                p.data -= RATE * (g * torch.clamp(CLIP_NORM / norm, max=1.0))
        perplexities.append(math.exp(sum(loss.item() for loss in losses) / len(losses)))
    return perplexities


def compare(name, actual, expected):
    deviations = [abs(a / e - 1) for a, e in zip(actual, expected)]
    largest = max(deviations)
    print(f"{name:27} {largest:.1e} at epoch {deviations.index(largest) + 1:2}:", *(f"{d:.1e}" for d in deviations))


if __name__ == "__main__":
    corpus, initial, metrics, orders = sys.argv[1:]
    start, vocabulary = read_safetensors(initial)
    ids = torch.tensor([vocabulary.index(character) for character in read_corpus(corpus)])
    exact = train(ids, start, torch.float64)
    one, two = (train(ids, start, torch.float32, threads) for threads in (1, 2))
    print(f"torch {torch.__version__}; perplexities in float64:", *(f"{p:.6f}" for p in exact))
    compare("float32, 1 thread", one, exact)
    compare("float32, 2 threads", two, exact)
    compare("float32, 1 and 2 threads", one, two)
    compare("the engine", [json.loads(line)["perplexity"] for line in open(metrics)], exact)
    for seed in range(int(orders)):
        order = torch.randperm(len(start["rnn.bias_ih_l0"]), generator=torch.Generator().manual_seed(seed))
        compare(f"float32, other order {seed + 1}", train(ids, renumber(start, order), torch.float32), exact)
