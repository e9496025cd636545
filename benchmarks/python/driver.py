"""Compares Cajal with its peers: the same models, weights, data, threads and processors, in rounds that take turns."""

import argparse
import json
import pathlib
import signal
import sys

import computer
import install
import peers
import report
from install import say

#: exit codes, as those of `cajal`
WRONG, USAGE, NO_DATA, RESOURCES, INTERRUPTED = 1, 2, 3, 5, 130


def main(words):
    options = _options(words)
    # To be ended is to be interrupted: the workers are to end too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        results = _read(options.read) if options.read else _measure(options)
    except KeyboardInterrupt:
        say("benchmarks/run: stopped." + (f" What was measured is in {options.out}." if options.out else ""))
        return INTERRUPTED
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
    return WRONG if wrong or failed else 0


def _options(words):
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--models", help="with commas between, or the name of a group of them; all if left out")
    parser.add_argument("--list", action="store_true", help="the names of all models, and what they are")
    parser.add_argument("--peers", default=",".join(peers.VARIANTS),
                        help="with commas between, or none; one variant of a peer as pytorch:eager; %(default)s if left out")
    parser.add_argument("--threads", type=_count, default=computer.processor_count(), help="all processors if left out")
    parser.add_argument("--rounds", type=_count, default=15, help="turns of each framework; %(default)s if left out")
    parser.add_argument("--seconds", type=_seconds, default=0.4, help="of one turn; %(default)s if left out")
    parser.add_argument("--warmup", type=_seconds, default=5, help="seconds of steps before the first turn, at least; %(default)s")
    parser.add_argument("--most-warmup", type=_seconds, default=60, metavar="SECONDS",
                        help="how long to wait for steps that still become faster; %(default)s")
    parser.add_argument("--json", action="store_true", help="print one line of JSON for each model, and nothing else")
    parser.add_argument("--out", metavar="FILE", help="write everything that was measured to a file")
    parser.add_argument("--read", metavar="FILE", help="do not measure, but report what --out wrote")
    parser.add_argument("--docs", action="store_true", help="put table and picture into docs/performance.md")
    options = parser.parse_args(words)
    options.peers = _chosen([] if options.peers == "none" else options.peers.split(","), parser.error)
    if options.threads > computer.processor_count():
        parser.error(f"there are only {computer.processor_count()} processors")
    if options.out:
        _require_writable(options.out, parser.error)
    return options


def _count(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number above 0")
    return int(text)


def _seconds(text):
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of seconds")
    return value


def _require_writable(path, refuse):
    try:
        with open(path, "a"):
            pass
    except OSError as e:
        refuse(f"--out cannot be written: {e}")


def _chosen(words, refuse):
    """The variants of each peer: {"pytorch": ["eager"], ...}."""
    chosen = {}
    for word in words:
        peer, _, variant = word.partition(":")
        known = peers.VARIANTS.get(peer)
        if known is None:
            refuse(f"there is no peer '{peer}', only {', '.join(peers.VARIANTS)}")
        if variant and variant not in known:
            refuse(f"{peer} has no variant '{variant}', only {', '.join(known)}")
        for each in [variant] if variant else known:
            if each not in chosen.setdefault(peer, []):
                chosen[peer].append(each)
    return chosen


def _read(path):
    try:
        return json.loads(pathlib.Path(path).read_text())
    except (OSError, ValueError) as e:
        say(f"benchmarks/run: {path} cannot be read: {e}")
        sys.exit(NO_DATA)


def _measure(options):
    # The models need it, and their names are to be checked before anything large is brought.
    problem = install.numpy()
    if problem:
        say(f"benchmarks/run: NumPy could not be installed: {problem}")
        sys.exit(RESOURCES)
    import measure
    import model

    models = model.all_models()
    if options.list:
        print("\n".join(f"{each.name:20} {each.title}" for each in models.values()))
        sys.exit(0)
    wanted = options.models.split(",") if options.models else [name for name, m in models.items() if m.kind != "machine"]
    groups = {m.group: [each.name for each in models.values() if each.group == m.group] for m in models.values() if m.group}
    wanted = [name for word in wanted for name in groups.get(word, [word])]
    unknown = [name for name in wanted if name not in models]
    if unknown:
        say(f"benchmarks/run: there is no model {', '.join(map(repr, unknown))}, only {', '.join([*models, *groups])}")
        sys.exit(USAGE)
    return measure.all_of([models[name] for name in dict.fromkeys(wanted)], models, options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
