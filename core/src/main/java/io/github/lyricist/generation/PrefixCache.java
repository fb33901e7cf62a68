package io.github.lyricist.generation;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a model had in mind after texts that it read, so that one which goes on from such
 * a text, as one does that somebody writes, is not read anew. May be used by several threads.
 */
final class PrefixCache {
  private static final int MOST = 64;
  private static final int STRIDE = 256; // so that a text that is changed is not read from 0

  private final RecurrentModel model;
  private final Deque<Reading> readings = new ArrayDeque<>(); // the one used last first

  PrefixCache(RecurrentModel model) {
    this.model = model;
  }

  /**
   * A text that was read.
   *
   * @param ids of its tokens
   * @param state after them
   * @param logits {@code float[V]} of the token that follows; not to be changed
   */
  record Reading(int[] ids, HiddenState state, float[] logits) {
    boolean begins(int... longer) {
      int different = Arrays.mismatch(ids, longer);
      return different < 0 || different == ids.length;
    }
  }

  /**
   * Reads a text, or what of it is new.
   *
   * @param ids at least one
   */
  Reading read(int... ids) {
    Reading begun = longestBeginning(ids);
    if (begun != null && begun.ids().length == ids.length) {
      return begun;
    }
    int at = begun == null ? 0 : begun.ids().length;
    try (Session session = model.newSession(1)) {
      if (begun != null) {
        session.set(begun.state());
      }
      float[] logits = new float[model.vocabularySize()];
      while (true) {
        session.next(new int[] {ids[at]}, logits);
        at++;
        if (at % STRIDE == 0 || at == ids.length) {
          Reading reading = new Reading(Arrays.copyOf(ids, at), session.state(), logits.clone());
          keep(reading);
          if (at == ids.length) {
            return reading;
          }
        }
      }
    }
  }

  private synchronized @Nullable Reading longestBeginning(int... ids) {
    Reading longest = null;
    for (Reading each : readings) {
      if (each.begins(ids) && (longest == null || each.ids().length > longest.ids().length)) {
        longest = each;
      }
    }
    if (longest != null) {
      readings.remove(longest);
      readings.addFirst(longest);
    }
    return longest;
  }

  private synchronized void keep(Reading reading) {
    readings.addFirst(reading);
    if (readings.size() > MOST) {
      readings.removeLast();
    }
  }
}
