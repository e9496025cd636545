"""A worker's process, seen from the driver."""

import json
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time

import install

START_SECONDS = 1800
ROUND_SECONDS = 600


class WorkerFailed(Exception):
    pass


class Process:
    """One framework in one variant with one model.

    The constructor returns when the worker is warm; `ready` is then what it said: when its first step was done, in seconds since the process was
    started, the numbers to compare, the trace of its warm-up, and the versions.
    """

    def __init__(self, framework, variant, model, inputs, threads, processors, warmup, log):
        self.framework, self.variant = framework, variant
        spawned = int(time.time() * 1000)
        if framework == "cajal":
            command = install.cajal_command()
            # Options of the JVM stand before the module path.
            command[1:1] = [f"-Dcajal.threads={threads}"]
            command += [model.name, inputs, str(spawned), str(warmup)]
        else:
            worker = str(pathlib.Path(__file__).with_name("worker.py"))
            command = [sys.executable, worker, framework, variant, model.name, inputs, str(spawned), str(warmup),
                       str(threads)]
        self._log = log
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "wb"), text=True,
            env=_environment(threads, os.path.dirname(log)),
            preexec_fn=(lambda: os.sched_setaffinity(0, processors)) if processors else None,
        )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.ready = self._answer(START_SECONDS)

    def _read(self):
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _answer(self, seconds):
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self.end()
            raise WorkerFailed(f"no answer within {seconds} s") from None
        if line is None:
            self.end()
            with open(self._log, errors="replace") as log:
                raise WorkerFailed("the process ended: " + log.read()[-1500:])
        answer = json.loads(line)
        if answer["event"] == "failed":
            self.end()
            raise WorkerFailed(answer["message"])
        return answer

    def round(self, seconds, steps):
        self._child.stdin.write(f"round {seconds} {steps}\n")
        self._child.stdin.flush()
        return self._answer(ROUND_SECONDS)["quantiles"]

    def peak_memory(self):
        """The most bytes that the process had in memory so far, where the system tells."""
        try:
            with open(f"/proc/{self._child.pid}/status") as status:
                return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
        except OSError:
            return None

    def processor_ticks(self):
        """What the process has used of the processors so far, in the clock ticks of `/proc`; none where the system does not tell."""
        try:
            with open(f"/proc/{self._child.pid}/stat") as stat:
                # The name, in brackets, may have blanks.
                fields = stat.read().rpartition(")")[2].split()
            return int(fields[11]) + int(fields[12])
        except OSError:
            return None

    def end(self):
        try:
            self._child.stdin.close()
            self._child.wait(10)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self._child.kill()
            self._child.wait()


def _environment(threads, folder):
    return {
        **os.environ,
        "OMP_NUM_THREADS": str(threads),
        "MKL_NUM_THREADS": str(threads),
        "JAX_PLATFORMS": "cpu",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # An empty cache, so that a first step is a first step.
        "TORCHINDUCTOR_CACHE_DIR": os.path.join(folder, "inductor"),
    }
