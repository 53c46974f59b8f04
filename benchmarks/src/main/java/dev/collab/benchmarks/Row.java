package dev.collab.benchmarks;

import dev.collab.benchmarks.Contest.Samples;
import java.util.Locale;

/**
 * One line of the report.
 *
 * @param target the target, such as {@code T1}
 * @param what what was measured
 * @param measured what it showed
 * @param against what it is compared with
 * @param ratio how many times faster it is than that; not a number if it is compared with nothing
 * @param must what the target demands, or nothing if the line is for information
 * @param met whether it does
 */
record Row(
    String target,
    String what,
    Samples measured,
    String against,
    double ratio,
    String must,
    boolean met) {

  private static final String FORMAT = "%-3s %-44s %9s %19s %8s  %-24s %8s  %-9s %s";

  /** Compares with a figure measured elsewhere. */
  static Row against(
      String target, String what, Samples measured, String who, double nanos, double mustRatio) {
    double ratio = nanos / measured.median();
    return new Row(
        target,
        what,
        measured,
        who + " " + time(nanos),
        ratio,
        mustRatio > 0 ? ">= " + times(mustRatio) : "",
        ratio >= mustRatio);
  }

  /** Compares with nothing. */
  static Row alone(String what, Samples measured) {
    return new Row("", what, measured, "", Double.NaN, "", true);
  }

  /** Compares with a baseline of the same run. */
  static Row against(
      String target, String what, Samples measured, Samples baseline, double mustRatio) {
    double ratio = measured.timesFasterThan(baseline);
    return new Row(
        target,
        what,
        measured,
        "StringBuilder " + time(baseline.median()),
        ratio,
        mustRatio > 0 ? ">= " + times(mustRatio) : "",
        ratio >= mustRatio);
  }

  /** Returns this line with a demand on the time itself. */
  Row atMost(double nanos) {
    return new Row(
        target, what, measured, against, ratio, "<= " + time(nanos), measured.median() <= nanos);
  }

  /** Returns the head of the table. */
  static String head() {
    return format("id", "what", "median", "least-most", "B/op", "against", "faster", "must", "");
  }

  String line() {
    return format(
        target,
        what,
        time(measured.median()),
        time(measured.least()) + " - " + time(measured.greatest()),
        String.format(Locale.ROOT, "%,.0f", measured.bytes()),
        against,
        times(ratio),
        must,
        must.isEmpty() ? "" : met ? "ok" : "MISSED");
  }

  private static String format(Object... cells) {
    return FORMAT.formatted(cells).stripTrailing();
  }

  private static String times(double ratio) {
    if (Double.isNaN(ratio)) {
      return "";
    }
    return String.format(Locale.ROOT, ratio < 10 ? "%.2fx" : "%.0fx", ratio);
  }

  private static String time(double nanos) {
    if (nanos < 10) {
      return String.format(Locale.ROOT, "%.2f ns", nanos);
    }
    if (nanos < 10_000) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    return String.format(Locale.ROOT, "%.1f us", nanos / 1000);
  }
}
