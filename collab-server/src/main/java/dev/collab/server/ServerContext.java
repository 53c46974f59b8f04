package dev.collab.server;

import dev.collab.coordinator.Coordinator;
import dev.collab.document.DocumentRules;
import dev.collab.transport.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** What the parts of one server share. */
record ServerContext(
    Coordinator coordinator,
    DocumentRules rules,
    Executor pool,
    Scheduler scheduler,
    InstantSource clock,
    RandomGenerator random,
    ServerLimits limits) {}
