package dev.cajal.cli;

import dev.cajal.backend.PlanSummary;
import dev.cajal.nn.train.History;
import dev.cajal.nn.train.TrainingListener;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Shows a training while it goes on: a line that moves, where there is a terminal, and a line for each epoch.
final class ProgressDisplay implements TrainingListener {
    private static final long NANOS_BETWEEN = 100_000_000;

    private final Console console;
    private final Language language;
    private final int epochs;
    private long shown;

    ProgressDisplay(Console console, Language language, int epochs) {
        this.console = console;
        this.language = language;
        this.epochs = epochs;
    }

    @Override
    public void planned(PlanSummary plan) {
        Amounts amounts = new Amounts(language.locale());
        console.say(console.faint(language.text(
                "train.plan", amounts.of(plan.peakBytes(), "B"), amounts.of(plan.flops(), "FLOP"))));
    }

    @Override
    public void stepped(StepReport report) {
        long now = System.nanoTime();
        if (!console.isTerminal() || now - shown < NANOS_BETWEEN) {
            return;
        }
        shown = now;
        console.overwrite(language.text(
                "train.progress",
                report.epoch(),
                report.epochs(),
                ProgressLine.bar((double) report.step() / report.steps()),
                report.loss(),
                report.examplesPerSecond(),
                ProgressLine.duration(report.secondsLeft())));
    }

    @Override
    public void epochEnded(History.Epoch epoch) {
        String validation = epoch.validation().isEmpty()
                ? ""
                : language.text("train.validation", numbers(epoch.validation()));
        console.say(language.text(
                "train.epoch", epoch.number(), epochs, numbers(epoch.training()), validation, epoch.seconds()));
    }

    private static String numbers(SequencedMap<String, Double> values) {
        return values.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("  "));
    }
}
