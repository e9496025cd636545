"""Brings what is compared: the peers into the virtual environment that runs this, Cajal from its sources."""

import importlib.metadata
import os
import pathlib
import platform
import subprocess
import sys

import computer
from peers import PACKAGES

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
REPOSITORY = BENCHMARKS.parent
# A build folder of its own, so that no other build is disturbed.
APP = BENCHMARKS / "target" / "benchmark" / "app"
# Without it, PyTorch for Linux comes with gigabytes for graphics processors.
_CPU_WHEELS = "https://download.pytorch.org/whl/cpu"


def say(text):
    print(text, file=sys.stderr, flush=True)


def numpy():
    """Why it could not be installed; none if it is there."""
    return _pip(["numpy"])


def peers(wanted):
    """Installs peers. Gives those that are there, and why the others are not, by name."""
    found, missing = [], {}
    for peer in wanted:
        problem = _pip(PACKAGES[peer]) if peer in PACKAGES else _deeplearning4j()
        if problem:
            missing[peer] = problem
            say(f"{peer} could not be installed and is left out: {problem}")
        else:
            found.append(peer)
    return found, missing


def _pip(packages):
    if all(_is_installed(package) for package in packages):
        return None
    say("Installing " + ", ".join(packages) + " ...")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "60"]
    if sys.platform == "linux" and "torch" in packages:
        command += ["--extra-index-url", _CPU_WHEELS]
    done = subprocess.run(command + packages, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return (errors or done.stderr.splitlines() or ["pip failed"])[-1]


def _is_installed(package):
    try:
        importlib.metadata.version(package)
        return True
    except importlib.metadata.PackageNotFoundError:
        return False


DEEPLEARNING4J = BENCHMARKS / "deeplearning4j"


def _deeplearning4j():
    """Has natives for each kind of processor, of which the best one is taken. Why it cannot take part; none if it can."""
    machine = platform.machine().lower()
    if sys.platform != "linux" or machine not in ("x86_64", "amd64"):
        return "its natives are brought for Linux on x86-64 only"
    say("Building the worker of Deeplearning4j ...")
    for network in (["-o"], []):
        done = subprocess.run(
            [*_maven(), *network, "-f", str(DEEPLEARNING4J), "-Djavacpp.platform=linux-x86_64",
             f"-Dnatives=linux-x86_64-{computer.vectors()}", "process-classes"],
            cwd=REPOSITORY, capture_output=True, text=True)
        if done.returncode == 0:
            return None
    return next((line for line in done.stdout.splitlines() if line.startswith("[ERROR]")), "its build failed")


def deeplearning4j_command():
    """What starts its worker, up to its arguments."""
    classes = [str(DEEPLEARNING4J / "target" / "classes"), (DEEPLEARNING4J / "target" / "classpath").read_text().strip()]
    return [_java(), "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED",
            f"-Dorg.bytedeco.javacpp.platform.extension=-{computer.vectors()}", "-cp", os.pathsep.join(classes),
            "dev.cajal.benchmark.deeplearning4j.Worker"]


def _maven():
    return [str(REPOSITORY / ("mvnw.cmd" if os.name == "nt" else "mvnw")), "-B", "-q"]


def _java():
    return str(pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java")


def cajal():
    """Builds Cajal, without its tests. Tries without the network first."""
    say("Building Cajal ...")
    goal = ["-Dfast", "-Dmaven.test.skip", "-Dtarget.folder=target/benchmark", "package", "-pl", "benchmarks", "-am"]
    done = None
    for network in (["-o"], []):
        done = subprocess.run(_maven() + network + goal, cwd=REPOSITORY, capture_output=True, text=True)
        if done.returncode == 0:
            return
    sys.exit("Cajal could not be built:\n" + done.stdout + done.stderr)


def cajal_command(threads, options=()):
    """What starts Cajal's worker, up to its arguments: with the options of `./cajal`."""
    return [_java(), "-XX:+UseParallelGC", f"-Dcajal.threads={threads}", *options, "-p", str(APP), "-m",
            "dev.cajal.benchmark/dev.cajal.benchmark.Worker"]


def cajal_version():
    """The commit that was built, with a plus if files were changed since."""

    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=REPOSITORY, capture_output=True, text=True).stdout.strip()

    commit = git("rev-parse", "--short=10", "HEAD")
    return f"Cajal {commit or 'without version control'}" + ("+" if git("status", "--porcelain", "-uno") else "")
