import module dev.cajal.data;
import module dev.cajal.nn;
import module dev.cajal.zoo;
import module java.desktop;

import dev.cajal.data.image.Image;
import dev.cajal.type.Shape;
import java.util.List;

/// Draws `first-run.png`: a network is trained on Digits, which nobody wrote, and reads MNIST, which people wrote.
///
/// ```
/// ./cajal --help
/// java -p cli/target/launcher/app --add-modules dev.cajal.cli,dev.cajal.cpu docs/pictures/FirstRun.java docs/pictures/first-run.png
/// ```
static final int EPOCHS = 10;
static final Color PAPER = Color.WHITE;
static final Color INK = new Color(0x22, 0x26, 0x2B);
static final Color FAINT = new Color(0xD8, 0xDC, 0xE0);
static final Color DRAWN = new Color(0x1F, 0x77, 0xB4);
static final Color WRITTEN = new Color(0xD6, 0x5F, 0x0E);
static final Color WRONG = new Color(0xC6, 0x28, 0x28);

record Curve(List<Double> drawn, List<Double> written) {}

void main(String[] arguments) throws IOException {
    var digits = Digits.load();
    var mnist = Mnist.digits();
    // What `./cajal train digits` trains, and how.
    var network = Zoo.create("mlp", ModelSpec.of(Shape.of(28, 28), 10).withDropout(0.2));
    var fit = Fit.of().withEpochs(EPOCHS).withBatch(128).withSeed(42);
    fit = fit.withOptimizer(Optimizers.adam(1e-3).withLearningRate(Schedules.cosine(1e-3, fit.steps(Digits.TRAIN))));
    var training = Training.of(network, digits.train(), fit);
    var curve = new Curve(new ArrayList<>(), new ArrayList<>());
    var trained = training.run(training.start(), TrainingListener.NONE, snapshot -> {
        var model = training.model(snapshot.state());
        if (snapshot.position().step() == 0) {
            curve.drawn().add(model.evaluate(digits.test()).accuracy());
            curve.written().add(model.evaluate(mnist.test()).accuracy());
        }
    });
    IO.println(curve);
    var picture = new BufferedImage(1400, 520, BufferedImage.TYPE_INT_RGB);
    var g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(PAPER);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    curves(g, curve);
    samples(g, trained.model(), mnist.test());
    g.dispose();
    ImageIO.write(picture, "png", new File(arguments[0]));
}

void text(Graphics2D g, String text, int x, int y, int size, boolean bold, Color color) {
    g.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
    g.setColor(color);
    g.drawString(text, x, y);
}

/// From 90 % at the bottom to 100 % at the top.
int height(double accuracy) {
    return 440 - (int) Math.round((Math.max(0.9, accuracy) - 0.9) / 0.1 * 340);
}

int column(int epoch) {
    return 90 + (epoch - 1) * 440 / (EPOCHS - 1);
}

void curves(Graphics2D g, Curve curve) {
    text(g, "./cajal train digits", 60, 44, 24, true, INK);
    for (int percent = 90; percent <= 100; percent += 2) {
        int y = height(percent / 100.0);
        g.setColor(FAINT);
        g.drawLine(90, y, 530, y);
        text(g, percent + " %", 40, y + 5, 14, false, INK);
    }
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        text(g, String.valueOf(epoch), column(epoch) - 4, 466, 14, false, INK);
    }
    text(g, "epoch", 290, 494, 14, false, INK);
    line(g, curve.drawn(), DRAWN);
    line(g, curve.written(), WRITTEN);
    text(g, percent(curve.drawn().getLast()) + " of drawn test digits", 300, height(curve.drawn().getLast()) - 12, 16, true, DRAWN);
    text(g, percent(curve.written().getLast()) + " of MNIST, never seen in training", 225, height(curve.written().getLast()) + 60, 16, true, WRITTEN);
}

String percent(double accuracy) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
}

void line(Graphics2D g, List<Double> accuracies, Color color) {
    g.setColor(color);
    g.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = 1; i < accuracies.size(); i++) {
        g.drawLine(column(i), height(accuracies.get(i - 1)), column(i + 1), height(accuracies.get(i)));
    }
    for (int i = 0; i < accuracies.size(); i++) {
        g.fillOval(column(i + 1) - 4, height(accuracies.get(i)) - 4, 8, 8);
    }
    g.setStroke(new BasicStroke(1));
}

/// The first handwritten digits of MNIST's test set, each with the network's answer.
void samples(Graphics2D g, Model<Image, Integer> model, Examples<Image, Integer> test) {
    text(g, "What it makes of real handwriting", 620, 44, 24, true, INK);
    var answers = model.predict(test.inputs());
    var classes = ((ClassTargets<Integer>) test.targetEncoding()).classes();
    int size = 28;
    for (int i = 0; i < 60; i++) {
        int x = 620 + i % 12 * 63;
        int y = 68 + i / 12 * 86;
        for (int pixel = 0; pixel < size * size; pixel++) {
            int ink = 255 - (int) test.inputs().get(i, pixel);
            g.setColor(new Color(ink, ink, ink));
            g.fillRect(x + pixel % size * 2, y + pixel / size * 2, 2, 2);
        }
        int truth = classes.get((int) test.targets().get(i, 0));
        int answer = answers.get(i).label();
        boolean right = answer == truth;
        text(g, right ? String.valueOf(answer) : answer + " (" + truth + ")", x + (right ? 23 : 12), y + 74, 16, true,
                right ? WRITTEN : WRONG);
    }
}
