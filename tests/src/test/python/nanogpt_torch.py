"""nanoGPT's training for a CPU in PyTorch, with the configuration of NanoGptTest: the loss on all pieces, and how much that of single pieces varies.

Argument: tinyshakespeare.txt. Needs torch.
"""

import math
import sys
import time

import torch
import torch.nn.functional as f
from torch import nn

LENGTH, BATCH, BLOCKS, HEADS, WIDTH, STEPS, WARM_UP = 64, 12, 4, 4, 128, 2000, 100


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH, bias=False) for _ in range(2)])
        self.attention = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.attention_end = nn.Linear(WIDTH, WIDTH, bias=False)
        self.first = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.second_end = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x):
        batch, length, _ = x.shape
        q, k, v = (part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
                   for part in self.attention(self.norms[0](x)).split(WIDTH, -1))
        seen = f.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attention_end(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        return x + self.second_end(f.gelu(self.first(self.norms[1](x))))


class Gpt(nn.Module):
    def __init__(self, symbols):
        super().__init__()
        self.tokens = nn.Embedding(symbols, WIDTH)
        self.positions = nn.Embedding(LENGTH, WIDTH)
        self.blocks = nn.ModuleList([Block() for _ in range(BLOCKS)])
        self.norm = nn.LayerNorm(WIDTH, bias=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, 0, 0.02 / (math.sqrt(2 * BLOCKS) if "_end." in name else 1))

    def forward(self, x):
        h = self.tokens(x) + self.positions(torch.arange(x.shape[1]))
        for block in self.blocks:
            h = block(h)
        return self.norm(h) @ self.tokens.weight.T


def rate(step):
    if step < WARM_UP:
        return 1e-3 * (step + 1) / (WARM_UP + 1)
    return 1e-4 + 9e-4 * (1 + math.cos(math.pi * (step - WARM_UP) / (STEPS - WARM_UP))) / 2


torch.manual_seed(1337)
text = open(sys.argv[1]).read()
numbers = {symbol: number for number, symbol in enumerate(sorted(set(text)))}
data = torch.tensor([numbers[symbol] for symbol in text])
train, validation = data[: len(data) * 9 // 10], data[len(data) * 9 // 10:]
model = Gpt(len(numbers))
kernels = [parameter for parameter in model.parameters() if parameter.dim() > 1]
others = [parameter for parameter in model.parameters() if parameter.dim() < 2]
optimizer = torch.optim.AdamW([{"params": kernels, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}],
                              betas=(0.9, 0.99), fused=True)
began = time.time()
for step in range(STEPS):
    for group in optimizer.param_groups:
        group["lr"] = rate(step)
    starts = torch.randint(len(train) - LENGTH, (BATCH,))
    x = torch.stack([train[i: i + LENGTH] for i in starts])
    y = torch.stack([train[i + 1: i + LENGTH + 1] for i in starts])
    loss = f.cross_entropy(model(x).flatten(0, 1), y.flatten())
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
seconds = time.time() - began
with torch.no_grad():
    count = (len(validation) - 1) // LENGTH
    x = validation[: count * LENGTH].view(count, LENGTH)
    y = validation[1: count * LENGTH + 1].view(count, LENGTH)
    losses = torch.cat([f.cross_entropy(model(x[i: i + 64]).transpose(1, 2), y[i: i + 64], reduction="none").mean(1)
                        for i in range(0, count, 64)])
print(f"{seconds:.0f} s, loss {losses.mean():.4f}, of a piece +- {losses.std():.3f}, "
      f"of 240 pieces +- {losses.std() / math.sqrt(240):.4f}")
