"""Learning rates by PyTorch's schedulers, step by step."""

import warnings

import torch

from fixture import write

warnings.simplefilter("ignore")
STEPS = 60
s = torch.optim.lr_scheduler


def rates(make, rate=0.1):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler = make(optimizer)
    seen = []
    for _ in range(STEPS):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return seen


def one_cycle(rate, steps, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler = s.OneCycleLR(optimizer, max_lr=rate, total_steps=steps, cycle_momentum=False, **options)
    seen = []
    for step in range(steps):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step < steps - 1:
            scheduler.step()
    return seen


def plateau(losses, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = s.ReduceLROnPlateau(optimizer, **options)
    seen = []
    for loss in losses:
        scheduler.step(loss)
        seen.append(optimizer.param_groups[0]["lr"])
    return seen


def warm(optimizer, steps, after):
    rise = s.LinearLR(optimizer, start_factor=1 / (steps + 1), total_iters=steps)
    return s.SequentialLR(optimizer, [rise, after(optimizer)], milestones=[steps])


losses = [1.0, 0.9, 0.8, 0.8, 0.79999, 0.81, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75, 0.6, 0.61, 0.62, 0.63, 0.64, 0.65, 0.66,
          0.67, 0.68, 0.69, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
write("optimizer", "schedules.json", {
    "step": rates(lambda o: s.StepLR(o, step_size=7, gamma=0.3)),
    "piecewise": rates(lambda o: s.MultiStepLR(o, milestones=[5, 20, 21], gamma=0.1)),
    "exponential": rates(lambda o: s.ExponentialLR(o, gamma=0.9)),
    "polynomial": rates(lambda o: s.PolynomialLR(o, total_iters=40, power=2.5)),
    "linear": rates(lambda o: s.PolynomialLR(o, total_iters=40, power=1.0)),
    "cosine": rates(lambda o: s.CosineAnnealingLR(o, T_max=STEPS, eta_min=0.01)),
    "restarts": rates(lambda o: s.CosineAnnealingWarmRestarts(o, T_0=13, T_mult=1, eta_min=0.001)),
    "restarts_growing": rates(lambda o: s.CosineAnnealingWarmRestarts(o, T_0=5, T_mult=2)),
    "warm_up_constant": rates(lambda o: s.LinearLR(o, start_factor=1 / 11, total_iters=10)),
    "warm_up_exponential": rates(lambda o: warm(o, 10, lambda q: s.ExponentialLR(q, gamma=0.9))),
    "one_cycle": one_cycle(0.1, STEPS),
    "one_cycle_short": one_cycle(0.1, 50, pct_start=0.45),
    "losses": losses,
    "plateau": plateau(losses, patience=2, factor=0.5),
    "plateau_cooldown": plateau(losses, patience=1, factor=0.5, cooldown=3, min_lr=0.2, threshold=0.05),
})
