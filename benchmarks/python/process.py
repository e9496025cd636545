"""A worker's process, seen from the driver."""

import json
import os
import pathlib
import queue
import signal
import subprocess
import sys
import threading
import time

import figures
import install

START_SECONDS = 1800
ROUND_SECONDS = 600
#: of the windows of a warm-up: short ones while much changes
FIRST_WINDOW, WINDOW = 0.05, 0.5


class WorkerFailed(Exception):
    pass


def cajal_command(variant, threads, model, inputs, steps=20, options=()):
    workload = (model.workload or model.name) + (f"-{variant}" if variant in model.cajal_variants and variant else "")
    return install.cajal_command(threads, options) + [workload, inputs, str(_now()), str(steps)]


def peer_command(framework, variant, threads, model, inputs, steps=20):
    if framework == "deeplearning4j":
        return install.deeplearning4j_command() + [model.workload or model.name, inputs, str(_now()), str(steps)]
    worker = str(pathlib.Path(__file__).with_name("worker.py"))
    return [sys.executable, worker, framework, variant, model.name, inputs, str(_now()), str(steps), str(threads)]


def _now():
    return int(time.time() * 1000)


class Process:
    """One framework in one variant with one model.

    The constructor returns when the worker has made its first steps; `ready` is then what it said: the numbers to compare, and
    the versions. `trace` has pairs of when steps had ended, in seconds since the process was started, and how long one took.
    """

    def __init__(self, framework, variant, command, threads, log, variables=None):
        self.framework, self.variant = framework, variant
        self._log = log
        self._started = time.monotonic()
        with open(log, "wb") as errors:
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
                env={**environment(framework, threads, os.path.dirname(log)), **(variables or {})},
                # Ctrl-C is the driver's alone, which then ends all of them.
                start_new_session=True,
            )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self.ready = self._answer(START_SECONDS)
        except BaseException:
            self.end()
            raise
        self.trace = list(self.ready["trace"])
        self.is_steady = False
        #: seconds that a just-in-time compiler worked in the last round
        self.compiling = 0.0

    def _read(self):
        for line in self._child.stdout:
            # What a library or the JVM may print there is not for us.
            if line.startswith("{"):
                self._lines.put(line)
        self._lines.put(None)

    def _answer(self, seconds):
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise WorkerFailed(f"no answer within {seconds} s") from None
        if line is None:
            # Whoever asks again gets the same answer.
            self._lines.put(None)
            with open(self._log, errors="replace") as log:
                raise WorkerFailed("the process ended: " + log.read()[-1500:].strip())
        answer = json.loads(line)
        if answer["event"] == "failed":
            raise WorkerFailed(answer["message"])
        return answer

    def round(self, seconds, steps):
        """Steps for some seconds, at least so many. Gives the quantiles of their times."""
        try:
            self._child.stdin.write(f"round {seconds} {steps}\n")
            self._child.stdin.flush()
        except BrokenPipeError:
            pass  # the answer is the reason
        answer = self._answer(ROUND_SECONDS)
        self.compiling = answer.get("compiling", 0.0)
        return answer["quantiles"]

    def warm_up(self, least, most):
        """Lets it take steps until they become no faster, for some seconds at least and at most."""
        begin, times, compiling = time.monotonic(), [], []
        while not self.is_steady and time.monotonic() - begin < most:
            early = time.monotonic() - begin < least / 2
            median = self.round(FIRST_WINDOW if early else WINDOW, 1)[50]
            now = time.monotonic()
            self.trace.append([now - self._started, median])
            if not early:
                times.append(median)
                compiling.append(self.compiling)
            self.is_steady = now - begin >= least and figures.is_steady(times, compiling)

    def peak_memory(self):
        """The most bytes that the process had in memory so far, where the system tells."""
        try:
            with open(f"/proc/{self._child.pid}/status") as status:
                return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM")), None)
        except OSError:
            return None

    def processor_ticks(self):
        """What the process and those it started have used of the processors so far, in the clock ticks of `/proc`; none where the
        system does not tell."""
        used = [ticks for session, ticks in _sessions() if session == self._child.pid]
        return sum(used) if used else None

    def end(self):
        try:
            self._child.stdin.close()
            self._child.wait(5)
        except (subprocess.TimeoutExpired, BrokenPipeError, KeyboardInterrupt):
            # It, and what it may have started, such as compilers.
            if hasattr(os, "killpg"):
                os.killpg(self._child.pid, signal.SIGKILL)
            else:
                self._child.kill()
            self._child.wait()


def _sessions():
    """Of each process there is: its session, and the ticks that it and those of its children that have ended used."""
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may have blanks.
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        yield int(fields[3]), sum(map(int, fields[11:15]))


#: Else glibc may give the memory of a step back to the system and ask for it again in the next one: some ten thousand page faults each
#: time, which make a step of PyTorch up to four times as slow, in some processes and not in others.
KEPT_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(2**32), "MALLOC_MMAP_THRESHOLD_": str(2**32)}


def environment(framework, threads, folder):
    return {
        **os.environ,
        # What Cajal's users do not set is not set for Cajal.
        **({} if framework == "cajal" else KEPT_MEMORY),
        "OMP_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        "JAX_PLATFORMS": "cpu",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # An empty cache, so that a first step is a first step.
        "TORCHINDUCTOR_CACHE_DIR": os.path.join(folder, "inductor"),
    }
