package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runEachTaskOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 20_000; round++) {
        int count = round % 7;
        AtomicIntegerArray runs = new AtomicIntegerArray(7);
        workers.run(count, (number, worker) -> runs.incrementAndGet(number));
        for (int number = 0; number < 7; number++) {
          assertThat(runs.get(number)).isEqualTo(number < count ? 1 : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // threads, total, most, piece
    "2, 1120, 128, 112",
    "2, 1027, 64, 58",
    "2, 32, 64, 16",
    "1, 64, 64, 64",
    "1, 65, 64, 33",
    "3, 2, 64, 1",
    "2, 0, 64, 1",
  })
  void shareOutEqually(int threads, int total, int most, int piece) {
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.pieceOf(total, most)).isEqualTo(piece);
    }
  }

  @Test
  void wakeAfterSleeping() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 20; round++) {
        Thread.sleep(5);
        int[] runs = new int[50];
        workers.run(runs.length, (number, worker) -> runs[number]++);
        assertThat(Arrays.stream(runs).allMatch(run -> run == 1)).isTrue();
      }
    }
  }

  @Test
  void giveEachThreadANumberOfItsOwn() {
    try (Workers workers = new Workers(4)) {
      Thread[] threads = new Thread[workers.threads()];
      for (int round = 0; round < 1_000; round++) {
        workers.run(
            16,
            (number, worker) -> {
              Thread known = threads[worker];
              assertThat(known == null || known == Thread.currentThread()).isTrue();
              threads[worker] = Thread.currentThread();
            });
      }
      assertThat(threads[0]).isSameAs(Thread.currentThread());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void passOnWhatATaskThrewAndGoOn(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int failing : new int[] {0, 3, 9}) {
        assertThatThrownBy(
                () ->
                    workers.run(
                        10,
                        (number, worker) -> {
                          if (number == failing) {
                            throw new IllegalArgumentException("task " + number);
                          }
                        }))
            .hasStackTraceContaining("task " + failing);
        int[] runs = new int[10];
        workers.run(10, (number, worker) -> runs[number]++);
        assertThat(runs).containsOnly(1);
      }
    }
  }

  @Test
  void anInterruptWaitsUntilTheWorkIsDone() {
    try (Workers workers = new Workers(2)) {
      int[] runs = new int[1_000];
      Thread.currentThread().interrupt();
      workers.run(runs.length, (number, worker) -> runs[number]++);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(runs).containsOnly(1);
    }
  }

  @Test
  void severalCallersAtOnceGetAllTheirTasksDone() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      int[][] runs = new int[6][200];
      Thread[] callers = new Thread[runs.length];
      for (int i = 0; i < callers.length; i++) {
        int[] own = runs[i];
        callers[i] =
            new Thread(
                () -> {
                  for (int round = 0; round < 50; round++) {
                    workers.run(own.length, (number, worker) -> own[number]++);
                  }
                });
        callers[i].start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(List.of(runs)).allSatisfy(own -> assertThat(own).containsOnly(50));
    }
  }

  @Test
  void refuseATaskThatRunsTasks() {
    try (Workers workers = new Workers(2)) {
      Thread caller = Thread.currentThread();
      CountDownLatch callerHasOne = new CountDownLatch(1);
      assertThatThrownBy(
              () ->
                  workers.run(
                      8,
                      (number, worker) -> {
                        if (Thread.currentThread() == caller) {
                          callerHasOne.countDown();
                          workers.run(8, (inner, same) -> {});
                        }
                        while (callerHasOne.getCount() > 0) { // the other takes no more
                          Thread.onSpinWait();
                        }
                      }))
          .hasStackTraceContaining("must not run tasks");
    }
  }
}
