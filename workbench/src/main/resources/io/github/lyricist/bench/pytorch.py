"""PyTorch's own modules as an engine of `lyricist bench`: the other end of RemoteEngine, see there.

A training step is what an epoch of ours has: nn.Embedding, nn.RNN, nn.GRU or nn.LSTM, nn.Linear, the
mean cross-entropy of all positions, its gradient, clipped by its norm, and a step of SGD; on a GPU
where there is one, as the engines have it. Of the model as it is and the same one traced (torch.jit)
the faster is taken.
"""

import argparse
import platform
import resource
import sys
import time

try:
    import torch
    from torch import nn
except ImportError as e:
    sys.exit(f"lyricist: {sys.executable} can't load PyTorch ({e}); name a Python that has it")

ANSWER = "= "
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
PRODUCT_SIZE = 768
PRODUCTS = 5
BATCHES = 8
TRIALS = 10
LEARNING_RATE = 100.0
CLIP_NORM = 0.01
CELLS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Model(nn.Module):
    """int64[T*B] token ids in, float[T*B*V] logits out; the state begins as zero."""

    def __init__(self, cell, hidden, vocabulary, embedding, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.recurrent = CELLS[cell](embedding, hidden, layers)
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, ids):
        return self.output(self.recurrent(self.embedding(ids))[0])


class Clock:
    """Takes steps of one workload, and the time of each."""

    def __init__(self, cell, hidden, vocabulary, batch, steps, embedding, layers):
        torch.manual_seed(1)
        self.vocabulary = vocabulary
        self.batches = [torch.randint(vocabulary, (2, steps, batch), device=DEVICE) for _ in range(BATCHES)]
        self.next = 0
        model = Model(cell, hidden, vocabulary, embedding, layers).to(DEVICE)
        self.optimizer = torch.optim.SGD(model.parameters(), LEARNING_RATE)
        self.parameters = list(model.parameters())
        forms = [model, torch.jit.trace(model, self.batches[0][0])]
        self.model = min(forms, key=self.best)

    def best(self, model):
        return min(self.step(model) for _ in range(TRIALS))

    def step(self, model):
        ids, following = self.batches[self.next % BATCHES]
        self.next += 1
        start = time.perf_counter()
        self.optimizer.zero_grad(set_to_none=True)
        logits = model(ids).view(-1, self.vocabulary)
        loss = nn.functional.cross_entropy(logits, following.view(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, CLIP_NORM)
        self.optimizer.step()
        loss.item()  # which waits for a GPU
        return 1000 * (time.perf_counter() - start)

    def measure(self, count):
        return [self.step(self.model) for _ in range(count)]


def product_gigaflops(square):
    most = 0.0
    for _ in range(PRODUCTS):
        start = time.perf_counter()
        torch.mm(square, square)[0, 0].item()
        most = max(most, 2 * PRODUCT_SIZE**3 / (time.perf_counter() - start) / 1e9)
    return most


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    torch.set_num_threads(parser.parse_args().threads)
    square = torch.rand(PRODUCT_SIZE, PRODUCT_SIZE, device=DEVICE)
    clock = None

    def say(answer):
        print(f"{ANSWER}{answer}", flush=True)

    say(f"PyTorch {torch.__version__}, its own modules, from Python {platform.python_version()} on {DEVICE}")
    for question in sys.stdin:
        word, *numbers = question.split()
        if word == "load":
            clock = None  # the memory of the one before
            clock = Clock(numbers[0], *map(int, numbers[1:]))
            say("loaded")
        elif word == "steps":
            say(" ".join(map(str, clock.measure(int(numbers[0])))))
        elif word == "memory":
            say(1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        else:
            say(product_gigaflops(square))


main()
