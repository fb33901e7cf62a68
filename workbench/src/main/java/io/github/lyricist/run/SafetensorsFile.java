package io.github.lyricist.run;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.run.SafetensorsHeader.Tensor;
import io.github.lyricist.tokens.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A safetensors file that someone hands us: nothing in it is believed before it is checked. Its
 * numbers are read as floats, whatever their type.
 */
public final class SafetensorsFile {
  private static final String WHAT_TO_DO =
      "give a whole safetensors file of floating-point tensors";
  private static final int BLOCK_BYTES = 1 << 16;

  private final Path file;
  private final long dataStart;
  private final SafetensorsHeader header;
  private boolean isIntact;

  private SafetensorsFile(Path file, long dataStart, SafetensorsHeader header) {
    this.file = file;
    this.dataStart = dataStart;
    this.header = header;
  }

  /**
   * Reads and checks the header.
   *
   * @throws InvalidInputException if it is broken
   * @throws RunFailedException if reading fails
   */
  public static SafetensorsFile open(Path file) {
    BoundedFile.requireRegular(file, WHAT_TO_DO);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw broken(file, "it has %d bytes, too few for a header".formatted(size));
      }
      long length = read(channel, 0, Long.BYTES).getLong();
      if (length < 0 || length > Limits.SAFETENSORS_HEADER_BYTES) {
        throw noSafetensors(file, channel, length);
      }
      long dataStart = Long.BYTES + length;
      if (dataStart > size) {
        throw broken(file, "it ends within its header");
      }
      byte[] json = read(channel, Long.BYTES, (int) length).array();
      SafetensorsHeader header = SafetensorsHeader.parse(json, size - dataStart);
      return new SafetensorsFile(file, dataStart, header);
    } catch (SafetensorsHeader.BrokenException e) {
      throw broken(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static InvalidInputException noSafetensors(Path file, FileChannel channel, long header)
      throws IOException {
    long size = channel.size();
    if (header > 0 && header < size) {
      return broken(
          file,
          "its header has %d bytes, the limit is %d"
              .formatted(header, Limits.SAFETENSORS_HEADER_BYTES));
    }
    int length = (int) Math.min(size, ForeignFile.BYTES);
    return ForeignFile.of(read(channel, 0, length).array())
        .map(
            kind ->
                InvalidInputException.at(
                    file.toString(), "this is " + kind.what(), kind.whatToDo()))
        .orElseGet(
            () -> InvalidInputException.at(file.toString(), "not a safetensors file", WHAT_TO_DO));
  }

  /** The texts of its {@code __metadata__}. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The shapes of the tensors whose numbers are read, by name. */
  public Map<String, Shape> shapes() {
    return header.shapes();
  }

  /**
   * Checks the tensors' bytes against the digest in the metadata, where there is one. Later calls
   * read nothing again.
   *
   * @throws InvalidInputException if they are not the bytes that were written
   * @throws RunFailedException if reading fails
   */
  void requireIntact() {
    String written = metadata().get(Safetensors.DATA_SHA256);
    if (written == null || isIntact) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(dataStart);
      String found = Sha256.of(in);
      if (!found.equals(written)) {
        throw InvalidInputException.at(
            file.toString(),
            "its numbers were damaged after they were written: their SHA-256 is %s, not %s"
                .formatted(found, Excerpt.of(written)),
            "restore the file from a copy, or train again");
      }
      isIntact = true;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * Reads these tensors, in this order.
   *
   * @param names all must be there
   * @throws RunFailedException if reading fails
   */
  public Parameters read(List<String> names) {
    Parameters parameters = new Parameters();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (String name : names) {
        Tensor tensor = header.tensor(name);
        parameters.put(name, tensor.shape(), numbers(channel, tensor));
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
    return parameters;
  }

  /**
   * Reads a tensor of bytes.
   *
   * @param most how many it may have
   * @throws InvalidInputException if there is none such
   * @throws RunFailedException if reading fails
   */
  byte[] bytes(String name, int most) {
    Tensor tensor = header.tensors().get(name);
    if (tensor == null || tensor.end() - tensor.begin() != tensor.shape().size()) {
      throw broken(file, "it has no tensor '%s' of bytes".formatted(name));
    }
    long size = tensor.shape().size();
    if (size > most) {
      throw broken(file, "its '%s' has %d bytes, the limit is %d".formatted(name, size, most));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, dataStart + tensor.begin(), (int) size).array();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private float[] numbers(FileChannel channel, Tensor tensor) throws IOException {
    float[] numbers = new float[Math.toIntExact(tensor.shape().size())];
    NumberType type = Objects.requireNonNull(tensor.type());
    int most = BLOCK_BYTES / type.bytes();
    for (int from = 0; from < numbers.length; from += most) {
      int count = Math.min(most, numbers.length - from);
      long at = dataStart + tensor.begin() + (long) from * type.bytes();
      ByteBuffer block = read(channel, at, count * type.bytes());
      for (int i = 0; i < count; i++) {
        numbers[from + i] = type.next(block);
      }
    }
    return numbers;
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file ends early");
      }
    }
    return buffer.flip();
  }

  private static InvalidInputException broken(Path file, String what) {
    return InvalidInputException.at(
        file.toString(),
        "broken safetensors file: " + what,
        "restore it from a copy, or make it again");
  }

  private static RunFailedException failed(Path file, IOException e) {
    return RunFailedException.reading(file, e);
  }
}
