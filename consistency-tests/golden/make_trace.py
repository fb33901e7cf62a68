"""Makes the golden traces: states, gates and attribution of tiny recurrent networks, by PyTorch in float64.

Run by hand, never in the build:  /usr/bin/python3 consistency-tests/golden/make_trace.py
The format of the files is in README.md.

Shapes: B batch, T time steps, V vocabulary, E embedding, H hidden, L layers, G gates.
"""

import platform
import zlib
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from make_golden import CELLS, tensor, tensors, write

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # one order of summation on every machine

V, E, H, T, B = 7, 4, 5, 4, 3
WEIGHT = 0.8  # so large that every nonlinearity is felt
GATES = {"rnn": ["h"], "gru": ["r", "z", "n"], "lstm": ["i", "f", "g", "o"]}


class CharacterModel(nn.Module):
    def __init__(self, cell, layers, embedding):
        super().__init__()
        if embedding:
            self.embedding = nn.Embedding(V, embedding)
        self.rnn = CELLS[cell](embedding or V, H, layers)  # time-major
        self.linear = nn.Linear(H, V)

    def vectors(self, ids):
        """ids [T, B] -> what the first layer reads, [T, B, E or V]"""
        return self.embedding(ids) if hasattr(self, "embedding") else functional.one_hot(ids, V).double()


def uniform(*shape):
    """Numbers that float32 has, too: an engine in single precision starts from the same ones."""
    return torch.empty(shape).uniform_(-WEIGHT, WEIGHT).float().double()


def step(cell, from_input, from_hidden, h, c):
    """One time step by the formulas: W_ih x + b_ih and W_hh h + b_hh, [B, G*H] -> gates, h', c'"""
    if cell == "rnn":
        after = torch.tanh(from_input + from_hidden)
        return [after], after, None
    if cell == "gru":
        (r_x, z_x, n_x), (r_h, z_h, n_h) = from_input.chunk(3, 1), from_hidden.chunk(3, 1)
        r, z = torch.sigmoid(r_x + r_h), torch.sigmoid(z_x + z_h)
        n = torch.tanh(n_x + r * n_h)
        return [r, z, n], (1 - z) * n + z * h, None
    i, f, g, o = (from_input + from_hidden).chunk(4, 1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    after = f * c + i * g
    return [i, f, g, o], o * torch.tanh(after), after


def trace(rnn, cell, layers, x, before):
    """The states and gates after every time step, [T, B, H] each, and what the last layer gives."""
    named = {}
    for k in range(layers):
        w_ih, w_hh, b_ih, b_hh = (getattr(rnn, f"{name}_l{k}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        h, c = before["hidden"][k], before["cell"][k] if "cell" in before else None
        rows = []  # of each time step: gates, h', c'
        for t in range(T):
            gates, h, c = step(cell, x[t] @ w_ih.T + b_ih, h @ w_hh.T + b_hh, h, c)
            rows.append((gates, h, c))
        x = named[f"l{k}.hidden"] = torch.stack([h for _, h, _ in rows])
        if c is not None:
            named[f"l{k}.cell"] = torch.stack([c for _, _, c in rows])
        for g, gate in enumerate(GATES[cell]):
            named[f"l{k}.gate.{gate}"] = torch.stack([gates[g] for gates, _, _ in rows])
    return named, x


def make(cell, layers):
    torch.manual_seed(zlib.crc32(f"trace {cell} {layers}".encode()))
    embedding = None if layers == 1 else E
    model = CharacterModel(cell, layers, embedding)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(uniform(*parameter.shape))
    before = {name: uniform(layers, B, H) for name in (["hidden", "cell"] if cell == "lstm" else ["hidden"])}
    inputs, targets, tokens = torch.randint(V, (T, B)), torch.randint(V, (T, B)), torch.randint(V, (B,))

    x = model.vectors(inputs).detach().requires_grad_()
    named, expected = trace(model.rnn, cell, layers, x, before)
    state = (before["hidden"], before["cell"]) if cell == "lstm" else before["hidden"]
    outputs, after = model.rnn(x, state)
    after = after if cell == "lstm" else (after,)
    assert torch.allclose(outputs, expected, rtol=0, atol=1e-14)
    for name, values in zip(before, after):
        last = torch.stack([named[f"l{k}.{name}"][-1] for k in range(layers)])
        assert torch.allclose(values, last, rtol=0, atol=1e-14)

    logits = model.linear(outputs[-1])  # [B, V]
    logits[range(B), tokens].sum().backward()  # the sequences don't see each other
    attribution = (x.grad * x).sum(2)  # [T, B]

    path = Path(__file__).parent / "trace" / f"{cell}-{layers}.json"
    path.parent.mkdir(exist_ok=True)
    write(path, {
        "made": {"torch": torch.__version__, "python": platform.python_version(), "dtype": "float64"},
        "model": {"cell": cell, "hidden": H, "layers": layers, "embedding": embedding,
                  "tieWeights": False, "recurrentBias": True, "vocabulary": V},
        "batchSize": B,
        "steps": T,
        "batches": [{"inputs": inputs.flatten().tolist(), "targets": targets.flatten().tolist()}],
        "initial": tensors(model.state_dict()),
        "before": tensors(before),
        "tokens": tokens.tolist(),
        "trace": tensors(named),
        "attribution": tensor(attribution),
    })


def main():
    for cell in CELLS:
        for layers in (1, 2):
            make(cell, layers)


if __name__ == "__main__":
    main()
