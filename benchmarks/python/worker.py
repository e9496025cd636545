"""Runs one model with one framework in a process of its own, a round at a time, whenever the driver says so.

The same as Cajal's `Worker`: first some steps, then a line of JSON that says how long each took, and the numbers to compare. Each line
`round SECONDS STEPS` on standard input makes steps for that time, at least so many, and is answered by a line of JSON with their quantiles.
The end of the input ends it.

    worker.py FRAMEWORK VARIANT MODEL INPUTS SPAWNED STEPS THREADS
"""

import json
import os
import sys
import time

from figures import CHECKED_STEPS


def main(framework, variant, name, inputs, spawned, steps, threads):
    # Standard output is for the driver alone; what libraries print goes to standard error.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(**message):
        print(json.dumps(message), file=out, flush=True)

    try:
        import frameworks
        import model
        import tensors

        version = frameworks.start(framework, variant, int(threads))
        run = getattr(model.all_models()[name], framework)(tensors.read(inputs), variant)
        say(event="ready", version=version, **first_steps(run, int(spawned) / 1e3, int(steps)))
        for line in sys.stdin:
            _, seconds, steps = line.split()
            say(event="round", **round_of(run, float(seconds), int(steps)))
    except Exception as failure:
        say(event="failed", message=f"{type(failure).__name__}: {failure}"[:2000])


def first_steps(run, spawned, steps):
    trace, checks = [], []
    for step in range(1, steps + 1):
        begin = time.perf_counter()
        run.step()
        duration = time.perf_counter() - begin
        trace.append([time.time() - spawned, duration])
        if step in CHECKED_STEPS:
            checks.append(run.check())
    return {"checks": checks, "trace": trace}


def round_of(run, seconds, minimum):
    times = []
    clock, step = time.perf_counter, run.step
    start = clock()
    while len(times) < minimum or clock() - start < seconds:
        begin = clock()
        step()
        times.append(clock() - begin)
    times.sort()
    last = len(times) - 1
    return {"count": len(times), "quantiles": [times[int(last * i / 100 + 0.5)] for i in range(101)]}


if __name__ == "__main__":
    main(*sys.argv[1:])
