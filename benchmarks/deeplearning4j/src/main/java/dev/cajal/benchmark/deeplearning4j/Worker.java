package dev.cajal.benchmark.deeplearning4j;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Runs the MLP with Deeplearning4j, a round at a time: does what {@code benchmarks/python/worker.py} says. */
public final class Worker {
    private static final CompilationMXBean COMPILATION = ManagementFactory.getCompilationMXBean();
    private static final Pattern TENSOR = Pattern.compile(
            "\"([^\"]+)\": \\{\"dtype\": \"(\\w+)\", \"shape\": \\[([\\d, ]+)], \"data_offsets\": \\[(\\d+), (\\d+)]}");

    private final Runnable step;
    private final DoubleSupplier check;
    private final PrintStream out;

    private Worker(Runnable step, DoubleSupplier check, PrintStream out) {
        this.step = step;
        this.check = check;
        this.out = out;
    }

    /** Arguments: MODEL INPUTS SPAWNED STEPS. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        Map<String, INDArray> inputs = read(Path.of(arguments[1]));
        Worker worker = start(arguments[0], inputs, out);
        worker.begin(Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        worker.serve();
        // Its threads would keep the process alive.
        System.exit(0);
    }

    private static Worker start(String model, Map<String, INDArray> inputs, PrintStream out) {
        boolean trains = !model.equals("mlp-latency");
        IUpdater updater = model.equals("mlp-adam") ? new Adam(1e-4) : new Sgd(0.01);
        MultiLayerNetwork network = network(inputs, updater, trains);
        INDArray x = inputs.get("x");
        if (trains) {
            INDArray y = Nd4j.zeros(DataType.FLOAT, x.size(0), network.layerSize(network.getnLayers() - 1));
            INDArray classes = inputs.get("y");
            for (long i = 0; i < x.size(0); i++) {
                y.putScalar(i, classes.getLong(i), 1);
            }
            return new Worker(() -> network.fit(x, y), network::score, out);
        }
        INDArray[] last = new INDArray[1];
        return new Worker(() -> last[0] = network.output(x, false),
                () -> Math.sqrt(Arrays.stream(last[0].toDoubleVector()).map(each -> each * each).average().orElseThrow()), out);
    }

    private static MultiLayerNetwork network(Map<String, INDArray> inputs, IUpdater updater, boolean trains) {
        List<INDArray> kernels = new ArrayList<>();
        for (int i = 0; inputs.containsKey("parameter/" + i + "/kernel"); i++) {
            kernels.add(inputs.get("parameter/" + i + "/kernel"));
        }
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().updater(updater)
                .dataType(DataType.FLOAT).list();
        for (int i = 0; i < kernels.size(); i++) {
            long n = kernels.get(i).size(0);
            long m = kernels.get(i).size(1);
            boolean isLast = i + 1 == kernels.size();
            layers.layer(isLast && trains
                    ? new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT).activation(Activation.SOFTMAX)
                            .nIn(n).nOut(m).build()
                    : new DenseLayer.Builder().activation(isLast ? Activation.IDENTITY : Activation.RELU)
                            .nIn(n).nOut(m).build());
        }
        MultiLayerConfiguration configuration = layers.build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        for (int i = 0; i < kernels.size(); i++) {
            network.setParam(i + "_W", kernels.get(i));
            network.setParam(i + "_b", inputs.get("parameter/" + i + "/bias").reshape(1, -1));
        }
        return network;
    }

    /** The arrays of a safetensors file that {@code benchmarks/python/tensors.py} wrote. */
    private static Map<String, INDArray> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong(0);
        String text = new String(bytes.array(), 8, header, StandardCharsets.UTF_8);
        Map<String, INDArray> found = new LinkedHashMap<>();
        Matcher matcher = TENSOR.matcher(text);
        while (matcher.find()) {
            long[] shape = Stream.of(matcher.group(3).split(", ")).mapToLong(Long::parseLong).toArray();
            int begin = 8 + header + Integer.parseInt(matcher.group(4));
            float[] elements = new float[(Integer.parseInt(matcher.group(5)) + 8 + header - begin) / 4];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = matcher.group(2).equals("F32") ? bytes.getFloat(begin + 4 * i) : bytes.getInt(begin + 4 * i);
            }
            found.put(matcher.group(1), Nd4j.create(elements, shape, 'c'));
        }
        return found;
    }

    private void begin(long spawned, int steps) throws IOException {
        List<String> trace = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        for (int i = 1; i <= steps; i++) {
            long duration = time();
            trace.add(String.format(Locale.ROOT, "[%.4f,%.9f]", (System.currentTimeMillis() - spawned) / 1e3, duration / 1e9));
            if (i == 1 || i == 10 || i == 20) {
                checks.add(String.format(Locale.ROOT, "%.9e", check.getAsDouble()));
            }
        }
        out.printf(Locale.ROOT, "{\"event\":\"ready\",\"checks\":%s,\"trace\":%s,\"version\":\"Deeplearning4j %s\"}%n", checks, trace,
                version());
    }

    /** What its jar says; jars of it have no version in their manifest. */
    private static String version() throws IOException {
        Properties facts = new Properties();
        try (InputStream in = MultiLayerNetwork.class
                .getResourceAsStream("/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties")) {
            if (in != null) {
                facts.load(in);
            }
        }
        return facts.getProperty("version", "of unknown version");
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            long compiled = COMPILATION.getTotalCompilationTime();
            long[] times = round(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
            List<String> quantiles = new ArrayList<>();
            for (int i = 0; i <= 100; i++) {
                quantiles.add(String.format(Locale.ROOT, "%.9f", times[Math.round((times.length - 1) * i / 100f)] / 1e9));
            }
            out.printf(Locale.ROOT, "{\"event\":\"round\",\"count\":%d,\"compiling\":%.3f,\"quantiles\":%s}%n", times.length,
                    (COMPILATION.getTotalCompilationTime() - compiled) / 1e3, quantiles);
        }
    }

    private long[] round(double seconds, int minimum) {
        List<Long> times = new ArrayList<>();
        long start = System.nanoTime();
        while (times.size() < minimum || System.nanoTime() - start < seconds * 1e9) {
            times.add(time());
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private long time() {
        long start = System.nanoTime();
        step.run();
        return System.nanoTime() - start;
    }
}
