package io.github.lyricist.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import java.io.IOException;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What reads a kind of file.
 *
 * @param name of the reader, as {@code -Dfuzz.reader} takes it
 * @param form how its inputs are mutated
 * @param valid inputs that it reads, their bytes one character each
 * @param reading reads an input, and checks what it became
 */
record Reader(String name, Form form, List<String> valid, Reading reading) {

  /** Reads an input; whatever it throws but a refusal is a fault. */
  @FunctionalInterface
  interface Reading {
    void of(byte[] input) throws IOException;
  }

  /** The input of a case: a function of (seed, reader, number) alone. */
  byte[] input(long seed, long number) {
    UniformRandomProvider random =
        new RandomStreams(seed).stream(Purpose.GENERATION, name.hashCode(), number);
    String input = valid.get(random.nextInt(valid.size()));
    return form.mutated(input, valid, random).getBytes(ISO_8859_1);
  }
}
