"""Compares Cajal with its peers: the same models, weights, data, threads and processors, in rounds that take turns."""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

import frameworks
import install
import report
from install import say
from model import all_models
from process import Process, WorkerFailed

TOLERANCE = 1e-4
#: the share of the processors that others may take in a turn
UNDISTURBED = 0.1
MACHINE = ["peak-product", "peak-memory"]


def main():
    options = _options()
    if options.read:
        results = json.loads(pathlib.Path(options.read).read_text())
    else:
        results = _measure_all(options)
    if options.json:
        for line in report.json_lines(results):
            print(json.dumps(line))
    else:
        print(report.text(results))
    if options.docs:
        report.write_docs(results, install.REPOSITORY / "docs")
    wrong = [text for model in results["models"] for text in model["disagreements"]]
    failed = [f"{m['model']}: {f}" for m in results["models"] for f in m["failures"] if f.startswith("cajal")]
    for text in wrong + failed:
        say("WRONG: " + text)
    sys.exit(1 if wrong or failed else 0)


def _options():
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    names = list(frameworks.VARIANTS)
    parser.add_argument("--models", help="with commas between; all if left out")
    parser.add_argument("--peers", default=",".join(names),
                        help="with commas between, or none; one variant of a peer as pytorch:eager; %(default)s if left out")
    parser.add_argument("--threads", type=int, default=len(_processors() or [0]), help="all processors if left out")
    parser.add_argument("--rounds", type=int, default=15, help="turns of each framework; %(default)s if left out")
    parser.add_argument("--seconds", type=float, default=0.4, help="of one turn; %(default)s if left out")
    parser.add_argument("--warmup", type=float, default=4,
                        help="seconds of steps before the first turn, and up to six times as many until they become no faster; %(default)s")
    parser.add_argument("--json", action="store_true", help="print one line of JSON for each model, and nothing else")
    parser.add_argument("--out", metavar="FILE", help="write everything that was measured to a file")
    parser.add_argument("--read", metavar="FILE", help="do not measure, but report what --out wrote")
    parser.add_argument("--docs", action="store_true", help="put table and picture into docs/performance.md")
    options = parser.parse_args()
    options.peers = _chosen([] if options.peers == "none" else options.peers.split(","), parser.error)
    if _processors() and options.threads > len(_processors()):
        parser.error(f"there are only {len(_processors())} processors")
    return options


def _chosen(words, refuse):
    """The variants of each peer: {"pytorch": ["eager"], ...}."""
    chosen = {}
    for word in words:
        peer, _, variant = word.partition(":")
        known = frameworks.VARIANTS.get(peer)
        if known is None:
            refuse(f"there is no peer {peer}, only {', '.join(frameworks.VARIANTS)}")
        if variant and variant not in known:
            refuse(f"{peer} has no variant {variant}, only {', '.join(known)}")
        chosen[peer] = chosen.get(peer, []) + ([variant] if variant else known)
    return chosen


def _processors():
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def _measure_all(options):
    peers, missing = install.peers(options.peers)
    install.cajal()
    models = all_models()
    wanted = options.models.split(",") if options.models else [name for name in models if name not in MACHINE]
    unknown = set(wanted) - set(models)
    if unknown:
        sys.exit(f"benchmarks/run: there is no model {', '.join(sorted(unknown))}, only {', '.join(models)}")
    started = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="minutes")
    results = {
        "started": started,
        "processor": _processor_name(),
        "threads": options.threads,
        "rounds": options.rounds,
        "cajal": install.cajal_version(),
        "missing": missing,
        "models": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        # The machine first: all others are shares of it.
        for name in MACHINE + [name for name in wanted if name not in MACHINE]:
            results["models"].append(_measure(models[name], peers, options, folder))
            _save(results, options)
    return results


def _save(results, options):
    """After each model, so that a run that is stopped was not for nothing."""
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps(results, indent=1))


def _measure(model, peers, options, folder):
    import tensors

    say(f"{model.name}: {model.title}")
    inputs = os.path.join(folder, "inputs.safetensors")
    tensors.write(inputs, model.inputs())
    before = _cpu_times()
    workers, failures = _start(model, peers, options, folder, inputs)
    try:
        rounds, disturbed = _rounds(workers, options) if workers else ([], 0)
        runs = [_summary(worker, [turns[worker] for turns in rounds], model) for worker in workers]
    finally:
        for worker in workers:
            worker.end()
    return {
        "model": model.name, "title": model.title, "kind": model.kind, "flops": model.flops, "bytes": model.bytes,
        "memory_bound": model.is_memory_bound, "load": os.getloadavg()[1], "stolen": _stolen(before, _cpu_times()),
        "disturbed": disturbed, "runs": runs, "failures": failures, "disagreements": _disagreements(model, runs),
    }


def _rounds(workers, options):
    """The rounds that count, each with the quantiles of every worker, and how many of them other programs disturbed.

    A round that was disturbed is made again, up to as many as were asked for. Where that was not enough, the least disturbed ones count.
    """
    made = []
    while sum(share <= UNDISTURBED for share, _ in made) < options.rounds and len(made) < 2 * options.rounds:
        # Another one is first in each round, so that no one always follows the same.
        shift = len(made) % len(workers)
        turns, worst = {}, 0.0
        for worker in workers[shift:] + workers[:shift]:
            time.sleep(0.02)
            watch = _Watch(worker)
            turns[worker] = worker.round(options.seconds, 2)
            worst = max(worst, watch.others())
        made.append((worst, turns))
        say(f"  round {len(made)}, others took up to {100 * worst:.0f} %: " + ", ".join(
            f"{_label(w.framework, w.variant)} {turns[w][50] * 1e3:.3g} ms" for w in workers))
    made.sort(key=lambda pair: pair[0])
    counted = made[: options.rounds]
    return [turns for _, turns in counted], sum(share > UNDISTURBED for share, _ in counted)


class _Watch:
    """How much of all processors others use while a worker has its turn."""

    def __init__(self, worker):
        self._worker = worker
        self._all, self._own = _cpu_times(), worker.processor_ticks()

    def others(self):
        after, own = _cpu_times(), self._worker.processor_ticks()
        if not after or own is None:
            return 0.0
        spent = [b - a for a, b in zip(self._all, after)]
        idle = spent[3] + spent[4]
        return max(0.0, (sum(spent[:8]) - idle - (own - self._own)) / max(1, sum(spent[:8])))


def _start(model, peers, options, folder, inputs):
    processors = _processors()
    processors = processors and processors[: options.threads]
    candidates = [("cajal", "")]
    for peer in peers:
        if hasattr(model, peer):
            candidates += [(peer, variant) for variant in options.peers[peer]]
    workers, failures = [], []
    for framework, variant in candidates:
        log = os.path.join(folder, f"{framework}-{variant}.log")
        try:
            worker = Process(framework, variant, model, inputs, options.threads, processors, options.warmup, log)
            if worker.ready["event"] == "none":
                worker.end()
                continue
            workers.append(worker)
            say(f"  {_label(framework, variant)}: first step after {worker.ready['first']:.2f} s")
        except WorkerFailed as failure:
            failures.append(f"{_label(framework, variant)}: {failure}")
            say(f"  {failures[-1]}")
    return workers, failures


def _label(framework, variant):
    return f"{framework} {variant}".strip()


def _summary(worker, rounds, model):
    # Each round counts the same, whatever the number of its steps.
    pooled = sorted(quantile for quantiles in rounds for quantile in quantiles)
    median = statistics.median(pooled)
    trace = worker.ready["trace"]
    return {
        "framework": worker.framework, "variant": worker.variant, "version": worker.ready["version"],
        "median": median, "p10": pooled[len(pooled) // 10], "p90": pooled[len(pooled) * 9 // 10],
        "rounds": [quantiles[50] for quantiles in rounds],
        "first": worker.ready["first"], "ready": _when_ready(trace, median),
        "memory": worker.peak_memory(), "checks": worker.ready["checks"],
    }


def _when_ready(trace, median):
    """Seconds from the start of the process until steps take at most a quarter more than they do in the end, and stay so."""
    for i, (when, duration) in enumerate(trace):
        if duration <= 1.25 * median and statistics.median(d for _, d in trace[i : i + 5]) <= 1.25 * median:
            return when
    return None


def _disagreements(model, runs):
    own = next((run for run in runs if run["framework"] == "cajal"), None)
    found = []
    for run in runs:
        for step, mine, other in zip((1, 10, 20), own["checks"] if own else [], run["checks"]):
            # Also if one of them is NaN.
            if not abs(mine - other) <= TOLERANCE * abs(other):
                found.append(f"{model.name}, step {step}: Cajal has {mine:.9g}, "
                             f"{_label(run['framework'], run['variant'])} {other:.9g}")
    return found


def _cpu_times():
    try:
        with open("/proc/stat") as stat:
            return [int(word) for word in stat.readline().split()[1:]]
    except OSError:
        return None


def _stolen(before, after):
    """The share of the processors' time that the host of a virtual machine kept for itself."""
    if not before or not after:
        return None
    spent = [b - a for a, b in zip(before, after)]
    return spent[7] / max(1, sum(spent[:8]))


def _processor_name():
    try:
        with open("/proc/cpuinfo") as info:
            lines = dict(line.split(":", 1) for line in info.read().split("\n\n")[0].splitlines() if ":" in line)
    except OSError:
        import platform

        return platform.processor() or platform.machine()
    facts = {key.strip(): value.strip() for key, value in lines.items()}
    flags = facts.get("flags", "").split()
    vectors = next((name for name in ("avx512f", "avx2", "avx") if name in flags), "no AVX")
    return (f"{facts.get('model name', 'unknown')} (family {facts.get('cpu family')}, model {facts.get('model')}, "
            f"{vectors}), {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
