"""The training of Multi30kTest in PyTorch: the model and settings of B. Trevett's sixth notebook, on the words of this data, which are not the notebook's. Prints losses for each token by epoch.

Arguments: the folder multi30k, and the number of epochs. Needs torch.
"""

import collections
import random
import sys
import time

import torch
import torch.nn.functional as f
from torch import nn

WIDTH, HEADS, HIDDEN, BLOCKS, DROPOUT, LENGTH, BATCH = 256, 8, 512, 3, 0.1, 100, 128
PADDING, UNKNOWN, BEGINNING, END = range(4)


def lines(folder, part, language):
    return [line.split() for line in open(f"{folder}/{part}.lc.norm.tok.{language}")]


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x, source, mask):
        q, k, v = (layer(y).view(y.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)
                   for layer, y in ((self.q, x), (self.k, source), (self.v, source)))
        scores = (q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5).masked_fill(~mask, -1e10)
        seen = f.dropout(scores.softmax(-1), DROPOUT, self.training) @ v
        return self.out(seen.transpose(1, 2).reshape(x.shape))


class Side(nn.Module):
    """An encoder, or a decoder where there is a source."""

    def __init__(self, tokens, attentions):
        super().__init__()
        self.table = nn.Embedding(tokens, WIDTH)
        self.positions = nn.Embedding(LENGTH, WIDTH)
        self.attentions = nn.ModuleList(
            nn.ModuleList(Attention() for _ in range(attentions)) for _ in range(BLOCKS))
        self.norms = nn.ModuleList(
            nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(attentions + 1)) for _ in range(BLOCKS))
        self.first = nn.ModuleList(nn.Linear(WIDTH, HIDDEN) for _ in range(BLOCKS))
        self.second = nn.ModuleList(nn.Linear(HIDDEN, WIDTH) for _ in range(BLOCKS))

    def drop(self, x):
        return f.dropout(x, DROPOUT, self.training)

    def forward(self, tokens, mask, source=None, source_mask=None):
        x = self.drop(self.table(tokens) * WIDTH ** 0.5 + self.positions(torch.arange(tokens.shape[1])))
        for block in range(BLOCKS):
            for i, attention in enumerate(self.attentions[block]):
                seen = attention(x, x, mask) if i == 0 else attention(x, source, source_mask)
                x = self.norms[block][i](x + self.drop(seen))
            hidden = self.drop(torch.relu(self.first[block](x)))
            x = self.norms[block][-1](x + self.drop(self.second[block](hidden)))
        return x


class Translator(nn.Module):
    def __init__(self, sources, targets):
        super().__init__()
        self.encoder, self.decoder, self.out = Side(sources, 1), Side(targets, 2), nn.Linear(WIDTH, targets)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)

    def forward(self, source, target):
        there = (source != PADDING)[:, None, None, :]
        causal = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).tril()
        return self.out(self.decoder(target, (target != PADDING)[:, None, None, :] & causal,
                                     self.encoder(source, there), there))


def batches(pairs, shuffled):
    """Of pairs of similar length."""
    order = sorted(pairs, key=lambda pair: (len(pair[0]), random.random()))
    found = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
    if shuffled:
        random.shuffle(found)
    for batch in found:
        yield [nn.utils.rnn.pad_sequence([torch.tensor(pair[side]) for pair in batch], True, PADDING)
               for side in range(2)]


def loss(model, source, target):
    logits = model(source, target[:, :-1])
    return f.cross_entropy(logits.reshape(-1, logits.shape[-1]), target[:, 1:].reshape(-1), ignore_index=PADDING)


torch.manual_seed(1234)
random.seed(1234)
folder, epochs = sys.argv[1], int(sys.argv[2])
numbers = {}
for language in ("de", "en"):
    counts = collections.Counter(word for line in lines(folder, "train", language) for word in line)
    kept = [word for word, count in counts.items() if count > 1]
    numbers[language] = {word: 4 + i for i, word in enumerate(kept)}
encoded = {part: [[[BEGINNING] + [numbers[language].get(word, UNKNOWN) for word in line[:LENGTH - 2]] + [END]
                   for language, line in zip(("de", "en"), pair)]
                  for pair in zip(lines(folder, part, "de"), lines(folder, part, "en"))]
           for part in ("train", "val", "test_2016_flickr")}
model = Translator(4 + len(numbers["de"]), 4 + len(numbers["en"]))
print(f"{sum(p.numel() for p in model.parameters()):,} parameters")
adam = torch.optim.Adam(model.parameters(), lr=5e-4)


def measured(part):
    model.eval()
    total = count = 0
    with torch.no_grad():
        for source, target in batches(encoded[part], False):
            tokens = (target[:, 1:] != PADDING).sum().item()
            total += loss(model, source, target).item() * tokens
            count += tokens
    return total / count


for epoch in range(1, epochs + 1):
    model.train()
    began, total, steps = time.time(), 0, 0
    for source, target in batches(encoded["train"], True):
        adam.zero_grad()
        error = loss(model, source, target)
        error.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        adam.step()
        total, steps = total + error.item(), steps + 1
    print(f"epoch {epoch}: training {total / steps:.3f}, validation {measured('val'):.3f}, "
          f"test {measured('test_2016_flickr'):.3f}, {time.time() - began:.0f} s", flush=True)
