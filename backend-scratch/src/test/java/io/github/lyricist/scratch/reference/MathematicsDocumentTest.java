package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/mathematics.md names the code of each formula: {@code [`Class.method`](../path/Class.java)}
 * stands below it, before the next formula or heading. Formulas are in fences, {@code ```math},
 * since between two dollars Markdown makes one backslash of the two that end a line of them.
 */
class MathematicsDocumentTest {
  private static final Path DOCUMENT = root().resolve("docs/mathematics.md");

  private static final Pattern REFERENCE =
      Pattern.compile("\\[`([\\w.]+)`]\\((\\.\\./[^)]*/src/(?:main|test)/java/([^)]*)\\.java)\\)");

  /** What looks like a reference, be it one or not: a link to code, a method by its name. */
  private static final Pattern MEANT = Pattern.compile("\\.java\\)|`[A-Z]\\w*\\.[\\w.]+`(?!])");

  private final List<String> problems = new ArrayList<>();

  private static Path root() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Files.exists(module.resolve("lyricist")) ? module : module.resolve("..").normalize();
  }

  @Test
  void namesMethodsThatExist() throws IOException {
    int found = 0;
    List<String> lines = Files.readAllLines(DOCUMENT);
    for (int i = 0; i < lines.size(); i++) {
      List<MatchResult> references = references(lines.get(i));
      for (MatchResult reference : references) {
        check(i, reference);
      }
      if (MEANT.matcher(lines.get(i)).results().count() != references.size()) {
        report(i, "a method stands as [`Class.method`](../path/Class.java)");
      }
      found += references.size();
    }
    assertThat(problems).isEmpty();
    assertThat(found).isGreaterThan(80);
  }

  private static List<MatchResult> references(String line) {
    return REFERENCE.matcher(line).results().toList();
  }

  private void check(int line, MatchResult reference) {
    String path = reference.group(2);
    if (!Files.exists(DOCUMENT.resolveSibling(path).normalize())) {
      report(line, "there is no file " + path);
      return;
    }
    String file = reference.group(3).replace('/', '.');
    String[] names = reference.group(1).split("\\.");
    String method = names[names.length - 1];
    String type = String.join("$", Arrays.copyOf(names, names.length - 1));
    String name = file.substring(0, file.lastIndexOf('.') + 1) + type;
    if (!(name + "$").startsWith(file + "$")) {
      report(line, reference.group(1) + " is not in " + path);
      return;
    }
    try {
      Class<?> declaring = Class.forName(name, false, getClass().getClassLoader());
      if (Arrays.stream(declaring.getDeclaredMethods())
          .noneMatch(m -> m.getName().equals(method))) {
        report(line, declaring.getSimpleName() + " has no method " + method);
      }
    } catch (ClassNotFoundException e) {
      report(line, "there is no class " + name);
    }
  }

  @Test
  void namesTheCodeOfEachFormula() throws IOException {
    int formulas = 0;
    int unnamed = -1; // the line of a formula whose code is still to come
    List<String> lines = new ArrayList<>(Files.readAllLines(DOCUMENT));
    lines.add("# the end");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean isFormula = line.equals("```math");
      if ((isFormula || line.startsWith("#")) && unnamed >= 0) {
        report(unnamed, "the code of this formula is not named before line " + (i + 1));
        unnamed = -1;
      }
      if (line.contains("$$")) {
        report(i, "a formula on lines of its own stands in a fence, ```math");
      }
      if (isFormula) {
        formulas++;
        unnamed = i;
      } else if (!references(line).isEmpty()) {
        unnamed = -1;
      }
    }
    assertThat(problems).isEmpty();
    assertThat(formulas).isGreaterThan(50);
  }

  @Test
  void worksOutTheExample() throws IOException {
    Weights weights = Weights.zero(new ModelSpec(Cell.RNN, 1, 1, null, false, 0, false), 2);
    set(weights.get("rnn.weight_ih_l0"), 1, -1);
    set(weights.get("rnn.weight_hh_l0"), 0.5);
    set(weights.get("linear.weight"), 1, -1);
    ReferenceNetwork network = new ReferenceNetwork(weights, Precision.DOUBLE, RecurrentCell::of);
    Batch batch = new Batch(1, 2, new int[] {0, 1}, new int[] {1, 0});
    LayerState[] state = network.initialState(1).ofSequence(0);
    for (int t = 1; t <= 2; t++) {
      int target = batch.targets()[t - 1];
      double[] logits = network.logits(batch.inputs()[t - 1], state);
      double loss = SoftmaxCrossEntropy.forward(logits, target);
      assertRow("$h_%d$".formatted(t), state[0].hidden()[0]);
      assertRow("$p_%d[%d]$".formatted(t, target), Math.exp(-loss));
      assertRow("$\\ell_%d$".formatted(t), loss);
    }
    Weights gradients = weights.zeros();
    double total = network.learn(batch, DropoutMasks.NONE, network.initialState(1), 2, gradients);
    assertRow("$L$", total / 2);
    assertRow("$\\partial L/\\partial a_1$", gradients.get("rnn.weight_ih_l0")[0]);
    assertRow("$\\partial L/\\partial a_2$", gradients.get("rnn.weight_ih_l0")[1]);
    assertRow("$\\partial L/\\partial W_{hh}$", gradients.get("rnn.weight_hh_l0")[0]);
    assertRow("$\\partial L/\\partial W[0]$", gradients.get("linear.weight")[0]);
  }

  private static void set(double[] array, double... values) {
    System.arraycopy(values, 0, array, 0, array.length);
  }

  private static void assertRow(String symbol, double value) throws IOException {
    String begin = "| " + symbol + " |";
    String end = String.format(Locale.ROOT, "| %.4f |", value);
    assertThat(Files.readAllLines(DOCUMENT))
        .as("the row %s … %s", begin, end)
        .anyMatch(line -> line.startsWith(begin) && line.endsWith(end));
  }

  private void report(int line, String what) {
    problems.add("docs/mathematics.md:%d: %s".formatted(line + 1, what));
  }
}
