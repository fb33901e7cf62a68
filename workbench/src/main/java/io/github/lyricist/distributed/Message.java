package io.github.lyricist.distributed;

import java.io.IOException;

/** What a leader and its workers begin to say with one byte. */
enum Message {
  /** To the worker: take part in a run. */
  JOIN('j'),
  /** To the worker: train a trial. */
  TRIAL('t'),
  /** To the worker: take a step. */
  STEP('s'),
  /** To the worker: give the states of your shards; and its answer. */
  HIDDEN('h'),
  /** To the worker: end the trial, with a checkpoint. */
  STOP('e'),
  /** A trial has trained another epoch. */
  EPOCH('l'),
  /** A trial's files that are new, or other ones than before. */
  FILES('d'),
  /** What came out of a trial. */
  OUTCOME('o'),
  /** The worker is there, whatever it is doing. */
  ALIVE('a'),
  /** The worker has opened the run. */
  READY('r'),
  /** The worker can't do what it was asked to. */
  REFUSED('x'),
  /** The worker tried, and failed. */
  FAILED('f');

  private final char letter;

  Message(char letter) {
    this.letter = letter;
  }

  /** The next one on a connection. */
  static Message read(Connection connection) throws IOException {
    int letter = connection.in().readUnsignedByte();
    for (Message message : values()) {
      if (message.letter == letter) {
        return message;
      }
    }
    throw new IOException("no message begins with " + letter);
  }

  void write(Connection connection) throws IOException {
    connection.out().writeByte(letter);
  }
}
