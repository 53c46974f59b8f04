/**
 * Publishes what a server tells of through Micrometer. Entry type: {@link
 * dev.collab.micrometer.CollabMetrics}, which is thread-safe.
 *
 * <p>Beside it lie, as resources, {@code alerts.yml}, alerting rules for Prometheus, and {@code
 * dashboard.json}, a dashboard for Grafana.
 */
package dev.collab.micrometer;
