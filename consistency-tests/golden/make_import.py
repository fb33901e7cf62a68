"""Makes the golden imports: tiny PyTorch models as safetensors files, with the logits they compute.

Run by hand, never in the build:  /usr/bin/python3 consistency-tests/golden/make_import.py

Shapes: T time steps, V vocabulary, E embedding, H hidden.
"""

import json
import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(1)  # one order of summation on every machine

OUT = Path(__file__).parent / "import"
CHARACTERS = ["z", "\n", "分", "a", "😀"]  # in no order that means anything
TEXT = "分a\nz😀😀a分"
V, H = len(CHARACTERS), 3
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16"}


def save(tensors, path, metadata):
    """What safetensors.torch.save_file does (Debian has no safetensors)."""
    header, data = {"__metadata__": metadata} if metadata else {}, b""
    for name, tensor in tensors.items():
        two_bytes = tensor.element_size() == 2  # NumPy has no bfloat16
        values = tensor.contiguous()
        raw = (values.view(torch.int16) if two_bytes else values).numpy().tobytes()
        offsets = [len(data), len(data) + len(raw)]
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class WordLanguageModel(nn.Module):
    """With the names of pytorch/examples' word_language_model."""

    def __init__(self, cell, embedding, layers=1, bias=True, tied=False):
        super().__init__()
        self.encoder = nn.Embedding(V, embedding)
        self.rnn = cell(embedding, H, layers, bias=bias)
        self.decoder = nn.Linear(H, V)
        if tied:
            self.decoder.weight = self.encoder.weight

    def forward(self, ids):
        """ids [T] -> logits [T, V]"""
        return self.decoder(self.rnn(self.encoder(ids))[0])


class OneHotModel(nn.Module):
    def __init__(self, cell, bias=True):
        super().__init__()
        self.model = nn.ModuleDict({"gru": cell(V, H, bias=bias), "dense": nn.Linear(H, V)})

    def forward(self, ids):
        x = functional.one_hot(ids, V).to(self.model.dense.weight.dtype)
        return self.model.dense(self.model.gru(x)[0])


def make(name, model, dtype, vocabulary, drop=()):
    """drop: names of tensors that are others by another name, left out as safetensors does"""
    model = model.to(dtype)
    tensors = {k: v.detach() for k, v in model.state_dict().items() if k not in dict(drop)}
    save(tensors, OUT / f"{name}.safetensors", dict(drop))
    (OUT / f"{name}.vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    ids = torch.tensor([CHARACTERS.index(c) for c in TEXT])
    logits = model.double()(ids).tolist()  # of the numbers as the file has them
    golden = {"text": TEXT, "characters": CHARACTERS, "logits": logits}
    (OUT / f"{name}.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")


OUT.mkdir(exist_ok=True)
torch.manual_seed(1)
by_character = {c: i for i, c in enumerate(CHARACTERS)}
by_id = dict(enumerate(CHARACTERS))
alias = {"encoder.weight": "decoder.weight"}.items()
make("lstm-2-f32", WordLanguageModel(nn.LSTM, 4, layers=2), torch.float32, CHARACTERS)
make("gru-onehot-nobias-f64", OneHotModel(nn.GRU, bias=False), torch.float64, by_character)
make("rnn-tied-f16", WordLanguageModel(nn.RNN, H, tied=True), torch.float16, by_id, drop=alias)
make("lstm-nobias-tied-bf16", WordLanguageModel(nn.LSTM, H, bias=False, tied=True), torch.bfloat16, by_id)
