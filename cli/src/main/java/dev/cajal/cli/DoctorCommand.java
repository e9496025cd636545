package dev.cajal.cli;

import dev.cajal.backend.Backends;
import dev.cajal.cli.doctor.Examination;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cajal doctor`.
@Command(name = "doctor")
final class DoctorCommand extends Task {
    @Option(names = "--quick", descriptionKey = "option.quick")
    private boolean quick;

    @Override
    ExitCode run() {
        Examination found = Examination.of(Backends.current(), quick, this::show);
        console().overwrite("");
        if (options.json) {
            console().result(DoctorJson.of(found));
        } else {
            new DoctorText(console(), language()).print(found);
        }
        return found.fault().isPresent() ? ExitCode.DEFECT : ExitCode.OK;
    }

    private void show(Examination.Step step) {
        console().overwrite(switch (step) {
            case Examination.Step.Test _ -> text("doctor.step.test");
            case Examination.Step.Limits _ -> text("doctor.step.limits");
            case Examination.Step.Kernel(String name) -> text("doctor.step.kernel", name);
        });
    }
}
