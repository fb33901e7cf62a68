package io.github.lyricist.distributed;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.Learning;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.sampling.Shard;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.TrainingSteps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are shared out among workers, of which this process is the leader: it has the model,
 * too, and keeps it as theirs are. The workers are started with the first step; they begin from the
 * run's checkpoint.
 */
public final class WorkerGroup implements TrainingSteps {
  private final Path folder;
  private final Learning learning;
  private final WorkerPlacement placement;
  private final Roster roster;
  private final ShardWork work;
  private HiddenState before; // the state that the first step begins from
  private @Nullable Meeting meeting;

  /**
   * @param folder the run directory
   * @param workers how many members compute
   */
  public WorkerGroup(Path folder, Learning learning, WorkerPlacement placement, int workers) {
    this.folder = folder;
    this.learning = learning;
    this.placement = placement;
    ExperimentSpec spec = learning.spec();
    this.roster =
        new Roster(
            placement.leaderComputes() ? workers : workers + 1,
            spec.training().shards(),
            placement.leaderComputes());
    this.work = new ShardWork(learning, roster, 0);
    this.before = HiddenState.zero(spec.model(), spec.sampler().batchSize());
  }

  /**
   * Checks that each worker would have a shard.
   *
   * @throws InvalidInputException if there are fewer shards than workers
   */
  public static void requireShards(ExperimentSpec spec, int workers) {
    int shards = spec.training().shards();
    if (workers > shards) {
      throw InvalidInputException.at(
          "--workers " + workers,
          "the experiment has %d shard%s to share out".formatted(shards, shards == 1 ? "" : "s"),
          "set training.shards to %d or more, or give fewer workers".formatted(workers));
    }
  }

  @Override
  public Measured take(int epoch, int first, int end, double learningRate) {
    if (meeting == null) {
      meeting = Meeting.open(folder, learning.backend(), roster, placement, work.length());
    }
    return meeting.during(
        met -> {
          for (Member member : met.members()) {
            Connection to = member.connection();
            Message.STEP.write(to);
            to.out().writeInt(epoch);
            to.out().writeInt(first);
            to.out().writeInt(end);
            to.out().writeDouble(learningRate);
            to.flush();
          }
          return work.take(epoch, first, end, learningRate, met.exchange());
        });
  }

  @Override
  public HiddenState hidden() {
    if (meeting == null) {
      return before.copy();
    }
    return meeting.during(
        met -> {
          List<HiddenState> parts = new ArrayList<>(work.hidden());
          for (int rank = 1; rank < roster.ranks(); rank++) {
            Member member = met.members().get(rank - 1);
            Message.HIDDEN.write(member.connection());
            member.connection().flush();
            parts.addAll(states(rank, met.answer(member).numbers()));
          }
          return HiddenState.joined(parts);
        });
  }

  /** What {@link Worker} wrote of the states of a member's shards. */
  private List<HiddenState> states(int rank, float[] numbers) throws IOException {
    ExperimentSpec spec = learning.spec();
    List<HiddenState> states = new ArrayList<>();
    int at = 0;
    for (Shard shard : roster.sequencesOf(rank, spec.sampler().batchSize())) {
      HiddenState state = HiddenState.zero(spec.model(), shard.size());
      for (String name : state.names()) {
        float[] values = state.get(name);
        if (at + values.length > numbers.length) {
          throw new IOException("a worker's states are of another size");
        }
        System.arraycopy(numbers, at, values, 0, values.length);
        at += values.length;
      }
      states.add(state);
    }
    return states;
  }

  @Override
  public OptimizerState optimizerState() {
    return learning.trainer().optimizerState();
  }

  @Override
  public void restore(HiddenState hidden, OptimizerState optimizer) {
    before = hidden.copy();
    work.restore(hidden, optimizer);
  }

  @Override
  public void close() {
    if (meeting != null) {
      meeting.close();
    }
    work.close();
  }
}
