package io.github.lyricist.cli;

import io.github.lyricist.backend.BackendRegistry;
import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and hands them the streams to print to and the engines. */
final class Commands implements IFactory {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;

  Commands(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == RunCommand.class) {
      return type.cast(new RunCommand(out, err, backends));
    }
    if (type == ResumeCommand.class) {
      return type.cast(new ResumeCommand(out, err, backends));
    }
    if (type == GenerateCommand.class) {
      return type.cast(new GenerateCommand(out, err, backends));
    }
    if (type == EvalCommand.class) {
      return type.cast(new EvalCommand(out, err, backends));
    }
    if (type == BenchCommand.class) {
      return type.cast(new BenchCommand(out, err, backends));
    }
    if (type == BenchEngineCommand.class) {
      return type.cast(new BenchEngineCommand(out, backends));
    }
    if (type == CompareEngineCommand.class) {
      return type.cast(new CompareEngineCommand(out, err, backends));
    }
    if (type == CompareCommand.class) {
      return type.cast(new CompareCommand(out, err, backends));
    }
    if (type == ReportCommand.class) {
      return type.cast(new ReportCommand(out));
    }
    if (type == ValidateCommand.class) {
      return type.cast(new ValidateCommand(out));
    }
    if (type == ImportCommand.class) {
      return type.cast(new ImportCommand(err));
    }
    if (type == BackendsCommand.class) {
      return type.cast(new BackendsCommand(out, backends));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
