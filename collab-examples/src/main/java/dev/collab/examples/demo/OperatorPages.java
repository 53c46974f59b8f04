package dev.collab.examples.demo;

import static jakarta.servlet.http.HttpServletResponse.SC_OK;
import static jakarta.servlet.http.HttpServletResponse.SC_SERVICE_UNAVAILABLE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.collab.server.CollabServer;
import dev.collab.server.observe.Gauge;
import dev.collab.server.observe.Health;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The pages for whoever operates a server. They tell numbers and no names, and still belong behind
 * a login or on an address of their own where a server is reached from everywhere.
 *
 * <p>Thread-safe.
 */
final class OperatorPages {

  /** What Prometheus wants the text of a scrape to be called. */
  private static final String SCRAPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String JSON = "application/json; charset=utf-8";
  private static final JsonFactory FACTORY = new JsonFactory();

  private OperatorPages() {}

  /** Returns the pages by their paths. */
  static Map<String, Servlet> of(CollabServer server, PrometheusMeterRegistry registry) {
    return Map.of(
        "/metrics", page(SCRAPE, () -> new Answer(SC_OK, registry.scrape())),
        "/health", page(JSON, () -> health(server.health().toCompletableFuture().join())),
        "/status", page(JSON, () -> status(server, registry)));
  }

  private record Answer(int status, String body) {}

  /** Answers one request. */
  @FunctionalInterface
  private interface Source {
    Answer answer() throws IOException;
  }

  private static Servlet page(String type, Source source) {
    return new HttpServlet() {
      @Override
      protected void doGet(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        Answer answer = source.answer();
        response.setStatus(answer.status());
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(answer.body());
      }
    };
  }

  /** What load balancers ask for: 200 or 503, and for people why. */
  private static Answer health(Health health) throws IOException {
    boolean isUp = health.status() == Health.Status.UP;
    return new Answer(
        isUp ? SC_OK : SC_SERVICE_UNAVAILABLE,
        json(
            out -> {
              out.writeStringField("status", health.status().name());
              out.writeArrayFieldStart("checks");
              for (Health.Check check : health.checks()) {
                out.writeStartObject();
                out.writeStringField("name", check.name());
                out.writeStringField("status", check.status().name());
                out.writeStringField("detail", check.detail());
                out.writeEndObject();
              }
              out.writeEndArray();
            }));
  }

  /**
   * The numbers of the page's panel: what is so now, and of what has happened sums that only grow,
   * so that whoever asks makes rates for any time between two answers.
   */
  private static Answer status(CollabServer server, PrometheusMeterRegistry registry)
      throws IOException {
    Map<Gauge, Long> gauges = server.gauges().values();
    Collection<Timer> commits = registry.find("collab.operations.commit").timers();
    return new Answer(
        SC_OK,
        json(
            out -> {
              for (Map.Entry<Gauge, Long> gauge : gauges.entrySet()) {
                out.writeNumberField(camelCase(gauge.getKey()), gauge.getValue());
              }
              out.writeNumberField("commits", commits.stream().mapToLong(Timer::count).sum());
              out.writeNumberField(
                  "commitMillis",
                  commits.stream()
                      .mapToDouble(each -> each.totalTime(TimeUnit.MILLISECONDS))
                      .sum());
            }));
  }

  private static String camelCase(Gauge gauge) {
    StringBuilder name = new StringBuilder();
    for (String word : gauge.name().split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      name.append(
          name.isEmpty()
              ? lower
              : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
    }
    return name.toString();
  }

  /** Writes the members of an object. */
  @FunctionalInterface
  private interface Members {
    void writeTo(JsonGenerator out) throws IOException;
  }

  private static String json(Members members) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      members.writeTo(out);
      out.writeEndObject();
    }
    return text.toString();
  }
}
