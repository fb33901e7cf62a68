package io.github.lyricist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparkJobTest {
  @Test
  void ofWhatSparkSaysTheReasonIsLeft() {
    assertThat(
            SparkJob.reason(
                new IllegalStateException(
                    """
                    Job aborted due to stage failure: Task 0 in stage 3.0 failed 1 times, most recent failure: \
                    Lost task 0.0 in stage 3.0 (TID 5) (10.0.0.7 executor 2): java.lang.IllegalStateException: \
                    a worker's process ended with 137; the executor's stderr says more
                    \tat io.github.lyricist.spark.WorkerTask.apply(WorkerTask.java:60)
                    """)))
        .isEqualTo(
            "on 10.0.0.7: a worker's process ended with 137; the executor's stderr says more");
    assertThat(SparkJob.reason(new IllegalStateException("no room\nat all"))).isEqualTo("no room");
    assertThat(SparkJob.reason(new IllegalStateException())).isEqualTo("null");
  }
}
