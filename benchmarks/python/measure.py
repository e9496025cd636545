"""Measures models: starts the workers, lets them take turns, compares their numbers."""

import contextlib
import datetime
import json
import os
import pathlib
import tempfile
import time

import computer
import figures
import install
import programs
from install import say
from peers import label
from process import Process, WorkerFailed, cajal_command, peer_command

#: the share of the processors that others may take in a turn
UNDISTURBED = 0.1
#: turns before they count, at least and at most: a process that had to wait begins with cold caches, and may want to compile once more
FIRST_TURNS, MOST_FIRST_TURNS = 2, 10


def all_of(wanted, models, options):
    """Measures models, and what the machine can do, as far as one of them is measured by it."""
    found, missing = install.peers(options.peers)
    install.cajal()
    results = {
        "started": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="minutes"),
        "processor": computer.processor_name(),
        "threads": options.threads,
        "rounds": options.rounds,
        "cajal": install.cajal_version(),
        "missing": missing,
        "left_out": {},
        "models": [],
    }
    machine = [each for each in models.values() if each.kind == "machine" and any(_limits(each, one) for one in wanted)]
    with tempfile.TemporaryDirectory(prefix="cajal-benchmarks-") as folder:
        # The machine first: all others are shares of it.
        for each in machine + [each for each in wanted if each.kind != "machine"]:
            problem = each.problem()
            if problem:
                say(f"{each.name} is left out: {problem}")
                results["left_out"][each.name] = problem
                continue
            computer.keep_to(each.threads or options.threads)
            measure = programs.measure if each.kind == "program" else _measure
            results["models"].append(measure(each, found, options, folder))
            # After each model, so that a run that is stopped was not for nothing.
            if options.out:
                pathlib.Path(options.out).write_text(json.dumps(results, indent=1))
    return results


def _limits(machine, model):
    return machine is model or (machine.flops > 0 and model.flops > 0) or (machine.bytes > 0 and model.is_memory_bound)


def _measure(model, peers, options, folder):
    import tensors

    say(f"{model.name}: {model.title}")
    inputs = os.path.join(folder, "inputs.safetensors")
    tensors.write(inputs, model.inputs())
    before = computer.cpu_times()
    failures = []
    with contextlib.ExitStack() as stack:
        workers = _start(model, peers, options, folder, inputs, failures, stack)
        rounds, disturbed = _rounds(workers, options, failures)
        runs = [_summary(worker, [turns[worker] for turns in rounds]) for worker in workers if rounds]
    return {
        **model.facts(), "load": computer.load(), "stolen": computer.stolen(before, computer.cpu_times()),
        "disturbed": disturbed, "runs": runs, "failures": failures, "disagreements": _disagreements(model, runs),
    }


def _start(model, peers, options, folder, inputs, failures, stack):
    """Starts and warms them up one after the other, so that each has the machine for itself."""
    workers, threads = [], model.threads or options.threads
    for framework, variant in model.candidates({peer: options.peers[peer] for peer in peers}):
        name = label(framework, variant)
        command = (cajal_command(variant, threads, model, inputs, model.first_steps) if framework == "cajal"
                   else peer_command(framework, variant, threads, model, inputs, model.first_steps))
        log = os.path.join(folder, f"{framework}-{variant}.log")
        try:
            worker = Process(framework, variant, command, threads, log, model.environment())
            stack.callback(worker.end)
            worker.warm_up(options.warmup, options.most_warmup)
        except WorkerFailed as failure:
            _note(failures, f"{name}: {failure}")
            continue
        workers.append(worker)
        when, last = worker.trace[-1]
        say(f"  {name}: first step after {worker.trace[0][0]:.2f} s, warm after {when:.1f} s: {last * 1e3:.3g} ms")
        if not worker.is_steady:
            _note(failures, f"warm-up of {name}: its steps still changed after {options.most_warmup:g} s")
    return workers


def _note(failures, text):
    failures.append(text)
    say("  " + text)


def _rounds(workers, options, failures):
    """The rounds that count, each with the quantiles of every worker, and how many of them other programs disturbed.

    A round that was disturbed is made again, up to as many as were asked for. Where that was not enough, the least disturbed ones count.
    A worker that fails is left out of all rounds, and taken from the list.
    """
    _first_turns(workers, options, failures)
    made = []
    while workers and _wants_more(made, options.rounds):
        # Another one is first in each round, so that no one always follows the same.
        shift = len(made) % len(workers)
        worst, turns = _round(workers[shift:] + workers[:shift], options.seconds, workers, failures)
        made.append((worst, turns))
        say(f"  round {len(made)}, others took up to {100 * worst:.0f} %: " + ", ".join(
            f"{label(w.framework, w.variant)} {turns[w][50] * 1e3:.3g} ms" for w in workers))
    made.sort(key=lambda pair: pair[0])
    counted = made[: options.rounds]
    return [turns for _, turns in counted], sum(share > UNDISTURBED for share, _ in counted)


def _wants_more(made, rounds):
    return sum(share <= UNDISTURBED for share, _ in made) < rounds and len(made) < 2 * rounds


def _first_turns(workers, options, failures):
    times = {}
    for turn in range(MOST_FIRST_TURNS):
        _, turns = _round(list(workers), options.seconds, workers, failures)
        for worker in workers:
            times.setdefault(worker, []).append(turns[worker][50])
        if turn + 1 >= FIRST_TURNS and all(_is_flat(times[worker]) for worker in workers):
            break


def _is_flat(times):
    return times[-1] >= (1 - figures.SPREAD) * min(times[:-1])


def _round(order, seconds, workers, failures):
    turns, worst = {}, 0.0
    for worker in order:
        time.sleep(0.02)
        watch = computer.Watch(worker.processor_ticks)
        try:
            turns[worker] = worker.round(seconds, 2)
        except WorkerFailed as failure:
            _note(failures, f"{label(worker.framework, worker.variant)}: {failure}")
            workers.remove(worker)
            continue
        worst = max(worst, watch.others())
    return worst, turns


def _summary(worker, rounds):
    found = figures.summary(rounds)
    return {
        "framework": worker.framework, "variant": worker.variant, "version": worker.ready["version"], **found,
        "first": worker.trace[0][0], "ready": figures.when_ready(worker.trace, found["median"]),
        "steady": worker.is_steady, "warmup": worker.trace[-1][0], "memory": worker.peak_memory(),
        "checks": worker.ready["checks"], "planned": worker.ready.get("planned"),
    }


def _disagreements(model, runs):
    own = next((run for run in runs if run["framework"] == "cajal"), None)
    return [
        f"{model.name}, step {step}: Cajal has {mine:.9g}, {label(run['framework'], run['variant'])} {other:.9g}"
        for run in runs if own and model.agrees
        for step, mine, other in figures.disagreements(own["checks"], run["checks"])
    ]
