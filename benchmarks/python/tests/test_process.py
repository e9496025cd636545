import pathlib
import sys
import tempfile
import unittest

import computer
from process import Process, WorkerFailed, environment

FAKE = str(pathlib.Path(__file__).with_name("fake_worker.py"))


class ProcessTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = folder.name + "/log"

    def start(self, what):
        process = Process("fake", "", [sys.executable, FAKE, what], 1, self.log)
        self.addCleanup(process.end)
        return process

    def test_a_worker_tells_what_it_is_and_answers_rounds(self):
        process = self.start("works")
        self.assertEqual("Fake 1", process.ready["version"])
        self.assertEqual([[0.5, 1.0]], process.trace)
        self.assertEqual([1e-3] * 101, process.round(0, 3))

    def test_a_warm_up_ends_when_steps_are_steady(self):
        process = self.start("works")
        process.warm_up(0, 30)
        self.assertTrue(process.is_steady)
        # Eight windows that were steady, before steps became faster.
        self.assertEqual(9, len(process.trace))
        self.assertEqual(1e-3, process.trace[-1][1])

    def test_a_warm_up_has_an_end_even_if_steps_never_become_steady(self):
        process = self.start("compiles")
        process.warm_up(0, 0.3)
        self.assertFalse(process.is_steady)
        self.assertGreater(len(process.trace), 3)

    @unittest.skipUnless(pathlib.Path("/proc/self/stat").exists(), "this system does not tell who uses its processors")
    def test_what_a_worker_lets_others_do_is_its_own_work(self):
        alone, employer = self.start("works"), self.start("employs")
        self.assertGreater(employer.processor_ticks(), alone.processor_ticks() + 0.9 * computer.TICKS)

    def test_peers_keep_their_memory_and_cajal_runs_as_its_users_run_it(self):
        self.assertIn("MALLOC_TRIM_THRESHOLD_", environment("pytorch", 2, "/tmp"))
        self.assertNotIn("MALLOC_TRIM_THRESHOLD_", environment("cajal", 2, "/tmp"))

    def test_a_worker_says_why_it_cannot(self):
        with self.assertRaisesRegex(WorkerFailed, "no such kernel"):
            self.start("refuses")

    def test_the_last_words_of_a_worker_that_ended_are_told(self):
        with self.assertRaisesRegex(WorkerFailed, "the process ended: it hurts"):
            self.start("crashes")
        process = self.start("crashes later")
        with self.assertRaisesRegex(WorkerFailed, "no more"):
            process.warm_up(0, 30)
        with self.assertRaises(WorkerFailed):
            process.round(0, 1)


if __name__ == "__main__":
    unittest.main()
