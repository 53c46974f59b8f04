/**
 * Measurements of speed: JMH suites, one class per subject, and {@link
 * dev.collab.benchmarks.TargetsReport}, which compares all of it with the targets of {@code
 * docs/performance.md}. What is measured is the same code in both.
 */
package dev.collab.benchmarks;
