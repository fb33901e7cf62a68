package io.github.lyricist.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.lyricist.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** What a mutation must leave alone for the reader to see more of the input than its beginning. */
enum Form {
  /** Nothing: any byte may be another one. */
  PLAIN {
    @Override
    String mutated(String input, List<String> valid, UniformRandomProvider random) {
      return new Mutation(random, valid).of(input);
    }
  },

  /** A zip or gzip file: the fields of its headers are hit more often than what is packed. */
  ARCHIVE {
    @Override
    String mutated(String input, List<String> valid, UniformRandomProvider random) {
      Mutation mutation = new Mutation(random, valid);
      if (random.nextInt(3) == 0) {
        return mutation.of(input);
      }
      List<Integer> headers = new ArrayList<>(List.of(0));
      for (int at = input.indexOf("PK", 1); at >= 0; at = input.indexOf("PK", at + 1)) {
        headers.add(at);
      }
      int field = headers.get(random.nextInt(headers.size())) + random.nextInt(HEADER_BYTES);
      return mutation.withInteger(input, Math.min(field, input.length()));
    }
  },

  /**
   * The header's length stays right where the header changes, and mostly the digest where the data
   * do.
   */
  SAFETENSORS {
    @Override
    String mutated(String input, List<String> valid, UniformRandomProvider random) {
      int part = random.nextInt(8);
      if (part == 0) {
        return new Mutation(random, valid).of(input);
      }
      String header = header(input);
      String data = input.substring(Long.BYTES + header.length());
      if (part <= 2) {
        data = new Mutation(random, valid).of(data);
      } else {
        header = new Mutation(random, valid.stream().map(Form::header).toList()).of(header);
      }
      if (random.nextInt(4) > 0) {
        header =
            header.replaceFirst(
                "(?<=data_sha256\":\")[0-9a-f]{64}", Sha256.of(data.getBytes(ISO_8859_1)));
      }
      return length(header) + header + data;
    }
  };

  private static final int HEADER_BYTES = 46; // of a zip's longest one

  /** A valid input, mutated. */
  abstract String mutated(String input, List<String> valid, UniformRandomProvider random);

  private static String header(String safetensors) {
    byte[] length = safetensors.substring(0, Long.BYTES).getBytes(ISO_8859_1);
    long bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return safetensors.substring(Long.BYTES, Long.BYTES + (int) bytes);
  }

  private static String length(String header) {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length())
            .array();
    return new String(bytes, ISO_8859_1);
  }
}
