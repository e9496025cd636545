import unittest

import figures

NAN = float("nan")


class FiguresTest(unittest.TestCase):
    def test_steps_are_steady_when_they_became_no_faster_for_a_while(self):
        def steady(times):
            return figures.is_steady(times, [0.0] * len(times))

        self.assertTrue(steady([9, 5, 1, 1.01, 1, 1.02, 1, 1.01, 1, 1]))
        self.assertTrue(steady([1.0, 1.01, 1.04, 1.0, 1.0, 1.03, 1.01, 1.0]))
        self.assertFalse(steady([1] * 7), "too few to tell")
        self.assertFalse(steady([8, 7, 6, 5, 4, 3, 2, 1]), "they still become faster")
        self.assertFalse(steady([2, 2, 2, 2, 1, 1, 1, 1]), "they became faster just now")
        self.assertFalse(steady([1, 1, 1, 1, 1, 2, 2, 2]), "they are disturbed")

    def test_steps_are_not_steady_while_a_compiler_works(self):
        self.assertFalse(figures.is_steady([1] * 8, [0, 0, 0, 0, 0, 0.4, 0, 0]))
        self.assertTrue(figures.is_steady([1] * 8, [0.4, 0.4, 0.4, 0.4, 0, 0.001, 0, 0]))

    def test_ready_is_when_steps_are_about_as_fast_as_in_the_end_and_stay_so(self):
        trace = [[1.0, 9.0], [2.0, 1.0], [3.0, 9.0], [4.0, 9.0], [4.5, 9.0], [5.0, 1.2], [6.0, 1.0], [7.0, 1.0], [8.0, 1.0]]
        self.assertEqual(5.0, figures.when_ready(trace, 1.0))
        self.assertIsNone(figures.when_ready(trace, 0.5))

    def test_each_round_counts_the_same(self):
        found = figures.summary([[1.0] * 101, [2.0] * 101, [3.0] * 101])
        self.assertEqual(2.0, found["median"])
        self.assertEqual((1.0, 3.0), (found["p10"], found["p90"]))
        self.assertEqual([1.0, 2.0, 3.0], found["rounds"])

    def test_a_ratio_is_the_peers_time_over_ours_of_the_same_round(self):
        self.assertEqual([2.0, 0.5], figures.ratios([4.0, 5.0], [2.0, 10.0]))
        with self.assertRaises(ValueError):
            figures.ratios([1.0], [1.0, 2.0])

    def test_numbers_agree_to_a_ten_thousandth(self):
        self.assertEqual([], figures.disagreements([1.0, 2.0, 3.0], [1.00009, 2.0, 2.9998]))
        self.assertEqual([(10, 2.0, 2.001)], figures.disagreements([1.0, 2.0, 3.0], [1.0, 2.001, 3.0]))

    def test_a_number_that_is_missing_or_none_does_not_agree(self):
        self.assertEqual([1], [step for step, _, _ in figures.disagreements([NAN, 2.0, 3.0], [1.0, 2.0, 3.0])])
        self.assertEqual([20], [step for step, _, _ in figures.disagreements([1.0, 2.0, 3.0], [1.0, 2.0])])
        self.assertEqual(3, len(figures.disagreements([], [])))

    def test_the_line_through_points(self):
        start, slope, off = figures.line([(1, 5.0), (2, 7.0), (4, 11.0)])
        self.assertAlmostEqual(3.0, start)
        self.assertAlmostEqual(2.0, slope)
        self.assertAlmostEqual(0.0, off)
        self.assertGreater(figures.line([(1, 1.0), (2, 4.0), (3, 9.0)])[2], 0.05)


if __name__ == "__main__":
    unittest.main()
