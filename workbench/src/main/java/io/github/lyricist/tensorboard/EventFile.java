package io.github.lyricist.tensorboard;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code events.out.tfevents.<seconds>.<host>.lyricist} in a run directory, which TensorBoard reads
 * while it grows, by whole records; a step is an epoch. Every failure to write is a {@link
 * RunFailedException}.
 */
public final class EventFile implements AutoCloseable {
  private static final double MILLIS = 1000;
  private static final int MOST_OF_HOST = 64; // characters; a file's name has a limit

  private final Path path;
  private final FileChannel file;
  private final Clock clock;

  private EventFile(Path path, FileChannel file, Clock clock) {
    this.path = path;
    this.file = file;
    this.clock = clock;
  }

  /**
   * Starts the file of a run that begins, or resumes: then TensorBoard drops the epochs that
   * earlier files in the folder have of what is run again.
   *
   * @param firstEpoch the first epoch that the file will tell of, from 1
   */
  public static EventFile create(Path folder, int firstEpoch) {
    return create(folder, firstEpoch, host(), Clock.systemUTC());
  }

  static EventFile create(Path folder, int firstEpoch, String host, Clock clock) {
    // Files are read in the order of their names, so one of a resumed run needs a later second.
    for (long second = clock.instant().getEpochSecond(); ; second++) {
      Path path =
          folder.resolve("events.out.tfevents.%010d.%s.lyricist".formatted(second, cleaned(host)));
      try {
        FileChannel file =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return begun(new EventFile(path, file, clock), firstEpoch);
      } catch (FileAlreadyExistsException e) {
        // Taken, by a run that was stopped within this second: the next one.
      } catch (IOException e) {
        throw RunFailedException.writing(path, e);
      }
    }
  }

  /** The file with its first records; it is closed where they can't be written. */
  private static EventFile begun(EventFile events, int firstEpoch) throws IOException {
    boolean written = false;
    try {
      events.append(Event.version(events.now()));
      if (firstEpoch > 1) {
        events.append(Event.restart(events.now(), firstEpoch));
      }
      written = true;
      return events;
    } finally {
      if (!written) {
        events.file.close();
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /** A host's name as a part of a file's name. */
  private static String cleaned(String host) {
    String plain = host.replaceAll("[^A-Za-z0-9.-]+", "-");
    return plain.isEmpty()
        ? "localhost"
        : plain.substring(0, Math.min(plain.length(), MOST_OF_HOST));
  }

  /** Adds a point to each curve. */
  public void append(EpochResult result) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("perplexity", result.perplexity());
    values.put("loss", result.loss());
    if (result.validationPerplexity() != null) {
      values.put("validation/perplexity", result.validationPerplexity());
    }
    values.put("characters_per_second", result.charactersPerSecond());
    values.put("gradient_norm", result.gradientNorm());
    values.put("learning_rate", result.learningRate());
    append(Event.scalars(now(), result.epoch(), values));
  }

  /** Adds a text. */
  public void append(Preview preview) {
    // Indented, Markdown leaves every character as it is.
    String text = preview.prefix() + preview.text();
    String markdown = "    " + text.replaceAll("\\R", "\n    ");
    append(Event.text(now(), preview.epoch(), "preview/" + preview.prefix(), markdown));
  }

  private double now() {
    return clock.millis() / MILLIS;
  }

  private void append(byte[] event) {
    try {
      ByteBuffer record = TfRecord.of(event);
      while (record.hasRemaining()) {
        file.write(record);
      }
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }

  @Override
  public void close() {
    try (file) {
      file.force(true);
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }
}
