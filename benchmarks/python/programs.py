"""Whole programs, from the start of their process: what is measured is how long a person waits."""

import json
import os
import subprocess
import tempfile
import time

import computer
import figures
from install import say
from peers import label

#: a program is started anew in each round, and takes seconds
MOST_ROUNDS = 5
LONGEST = 1800


class ProgramFailed(Exception):
    pass


def measure(model, peers, options, folder):
    """Starts each program once before it counts, so that its files are in the memory of the system; then in rounds, in turns."""
    say(f"{model.name}: {model.title}")
    threads = model.threads or options.threads
    wanted = model.candidates({peer: options.peers[peer] for peer in peers})
    before = computer.cpu_times()
    rounds, failures, kept = [], [], {}
    for number in range(min(options.rounds, MOST_ROUNDS) + 1):
        turns = {}
        for who in wanted[number % len(wanted) :] + wanted[: number % len(wanted)]:
            if who not in wanted:
                continue
            with tempfile.TemporaryDirectory(dir=folder) as place:
                try:
                    turns[who] = model.run(*who, threads, place, number, kept)
                except ProgramFailed as failure:
                    failures.append(f"{label(*who)}: {failure}")
                    say("  " + failures[-1])
                    wanted = [other for other in wanted if other != who]
        say(f"  {f'round {number}' if number else 'before'}: " + ", ".join(
            f"{label(*who)} {turn['seconds']:.2f} s {turn['note']}".strip() for who, turn in turns.items()))
        if number:
            rounds.append(turns)
        if not wanted:
            break
    runs = [_summary(who, [turns[who] for turns in rounds]) for who in wanted]
    return {
        **model.facts(), "load": computer.load(), "stolen": computer.stolen(before, computer.cpu_times()),
        "disturbed": 0, "runs": runs, "failures": failures + model.doubts(runs), "disagreements": [],
    }


def _summary(who, turns):
    memory = [turn["memory"] for turn in turns if turn["memory"]]
    return {
        "framework": who[0], "variant": who[1], "version": turns[-1]["version"],
        **figures.summary([[turn["seconds"]] * 101 for turn in turns]),
        "first": None, "ready": None, "steady": True, "warmup": None, "memory": max(memory, default=None),
        "checks": [turn["check"] for turn in turns], "planned": None,
    }


def start(command, environment, folder):
    """Runs a program to its end: (seconds, what it printed, the most bytes it had in memory)."""
    log = os.path.join(folder, "log")
    began = time.monotonic()
    with open(log, "wb") as errors:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
                                 env=environment, start_new_session=True)
    try:
        out = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        child.kill()
        child.wait()
        raise
    finally:
        child.stdout.close()
    if child.returncode != 0:
        with open(log, errors="replace") as text:
            raise ProgramFailed(f"ended with {child.returncode}: {text.read()[-1000:].strip()}")
    return seconds, out, usage.ru_maxrss * 1024


def last_json(out):
    lines = [line for line in out.splitlines() if line.startswith("{")]
    if not lines:
        raise ProgramFailed("printed no result")
    answer = json.loads(lines[-1])
    if answer.get("event") == "failed":
        raise ProgramFailed(answer["message"])
    return answer
