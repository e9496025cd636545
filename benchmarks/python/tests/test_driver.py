import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import driver
import measure
import peers


def run(framework, variant, times, checks=(1.0, 0.5, 0.25)):
    return {
        "framework": framework, "variant": variant, "version": f"{framework} 1", "median": times[1], "p10": min(times),
        "p90": max(times), "rounds": times, "first": 1.5, "ready": 2.5, "steady": True, "warmup": 6.0, "memory": 2**20,
        "checks": list(checks), "planned": None,
    }


def model(name, kind, runs, **more):
    return {
        "model": name, "title": name.upper(), "kind": kind, "group": "", "threads": None, "flops": 0, "bytes": 0, "memory_bound": False, "load": 0.5,
        "stolen": 0.0, "disturbed": 0, "runs": runs, "failures": [], "disagreements": [], **more,
    }


def results(*models):
    return {
        "started": "2026-01-01T00:00+00:00", "processor": "A processor", "threads": 2, "rounds": 3, "cajal": "Cajal 0",
        "missing": {"jax": "no wheel"}, "left_out": {"fit": "no data"}, "models": list(models),
    }


RESULTS = results(
    model("peak-product", "machine", [run("cajal", "", [1.0, 1.0, 1.0]), run("pytorch", "eager", [0.5, 0.5, 0.5])], flops=1e9),
    model("mlp-sgd", "training", [
        run("cajal", "", [0.002, 0.002, 0.004]),
        run("pytorch", "eager", [0.006, 0.005, 0.004]),
        run("pytorch", "compile", [0.004, 0.003, 0.004]),
    ], flops=2e6),
)


class DriverTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def driver(self, *words):
        """(exit code, standard output, standard error)"""
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            try:
                code = driver.main(list(words))
            except SystemExit as e:
                code = e.code
        return code, out.getvalue(), errors.getvalue()

    def file(self, content):
        path = os.path.join(self.folder, "results.json")
        with open(path, "w") as file:
            json.dump(content, file)
        return path

    def test_a_line_of_json_for_each_model(self):
        code, out, _ = self.driver("--read", self.file(RESULTS), "--json")
        self.assertEqual(0, code)
        line, = map(json.loads, out.splitlines())
        self.assertEqual("mlp-sgd", line["model"])
        self.assertAlmostEqual(2.0, line["cajal_ms"])
        # 2 MFLOP in 2 ms of the 2 GFLOP a second that PyTorch reached.
        self.assertAlmostEqual(0.5, line["peak_share"])
        self.assertEqual({"pytorch"}, set(line["peers"]))
        pytorch = line["peers"]["pytorch"]
        self.assertEqual("compile", pytorch["variant"])
        self.assertAlmostEqual(3.0, pytorch["ms"])
        # The median of 2, 1.5 and 1.
        self.assertAlmostEqual(1.5, pytorch["ratio"])
        self.assertAlmostEqual(1.0, pytorch["min"])
        self.assertAlmostEqual(2.0, pytorch["max"])
        self.assertEqual("A processor", line["processor"])

    def test_the_processor_and_what_is_missing_stand_with_the_tables(self):
        _, out, _ = self.driver("--read", self.file(RESULTS))
        self.assertGreaterEqual(out.count("A processor"), 3)
        self.assertIn("JAX could not be installed: no wheel", out)
        self.assertIn("fit is left out: no data", out)
        self.assertIn("| MLP-SGD | 2.000 | 50 % | **1.50** (1.00 to 2.00; compile) |", out)

    def test_a_group_has_a_table_of_its_own_and_memory_is_a_line(self):
        scaled = [
            model(f"scaling-batch-{batch}", "training", [{**run("cajal", "", [1.0, 1.0, 1.0]), "planned": 2**20 + 1024 * batch}],
                  group="scaling", flops=1e9 * batch)
            for batch in (32, 128, 512)
        ]
        _, out, _ = self.driver("--read", self.file(results(*scaled)))
        self.assertIn("1.0 MiB and 1.0 KiB for each example; no batch is off that line by more than 0.0 %", out)
        self.assertIn("| SCALING-BATCH-512 | 1000 |  | 512 | 1.5 |", out)

    def test_programs_have_no_first_step(self):
        program = {**run("cajal", "", [9.0, 9.0, 9.0]), "first": None, "ready": None}
        _, out, _ = self.driver("--read", self.file(results(model("time-to-accuracy", "program", [program]))))
        self.assertIn("| Cajal | 9000 | 9000 | 1.00 (1.00 to 1.00) |  |  |  |  |  | 1 |", out)

    def test_the_page_gets_the_tables_and_the_picture(self):
        import pathlib

        import report

        folder = pathlib.Path(self.folder)
        (folder / "performance.md").write_text("Before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nAfter\n")
        report.write_docs(RESULTS, folder)
        page = (folder / "performance.md").read_text()
        self.assertTrue(page.startswith("Before\n") and page.endswith("After\n"))
        self.assertNotIn("old", page)
        self.assertIn("**1.50**", page)
        picture = (folder / "pictures" / "performance.svg").read_text()
        self.assertIn("mlp-sgd", picture)
        self.assertIn(">1.50<", picture)
        self.assertNotIn("peak-product", picture)

    def test_wrong_numbers_and_a_failure_of_cajal_are_an_error(self):
        wrong = model("mlp-sgd", "training", [run("cajal", "", [1, 1, 1])], disagreements=["mlp-sgd, step 20: ..."])
        failed = model("gpt", "training", [], failures=["cajal: the process ended"])
        fine = model("gpt", "training", [run("cajal", "", [1, 1, 1])], failures=["pytorch compile: no compiler"])
        for content, code in ((wrong, driver.WRONG), (failed, driver.WRONG), (fine, 0)):
            self.assertEqual(code, self.driver("--read", self.file(results(content)), "--json")[0])

    def test_usage_errors_name_what_there_is(self):
        for words, text in (
            (["--peers", "keras"], "no peer 'keras', only pytorch, jax"),
            (["--peers", "jax:eager"], "jax has no variant 'eager', only jit"),
            (["--rounds", "0"], "'0' is no whole number above 0"),
            (["--threads", "100000"], "there are only"),
            (["--seconds", "nan"], "no number of seconds"),
            (["--out", os.path.join(self.folder, "no", "file")], "--out cannot be written"),
        ):
            code, _, errors = self.driver(*words)
            self.assertEqual(driver.USAGE, code, words)
            self.assertIn(text, errors)

    def test_a_file_that_cannot_be_read(self):
        code, _, errors = self.driver("--read", os.path.join(self.folder, "none.json"))
        self.assertEqual(driver.NO_DATA, code)
        self.assertIn("none.json cannot be read", errors)

    def test_a_run_that_is_stopped_says_so(self):
        with mock.patch.object(driver, "_measure", side_effect=KeyboardInterrupt):
            code, out, errors = self.driver("--json")
        self.assertEqual((driver.INTERRUPTED, ""), (code, out))
        self.assertIn("stopped", errors)

    def test_variants_that_are_named_twice_take_part_once(self):
        chosen = driver._chosen(["pytorch:eager", "pytorch", "jax:jit"], self.fail)
        self.assertEqual({"pytorch": peers.VARIANTS["pytorch"], "jax": ["jit"]}, chosen)


class FakeWorker:
    """Takes as long as it is told to."""

    framework, variant = "fake", ""

    def __init__(self, times, fails_at=None):
        self.times, self.fails_at, self.turns = times, fails_at, 0

    def processor_ticks(self):
        return None

    def round(self, seconds, steps):
        self.turns += 1
        if self.turns == self.fails_at:
            raise measure.WorkerFailed("enough")
        return [self.times[min(self.turns, len(self.times)) - 1]] * 101


class RoundsTest(unittest.TestCase):
    class Options:
        rounds, seconds = 3, 0.0

    def rounds(self, *workers):
        self.failures, self.workers = [], list(workers)
        with contextlib.redirect_stderr(io.StringIO()), mock.patch("time.sleep"):
            return measure._rounds(self.workers, self.Options, self.failures)

    def test_turns_count_once_they_are_no_faster_than_those_before(self):
        slow, fast = FakeWorker([5.0, 4.0, 3.0, 2.0]), FakeWorker([1.0])
        rounds, disturbed = self.rounds(slow, fast)
        self.assertEqual([(2.0, 1.0)] * 3, [(turns[slow][50], turns[fast][50]) for turns in rounds])
        self.assertEqual(0, disturbed)
        self.assertEqual(8, slow.turns)

    def test_a_worker_that_fails_is_left_out_and_the_others_go_on(self):
        good, bad = FakeWorker([1.0]), FakeWorker([1.0], fails_at=4)
        rounds, _ = self.rounds(good, bad)
        self.assertEqual([good], self.workers)
        self.assertEqual(["fake: enough"], self.failures)
        self.assertEqual(3, len([turns[good] for turns in rounds]))

    def test_disturbed_rounds_are_made_again_and_counted_only_where_there_are_no_better_ones(self):
        with mock.patch.object(measure.computer.Watch, "others", side_effect=[0, 0] + [0.5, 0, 0.4, 0, 0.3, 0.2]):
            rounds, disturbed = self.rounds(FakeWorker([1.0, 1.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]))
        self.assertEqual([4.0, 6.0, 8.0], [next(iter(turns.values()))[50] for turns in rounds])
        self.assertEqual(1, disturbed)


if __name__ == "__main__":
    unittest.main()
