"""Tables, lines of JSON and the page in the documentation, from what was measured."""

import statistics

import chart
import figures
from peers import NAMES as PEERS

_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def own(model):
    return next((run for run in model["runs"] if run["framework"] == "cajal"), None)


def best(model, peer):
    """The variant of a peer that took the least time."""
    return min((run for run in model["runs"] if run["framework"] == peer), key=lambda run: run["median"], default=None)


def ratios(model, run):
    """A run's times over Cajal's, round by round."""
    return figures.ratios(run["rounds"], own(model)["rounds"])


def peak(results, unit):
    """What the best framework reached in its better moments: (FLOP or bytes a second, framework, of what)."""
    return max(((model[unit] / run["p10"], run["framework"], model["model"])
                for model in results["models"] if model["kind"] == "machine" and model[unit] for run in model["runs"]),
               default=(None, None, None))


def share(results, model, run):
    """Of the peak that limits the model; none for kernels that may live in a cache, and for other numbers of threads."""
    if model["threads"] not in (None, results["threads"]):
        return None
    if model["flops"]:
        limit, amount = peak(results, "flops")[0], model["flops"]
    elif model["memory_bound"]:
        limit, amount = peak(results, "bytes")[0], model["bytes"]
    else:
        return None
    return limit and amount / run["median"] / limit


def json_lines(results):
    """One object for each model; the peaks of the machine stand in each of them."""
    for model in results["models"]:
        mine = own(model)
        if mine is None or model["kind"] == "machine":
            continue
        peers = {}
        for peer in PEERS:
            run = best(model, peer)
            if run:
                found = ratios(model, run)
                peers[peer] = {
                    "ms": run["median"] * 1e3, "ratio": statistics.median(found), "min": min(found), "max": max(found),
                    "variant": run["variant"],
                }
        yield {
            "model": model["model"], "cajal_ms": mine["median"] * 1e3, "cajal_p10_ms": mine["p10"] * 1e3,
            "peak_share": share(results, model, mine), "first_s": mine["first"], "ready_s": mine["ready"], "steady": mine["steady"],
            "memory_bytes": mine["memory"], "planned_bytes": mine["planned"], "agrees": not model["disagreements"], "threads": results["threads"],
            "processor": results["processor"], "peak_flops": peak(results, "flops")[0],
            "peak_bytes": peak(results, "bytes")[0], "peers": peers,
        }


def conditions(results):
    """What the figures belong to, as a paragraph."""
    versions = {}
    for model in results["models"]:
        for run in model["runs"]:
            versions[run["framework"]] = run["version"]
    java = versions.pop("cajal", "")
    loads = [model["load"] for model in results["models"] if model["load"] is not None]
    stolen = [model["stolen"] for model in results["models"] if model["stolen"] is not None]
    lines = [
        f"{results['processor']}; {results['threads']} threads; float32; {results['rounds']} rounds in turns; "
        f"begun {results['started']}.",
        ", ".join([results["cajal"] + (f" on {java}" if java else ""), *versions.values()]) + ".",
    ]
    peaks = [(unit, *peak(results, key)) for unit, key in (("GF/s", "flops"), ("GB/s", "bytes"))]
    found = [f"{rate / 1e9:.0f} {unit} ({model} by {PEERS.get(by, 'Cajal')})" for unit, rate, by, model in peaks if rate]
    if found:
        lines.append(f"Peaks that were measured: {', '.join(found)}.")
    if loads:
        load = f"Load of the machine {min(loads):.1f} to {max(loads):.1f}"
        lines.append(load + (f", {100 * max(stolen):.1f} % of its time at most kept by the host." if stolen else "."))
    disturbed = sum(model["disturbed"] for model in results["models"])
    if disturbed:
        lines.append(
            f"**Other programs took more than a tenth of the processors in {disturbed} of "
            f"{results['rounds'] * len(results['models'])} rounds: measure again on a machine at rest.**"
        )
    for peer, problem in results["missing"].items():
        lines.append(f"{PEERS[peer]} could not be installed: {problem}.")
    for name, problem in results["left_out"].items():
        lines.append(f"{name} is left out: {problem}.")
    return "\n".join(lines)


def _milliseconds(seconds):
    return f"{seconds * 1e3:.4f}" if seconds < 1e-4 else f"{seconds * 1e3:.3f}" if seconds < 0.1 else f"{seconds * 1e3:.0f}"


def _percent(part):
    return "" if part is None else f"{100 * part:.0f} %"


def _table(rows):
    return ["| " + " | ".join(row) + " |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]]


def summary(results, group=""):
    """One line for each model of a group, or of those without one."""
    models = [model for model in results["models"] if model["group"] == group and own(model)]
    peers = [peer for peer in PEERS if any(best(model, peer) for model in models)]
    more = ["GF/s", "plan, MiB"] if group else []
    rows = [["model", "Cajal, ms", "share of the peak", *more, *(f"{PEERS[peer]} / Cajal" for peer in peers)]]
    for model in models:
        mine = own(model)
        row = [model["title"], _milliseconds(mine["median"]), _percent(share(results, model, mine))]
        if group:
            row += [f"{model['flops'] / mine['median'] / 1e9:.0f}", f"{mine['planned'] / 2**20:.1f}" if mine["planned"] else ""]
        for peer in peers:
            run = best(model, peer)
            found = ratios(model, run) if run else []
            row.append(f"**{statistics.median(found):.2f}** ({min(found):.2f} to {max(found):.2f}; {run['variant']})" if run else "")
        rows.append(row)
    return _table(rows)


def memory_by_batch(results):
    """How the memory of the plan grows with the batch, in words; none where fewer than three batches were measured."""
    points = [(int(model["model"].rpartition("-")[2]), own(model)["planned"]) for model in results["models"]
              if model["model"].startswith("scaling-batch-") and own(model) and own(model)["planned"]]
    if len(points) < 3:
        return None
    start, slope, off = figures.line(points)
    return (f"Memory of the plan by batch: {start / 2**20:.1f} MiB and {slope / 1024:.1f} KiB for each example; "
            f"no batch is off that line by more than {100 * off:.1f} % of the largest plan.")


def details(results, model):
    """One line for each framework and variant."""
    rows = [["", "median, ms", "p10, ms", "time / Cajal's", "GF/s", "GB/s", "of the peak", "first step, s", "ready, s",
             "memory, MiB"]]
    for run in model["runs"]:
        found = ratios(model, run) if own(model) else []
        rows.append([
            (PEERS.get(run["framework"], "Cajal") + " " + run["variant"]).strip(),
            _milliseconds(run["median"]),
            _milliseconds(run["p10"]),
            f"{statistics.median(found):.2f} ({min(found):.2f} to {max(found):.2f})" if found else "",
            f"{model['flops'] / run['median'] / 1e9:.0f}" if model["flops"] else "",
            f"{model['bytes'] / run['median'] / 1e9:.0f}" if model["bytes"] else "",
            _percent(share(results, model, run)),
            "" if run["first"] is None else f"{run['first']:.2f}",
            "" if run["first"] is None else "never" if run["ready"] is None else f"{run['ready']:.2f}",
            f"{run['memory'] / 2**20:.0f}" if run["memory"] else "",
        ])
    notes = [f"- {failure.splitlines()[0]}" for failure in model["failures"]]
    notes += [f"- **disagreement**: {text}" for text in model["disagreements"]]
    return _table(rows) + ([""] + notes if notes else [])


def text(results):
    parts = [conditions(results), "", *summary(results)]
    for group in dict.fromkeys(model["group"] for model in results["models"] if model["group"]):
        parts += ["", f"### {group}", "", f"{results['processor']}; {results['threads']} threads where no others are named.", "",
                  *summary(results, group)]
        notes = [memory_by_batch(results)] + [
            f"- {model['model']}: {note.splitlines()[0]}" for model in results["models"] if model["group"] == group
            for note in model["failures"] + model["disagreements"]]
        parts += ["", *filter(None, notes)]
    for model in results["models"]:
        if model["group"]:
            continue
        parts += ["", f"### {model['model']}: {model['title']}", "", f"{results['processor']}; {results['threads']} threads.", "",
                  *details(results, model)]
    return "\n".join(parts)


def write_docs(results, folder):
    """Replaces what stands between the two marks in `performance.md`, and the picture."""
    page = folder / "performance.md"
    before, rest = page.read_text().split(_BEGIN)
    after = rest.split(_END)[1]
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / "performance.svg").write_text(chart.svg(results))
    picture = "![Times of the peers divided by Cajal's, a bar for each model and peer](pictures/performance.svg)"
    page.write_text(f"{before}{_BEGIN}\n\n{picture}\n\n{text(results)}\n\n{_END}{after}")
