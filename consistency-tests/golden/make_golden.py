"""Makes the golden numbers: tiny recurrent networks, trained for ten batches by PyTorch in float64.

Run by hand, never in the build:  /usr/bin/python3 consistency-tests/golden/make_golden.py
The format of the files is in README.md.

Shapes: B batch, T time steps, V vocabulary, E embedding, H hidden, L layers, G gates.
"""

import itertools
import json
import math
import platform
import zlib
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # one order of summation on every machine

V, T, B = 11, 5, 3
BATCHES = 10
INIT_SCALE = 0.3
CELLS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
# epsilon above PyTorch's 1e-8: an Adam that adds it to the uncorrected root then differs visibly
OPTIMIZERS = {
    "sgd": {"type": "sgd", "learningRate": 0.5, "momentum": 0.0},
    "momentum": {"type": "sgd", "learningRate": 0.1, "momentum": 0.9},
    "adam": {"type": "adam", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-6},
    "adamw": {"type": "adamw", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-6,
              "weightDecay": 0.1},
    "rmsprop": {"type": "rmsprop", "learningRate": 0.01, "alpha": 0.99, "epsilon": 1e-6},
}


class CharacterModel(nn.Module):
    def __init__(self, spec):
        super().__init__()
        embedding, hidden = spec["embedding"], spec["hidden"]
        if embedding:
            self.embedding = nn.Embedding(V, embedding)
        self.rnn = CELLS[spec["cell"]](embedding or V, hidden, spec["layers"])  # time-major
        self.linear = nn.Linear(hidden, V)
        if spec["tieWeights"]:
            self.linear.weight = self.embedding.weight
        for name, parameter in self.named_parameters():
            parameter.requires_grad = spec["recurrentBias"] or "bias_hh" not in name

    def forward(self, ids, state):
        """ids [T, B] -> logits [T, B, V]; state h [L, B, H], for lstm the pair (h, c)"""
        embedded = hasattr(self, "embedding")
        x = self.embedding(ids) if embedded else functional.one_hot(ids, V).double()  # [T, B, E or V]
        outputs, state = self.rnn(x, state)  # outputs [T, B, H]
        return self.linear(outputs), state

    def trained(self):
        """The trained parameters by name; tied weights appear once, as embedding.weight."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}


@torch.no_grad()
def initialize(model, init, hidden):
    bound = 1 / math.sqrt(hidden)
    for name, parameter in model.named_parameters():
        if init == "normal":
            parameter.zero_() if "bias" in name else parameter.normal_(0, INIT_SCALE)
        elif name == "embedding.weight":
            parameter.normal_(0, 1)
        else:
            parameter.uniform_(-bound, bound)
        if not parameter.requires_grad:  # bias_hh without recurrentBias
            parameter.zero_()
        parameter.copy_(parameter.float().double())  # a float32 engine starts from the same numbers


def create_optimizer(parameters, spec):
    rate = spec["learningRate"]
    if spec["type"] == "sgd":
        return torch.optim.SGD(parameters, rate, momentum=spec["momentum"])
    if spec["type"] == "adam":
        return torch.optim.Adam(parameters, rate, betas=(spec["beta1"], spec["beta2"]), eps=spec["epsilon"])
    if spec["type"] == "adamw":
        return torch.optim.AdamW(parameters, rate, betas=(spec["beta1"], spec["beta2"]), eps=spec["epsilon"],
                                 weight_decay=spec["weightDecay"])
    return torch.optim.RMSprop(parameters, rate, alpha=spec["alpha"], eps=spec["epsilon"])


def clip(gradients, norm, clip_norm, clip_value):
    for g in gradients:
        if clip_norm is not None:
            g.mul_(min(1.0, clip_norm / norm))
        if clip_value is not None:
            g.clamp_(-clip_value, clip_value)


def detach(state):
    return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


def tensor(t):
    return {"shape": list(t.shape), "data": t.detach().flatten().tolist()}


def tensors(named):
    return {name: tensor(t) for name, t in named.items()}


def random_batch():
    return {"inputs": torch.randint(V, (T, B)), "targets": torch.randint(V, (T, B))}


def train(name, spec, init, training, keep_first):
    # the cases that differ in the optimizer alone share their parameters and batches
    torch.manual_seed(zlib.crc32(json.dumps([spec, init]).encode()))
    model = CharacterModel(spec)
    initialize(model, init, spec["hidden"])
    batches = [random_batch() for _ in range(BATCHES)]
    golden = {
        "made": {"torch": torch.__version__, "python": platform.python_version(), "dtype": "float64"},
        "model": spec,
        "training": training,
        "batchSize": B,
        "steps": T,
        "batches": [{key: ids.flatten().tolist() for key, ids in batch.items()} for batch in batches],
        "initial": tensors(model.state_dict()),
    }

    trained = model.trained()
    optimizer = create_optimizer(trained.values(), training["optimizer"])
    state = None  # zero
    losses, norms = [], []
    for batch in batches:
        logits, state = model(batch["inputs"], state)
        state = detach(state)  # carried to the next batch without gradient
        loss = functional.cross_entropy(logits.view(T * B, V), batch["targets"].view(T * B))
        optimizer.zero_grad()
        loss.backward()
        gradients = {key: p.grad for key, p in trained.items()}
        norm = math.sqrt(sum((g * g).sum().item() for g in gradients.values()))
        unclipped = tensors(gradients)
        clip(gradients.values(), norm, training["clipNorm"], training["clipValue"])
        optimizer.step()
        losses.append(loss.item())
        norms.append(norm)
        if keep_first and len(losses) == 1:
            h, c = state if isinstance(state, tuple) else (state, None)
            golden["first"] = {
                "logits": tensor(logits),
                "loss": loss.item(),
                "gradients": unclipped,
                "gradientNorm": norm,
                "updated": tensors(model.state_dict()),
                "state": tensors({"h": h} if c is None else {"h": h, "c": c}),
            }
    golden.update(losses=losses, gradientNorms=norms, final=tensors(model.state_dict()))
    write(Path(__file__).with_name(name + ".json"), golden)


def write(path, golden):
    """JSON, one line for each tensor and each list."""

    def lines(value, indent):
        if not isinstance(value, dict) or "data" in value or "inputs" in value:
            return json.dumps(value, separators=(",", ":"))  # floats as repr: they round-trip
        inner = ",\n".join(f'{indent} "{k}": {lines(v, indent + " ")}' for k, v in value.items())
        return "{\n" + inner + "\n" + indent + "}"

    path.write_text(lines(golden, "") + "\n", encoding="utf-8")


def model_spec(cell, layers, embedding=None, hidden=5, recurrent_bias=False, tied=False):
    return {"cell": cell, "hidden": hidden, "layers": layers, "embedding": embedding,
            "tieWeights": tied, "recurrentBias": recurrent_bias, "vocabulary": V}


def training_spec(optimizer, clip_norm=None, clip_value=None):
    return {"optimizer": OPTIMIZERS[optimizer], "clipNorm": clip_norm, "clipValue": clip_value}


def main():
    train("rnn-sgd-clip", model_spec("rnn", 1, hidden=6), "normal", training_spec("sgd", clip_norm=0.1), True)
    train("rnn-momentum", model_spec("rnn", 1, hidden=6, recurrent_bias=True), "pytorch",
          training_spec("momentum"), True)

    for cell, layers, embedding, init, optimizer in itertools.product(
            CELLS, (1, 2), (None, 4), ("normal", "pytorch"), ("sgd", "momentum", "adam", "rmsprop")):
        name = f"{cell}-{layers}-{'embedding' if embedding else 'onehot'}-{init}-{optimizer}"
        spec = model_spec(cell, layers, embedding, recurrent_bias=init == "pytorch")
        train(name, spec, init, training_spec(optimizer), keep_first=optimizer == "sgd")

    tied = model_spec("lstm", 2, embedding=5, recurrent_bias=True, tied=True)
    train("lstm-2-tied-pytorch-adam", tied, "pytorch", training_spec("adam"), True)
    for cell in CELLS:
        spec = model_spec(cell, 2, embedding=4, recurrent_bias=True)
        train(f"{cell}-2-embedding-pytorch-adamw", spec, "pytorch", training_spec("adamw", clip_norm=0.5), False)
    embedded = model_spec("lstm", 2, embedding=4, recurrent_bias=True)
    train("lstm-2-embedding-pytorch-clipvalue", embedded, "pytorch", training_spec("sgd", clip_value=0.005), True)


if __name__ == "__main__":
    main()
