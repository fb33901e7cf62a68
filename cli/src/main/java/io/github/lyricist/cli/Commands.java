package io.github.lyricist.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and hands those that print the streams to print to. */
final class Commands implements IFactory {
  private final PrintStream out;
  private final PrintStream err;

  Commands(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == RunCommand.class) {
      return type.cast(new RunCommand(out, err));
    }
    if (type == ResumeCommand.class) {
      return type.cast(new ResumeCommand(out, err));
    }
    if (type == GenerateCommand.class) {
      return type.cast(new GenerateCommand(out, err));
    }
    if (type == EvalCommand.class) {
      return type.cast(new EvalCommand(out));
    }
    if (type == BenchCommand.class) {
      return type.cast(new BenchCommand(out, err));
    }
    if (type == BenchEngineCommand.class) {
      return type.cast(new BenchEngineCommand(out));
    }
    if (type == CompareEngineCommand.class) {
      return type.cast(new CompareEngineCommand(out, err));
    }
    if (type == CompareCommand.class) {
      return type.cast(new CompareCommand(out, err));
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
      return type.cast(new BackendsCommand(out));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
