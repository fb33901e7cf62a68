package io.github.lyricist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code curves.svg} and {@code curves.png}: a run's perplexity and speed over its epochs. The SVG
 * follows the reader's light or dark surroundings, the PNG is a light card.
 */
public final class Curves {
  private Curves() {}

  /**
   * Draws a run into its folder, in place of what was drawn before.
   *
   * @param title what stands above the plots
   * @param epochs the run's epochs, ascending; none is fine, too
   * @param previewEpochs the epochs to mark
   * @throws RunFailedException if writing fails, or if this Java can't draw, as one without fonts;
   *     the SVG needs no more than Java itself, and is then there
   */
  public static void write(
      Path runDirectory, String title, List<EpochResult> epochs, List<Integer> previewEpochs) {
    Sheet sheet = new Sheet(title, new History("", 0, epochs, new TreeSet<>(previewEpochs)));
    byte[] svg = sheet.svg().getBytes(UTF_8);
    AtomicFile.write(runDirectory.resolve(RunDirectory.CURVES_SVG), out -> out.write(svg));
    byte[] png = png(sheet);
    AtomicFile.write(runDirectory.resolve(RunDirectory.CURVES_PNG), out -> out.write(png));
  }

  private static byte[] png(Sheet sheet) {
    try (PngCanvas canvas = new PngCanvas(Sheet.WIDTH, Sheet.HEIGHT)) {
      sheet.draw(canvas);
      return canvas.png();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      // What a Java without AWT, its native libraries or any font throws has no common type.
      throw new RunFailedException("this Java can't draw pictures: " + e, e);
    }
  }
}
