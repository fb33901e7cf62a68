package io.github.lyricist.spark;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.distributed.WorkerPlacement.Placed;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Workers that Spark runs: a task each, several of them all at once or none (a barrier stage). */
final class SparkJob implements Placed {
  private static final String RECENT = "most recent failure: ";
  private static final int PATIENCE_SECONDS = 5;

  private final SparkContext context;
  private final String group = "workers-" + UUID.randomUUID();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private SparkJob(SparkContext context) {
    this.context = context;
  }

  /** Starts them. */
  static SparkJob start(SparkContext context, int count, WorkerTask task) {
    SparkJob job = new SparkJob(context);
    Thread thread = new Thread(() -> job.run(count, task), "lyricist-spark-job");
    thread.setDaemon(true);
    thread.setContextClassLoader(SparkJob.class.getClassLoader());
    thread.start();
    return job;
  }

  private void run(int count, WorkerTask task) {
    try {
      context.setJobGroup(group, "Lyricist's workers", true);
      ClassTag<Integer> type = ClassTag$.MODULE$.apply(Integer.class);
      RDD<Integer> numbers =
          JavaSparkContext.fromSparkContext(context)
              .parallelize(IntStream.range(0, count).boxed().toList(), count)
              .rdd();
      RDD<Integer> workers =
          count == 1
              ? numbers.mapPartitions(task, false, type)
              : numbers.barrier().mapPartitions(task, false, type);
      workers.count();
      end.complete(null);
    } catch (Throwable e) { // Scala throws checked exceptions of which no signature speaks
      end.completeExceptionally(e);
    }
  }

  @Override
  public void requireAlive() {
    if (end.isDone()) {
      try {
        end.get();
        throw new RunFailedException("a worker ended before it began");
      } catch (ExecutionException e) {
        throw new RunFailedException(reason(e.getCause() == null ? e : e.getCause()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunFailedException("interrupted", e);
      }
    }
  }

  /** The first line of what Spark says, without what it says of its stages and tasks. */
  static String reason(Throwable e) {
    String message = String.valueOf(e.getMessage());
    int recent = message.indexOf(RECENT);
    String line =
        message.substring(recent < 0 ? 0 : recent + RECENT.length()).lines().findFirst().orElse("");
    return line.replaceFirst("^Lost task .*?\\((\\S+) executor [^)]*\\): ", "on $1: ")
        .replaceFirst("java\\.lang\\.IllegalStateException: ", "");
  }

  /** They end by themselves, unless they hang; nothing is lost with them. */
  @Override
  public void close() {
    if (!hasEnded()) {
      context.cancelJobGroup(group);
      hasEnded();
    }
  }

  private boolean hasEnded() {
    try {
      end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      return true; // whoever needed them has heard of it
    } catch (TimeoutException e) {
      return false;
    }
  }
}
