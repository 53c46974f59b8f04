package dev.collab.server.runtime;

import dev.collab.coordinator.Coordinator;
import dev.collab.document.DocumentRules;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Authenticator;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.LoadPolicy;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** What the parts of one server share. */
public record ServerContext(
    Coordinator coordinator,
    DocumentRules rules,
    Executor pool,
    Scheduler scheduler,
    InstantSource clock,
    RandomGenerator random,
    ServerLimits limits,
    PresenceTimes presence,
    Authenticator authenticator,
    AccessPolicy policy,
    List<Interceptor> interceptors,
    GuardedFilter filter,
    Duration heartbeat,
    LoadPolicy loading,
    ConflictPolicy conflicts,
    Observers observers) {}
