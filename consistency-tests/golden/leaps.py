"""Trains the experiment of adam-gru.yaml with real PyTorch, to see how often its perplexity leaps.

Run by hand, never in the build; each RUN is one of that config with training.epochs=0, for its initial parameters:
  /usr/bin/python3 leaps.py CORPUS RUN/model.safetensors…

Prints the perplexity after 40, 80, 120 and 160 epochs, and the epochs after the 40th that end above 1.2.
"""

import math
import sys

import torch
from float_precision import B, T, read_corpus, read_safetensors
from torch import nn
from torch.nn import functional

EPOCHS, RATE = 160, 0.01


def train(ids, tensors):
    """Trains from the given start; returns the perplexity of each epoch."""
    vocabulary, hidden = tensors["linear.weight"].shape
    model = nn.ModuleDict({"rnn": nn.GRU(vocabulary, hidden), "linear": nn.Linear(hidden, vocabulary)})
    model.load_state_dict(tensors)
    adam = torch.optim.Adam(model.parameters(), lr=RATE)
    columns, perplexities = len(ids) // B, []
    matrix = ids[: B * columns].view(B, -1).t()  # [columns, B]
    state = torch.zeros(1, B, hidden)  # [1, B, H]; goes on from epoch to epoch
    for _ in range(EPOCHS):
        losses = []
        for i in range(0, (columns - 1) // T * T, T):
            x = functional.one_hot(matrix[i : i + T], vocabulary).float()  # [T, B, V]
            outputs, state = model.rnn(x, state.detach())  # [T, B, H], [1, B, H]
            logits = model.linear(outputs).flatten(0, 1)  # [T * B, V]
            losses.append(functional.cross_entropy(logits, matrix[i + 1 : i + T + 1].flatten()))
            adam.zero_grad()
            losses[-1].backward()
            adam.step()
        perplexities.append(math.exp(sum(loss.item() for loss in losses) / len(losses)))
    return perplexities


if __name__ == "__main__":
    corpus, *runs = sys.argv[1:]
    torch.set_num_threads(2)
    for run in runs:
        start, vocabulary = read_safetensors(run)
        perplexities = train(torch.tensor([vocabulary.index(c) for c in read_corpus(corpus)]), start)
        leaps = [f"{p:.3g} at {i}" for i, p in enumerate(perplexities, 1) if i > 40 and p > 1.2]
        print(run, *(f"{p:.3f}" for p in perplexities[39::40]), "leaps:", ", ".join(leaps) or "none", flush=True)
