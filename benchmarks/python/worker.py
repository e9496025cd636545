"""Runs one model with one framework in a process of its own, a round at a time, whenever the driver says so.

The same as Cajal's `Worker`: first the steps of the warm-up, then a line of JSON that says so. Each line `round SECONDS STEPS` on standard
input makes steps for that time, at least so many, and is answered by a line of JSON with their quantiles. The end of the input ends it.

    worker.py FRAMEWORK VARIANT MODEL INPUTS SPAWNED WARMUP THREADS
"""

import json
import os
import statistics
import sys
import time

CHECKED_STEPS = (1, 10, 20)
WARM_UP_STEPS = 20
TRACE_RESOLUTION = 0.01
LONGEST_WARM_UP = 6


def main(framework, variant, name, inputs, spawned, warmup, threads):
    # Standard output is for the driver alone; what libraries print goes to standard error.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(**message):
        print(json.dumps(message), file=out, flush=True)

    try:
        import frameworks
        import model
        import tensors

        version = frameworks.start(framework, int(threads))
        run = getattr(model.all_models()[name], framework)(tensors.read(inputs), variant)
        if run is None:
            return say(event="none")
        say(event="ready", version=version, **warm_up(run, int(spawned) / 1e3, float(warmup)))
    except Exception as failure:
        return say(event="failed", message=f"{type(failure).__name__}: {failure}"[:2000])
    for line in sys.stdin:
        _, seconds, steps = line.split()
        say(event="round", **round_of(run, float(seconds), int(steps)))


def warm_up(run, spawned, seconds):
    """Takes steps for so many seconds, and longer as long as they still become faster."""
    trace, checks, group, grouped, step, first, limit = [], [], 0.0, 0, 0, None, seconds
    start = time.perf_counter()
    while step < WARM_UP_STEPS or time.perf_counter() - start < limit:
        begin = time.perf_counter()
        run.step()
        group += time.perf_counter() - begin
        step, grouped = step + 1, grouped + 1
        if step == 1:
            first = time.time() - spawned
        if step == 1 or group >= TRACE_RESOLUTION:
            trace.append([time.time() - spawned, group / grouped])
            group, grouped = 0.0, 0
        if step in CHECKED_STEPS:
            checks.append(run.check())
        if time.perf_counter() - start >= limit and limit < LONGEST_WARM_UP * seconds and not is_settled(trace):
            limit *= 1.5
    return {"first": first, "checks": checks, "trace": trace}


def is_settled(trace):
    """Whether the last quarter of the steps is not faster than the quarter before by more than a twentieth."""
    quarter = len(trace) // 4
    if quarter == 0:
        return True
    times = [duration for _, duration in trace]
    return statistics.median(times[-quarter:]) >= 0.95 * statistics.median(times[-2 * quarter : -quarter])


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
