"""Trains an experiment of ours with real PyTorch, from our start, on our batches.

Run by hand, never in the build; RUN is a run of the experiment with training.epochs=0:
  python3 benchmarks/replay.py RUN [--epochs N] [--rate FACTOR] [--threads N] [--double]

Prints a line of JSON for each epoch, as our metrics.jsonl has it. It knows consecutive sampling, one-hot
input and embeddings, sgd, adam and rmsprop, constant and stepped rates, and both kinds of clipping.

Shapes: B batch, T time steps, V vocabulary, E embedding, H hidden, L layers.
"""

import argparse
import gzip
import json
import math
import time
from pathlib import Path

import torch
import yaml
from torch import nn
from torch.nn import functional

CELLS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
LEAST_BATCHES_PER_ROW = 10  # of the held-out text, as in our Scoring


def read_ids(corpus, vocabulary):
    """int64[n] of a config's text: its bytes, or the places of its characters in the vocabulary."""
    raw = Path(corpus["source"]).read_bytes()
    raw = gzip.decompress(raw) if corpus["source"].endswith(".gz") else raw
    if corpus["tokens"] == "byte":
        return torch.tensor(list(raw[: corpus["limit"]]))
    text = raw.decode("utf-8-sig")
    if corpus["newlines"] == "space":
        text = text.replace("\n", " ").replace("\r", " ")
    index = {character: i for i, character in enumerate(vocabulary)}
    return torch.tensor([index[character] for character in text[: corpus["limit"]]])


def cut(ids, corpus, batch_size):
    """What is trained on and what is held out for validation, each [rows, n]."""
    rows = batch_size if corpus["split"] == "streams" else 1
    length = len(ids) // rows
    test, validation = (math.floor(length * corpus[part] + 0.5) for part in ("test", "validation"))
    matrix, training = ids[: rows * length].view(rows, length), length - test - validation
    return matrix[:, :training], matrix[:, training : training + validation]


def columns_of(part, rows):
    """Time-major, [n, rows]: as it is where it has several rows, else laid out in so many."""
    if len(part) == 1:
        n = part.shape[1] // rows
        part = part[0, : rows * n].view(rows, n)
    return part.t()


def read_safetensors(path):
    """The tensors and the vocabulary of one of our model files."""
    data = Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    vocabulary = header.pop("__metadata__")["vocabulary"]
    tensors = {}
    for name, entry in header.items():
        begin, end = (start + offset for offset in entry["data_offsets"])
        if entry["dtype"] == "F32":
            tensors[name] = torch.frombuffer(bytearray(data[begin:end]), dtype=torch.float32).view(entry["shape"])
    return tensors, vocabulary


class Model(nn.Module):
    """int64[T, B] token ids in, float[T, B, V] logits out."""

    def __init__(self, spec, vocabulary):
        super().__init__()
        width = spec["embedding"]
        self.one_hot = torch.eye(vocabulary) if width is None else None
        if width is not None:
            self.embedding = nn.Embedding(vocabulary, width)
        self.rnn = CELLS[spec["cell"]](width or vocabulary, spec["hidden"], spec["layers"])
        self.linear = nn.Linear(spec["hidden"], vocabulary)
        if not spec["recurrentBias"]:
            for k in range(spec["layers"]):
                getattr(self.rnn, f"bias_hh_l{k}").requires_grad = False

    def forward(self, ids, state):
        inputs = self.embedding(ids) if self.one_hot is None else self.one_hot[ids]
        hidden, state = self.rnn(inputs, state)
        return self.linear(hidden), state


def optimizer(spec, parameters):
    rate = spec["learningRate"]
    if spec["type"] == "rmsprop":
        return torch.optim.RMSprop(parameters, rate, spec["alpha"], spec["epsilon"])
    if spec["type"] == "adam":
        return torch.optim.Adam(parameters, rate, (spec["beta1"], spec["beta2"]), spec["epsilon"])
    return torch.optim.SGD(parameters, rate, spec.get("momentum") or 0)


def rate_of(epoch, training):
    rate, schedule = training["optimizer"]["learningRate"], training["schedule"]
    if schedule["type"] == "step" and epoch >= schedule["from"]:
        rate *= schedule["factor"] ** (1 + (epoch - schedule["from"]) // schedule["every"])
    return rate


def detached(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def epoch_of(model, part, sampler, training, optimizer, state):
    """Mean loss of an epoch's predictions, and the state after it."""
    matrix = columns_of(part, sampler["batchSize"])
    steps, losses = sampler["steps"], []
    for i in range(0, (len(matrix) - 1) // steps * steps, steps):
        logits, state = model(matrix[i : i + steps], state and detached(state))
        loss = functional.cross_entropy(logits.flatten(0, 1), matrix[i + 1 : i + steps + 1].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        trained = [p for p in model.parameters() if p.requires_grad]
        if training["clipNorm"] is not None:
            norm = math.sqrt(sum(p.grad.double().pow(2).sum() for p in trained))
            for p in trained:
                p.grad *= min(1.0, training["clipNorm"] / norm)
        if training["clipValue"] is not None:
            nn.utils.clip_grad_value_(trained, training["clipValue"])
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses), state if sampler["carryState"] else None


@torch.no_grad()
def score(model, part, sampler):
    """Mean loss of a text, laid out in rows as our Scoring does."""
    steps = sampler["steps"]
    rows = max(1, min(sampler["batchSize"], part.shape[1] // (LEAST_BATCHES_PER_ROW * steps)))
    matrix, state, total = columns_of(part, rows), None, 0.0
    for i in range(0, len(matrix) - 1, steps):
        targets = matrix[i + 1 : i + steps + 1]
        logits, state = model(matrix[i : i + len(targets)], state)
        total += functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="sum").item()
    return total / (matrix.shape[1] * (len(matrix) - 1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run", type=Path)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rate")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--double", action="store_true", help="compute in double precision")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    if given.double:
        torch.set_default_dtype(torch.float64)
    config = yaml.safe_load((given.run / "config.yaml").read_text())
    training, sampler, corpus = config["training"], config["sampler"], config["corpus"]
    if isinstance(training["optimizer"]["epsilon"], str):  # YAML 1.1 takes 1.0E-8 for a string
        training["optimizer"]["epsilon"] = float(training["optimizer"]["epsilon"])
    training["optimizer"]["learningRate"] *= given.rate
    tensors, vocabulary = read_safetensors(given.run / "model.safetensors")
    train, validation = cut(read_ids(corpus, vocabulary), corpus, sampler["batchSize"])
    model = Model(config["model"], tensors["linear.weight"].shape[0])
    model.load_state_dict(tensors)
    parts = optimizer(training["optimizer"], [p for p in model.parameters() if p.requires_grad])
    state = None
    for epoch in range(1, given.epochs + 1):
        start = time.perf_counter()
        for group in parts.param_groups:
            group["lr"] = rate_of(epoch, training)
        loss, state = epoch_of(model, train, sampler, training, parts, state)
        line = {"epoch": epoch, "perplexity": math.exp(loss), "loss": loss}
        line["seconds"] = time.perf_counter() - start
        if validation.shape[1]:
            line["validationPerplexity"] = math.exp(score(model, validation, sampler))
        line["learningRate"] = parts.param_groups[0]["lr"]
        print(json.dumps(line), flush=True)


main()
