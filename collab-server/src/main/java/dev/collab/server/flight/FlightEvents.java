package dev.collab.server.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The events that the flight recorder is given. Their names and fields are documented. */
final class FlightEvents {

  private static final String CATEGORY = "Collab";

  private FlightEvents() {}

  @Name("dev.collab.OperationCommitted")
  @Label("Operation Committed")
  @Category(CATEGORY)
  @Description("A submission that came to this server stands in the log.")
  @StackTrace(false)
  static final class Committed extends Event {

    @Label("Document")
    @Description("the collection and the id")
    @Nullable String document;

    @Label("Client")
    @Description("the public id")
    @Nullable String client;

    @Label("Kind")
    @Description("CREATE, EDIT, DELETE or NONE")
    @Nullable String kind;

    @Label("Revision")
    @Description("entries committed so far")
    long revision;

    @Label("Transform Count")
    @Description("concurrent entries that the operation was transformed over")
    long transformCount;

    @Label("Latency")
    @Description("from receipt to commit")
    @Timespan(Timespan.NANOSECONDS)
    long latency;

    @Label("Weight")
    @Description("UTF-16 code units inserted, plus a constant per component")
    int weight;
  }

  @Name("dev.collab.OperationRejected")
  @Label("Operation Rejected")
  @Category(CATEGORY)
  @Description("A submission was refused.")
  @StackTrace(false)
  static final class Rejected extends Event {

    @Label("Document")
    @Description("the collection and the id")
    @Nullable String document;

    @Label("Client")
    @Description("the public id")
    @Nullable String client;

    @Label("Code")
    @Description("the stable code of the error")
    @Nullable String code;
  }

  @Name("dev.collab.Resync")
  @Label("Resync")
  @Category(CATEGORY)
  @Description("A client has to take a snapshot.")
  @StackTrace(false)
  static final class Resynced extends Event {

    @Label("Document")
    @Description("the collection and the id")
    @Nullable String document;

    @Label("Client")
    @Description("the public id")
    @Nullable String client;

    @Label("Reason")
    @Nullable String reason;
  }

  @Name("dev.collab.SlowConsumer")
  @Label("Slow Consumer")
  @Category(CATEGORY)
  @Description("A connection takes less than is to be sent to it.")
  @StackTrace(false)
  static final class Slow extends Event {

    @Label("Connection")
    @Description("its number in the life of the server")
    long connection;

    @Label("Client")
    @Description("the public id")
    @Nullable String client;

    @Label("Action")
    @Description("SHED or CLOSED")
    @Nullable String action;

    @Label("Queued")
    @Description("UTF-16 code units")
    long queued;

    @Label("Dropped")
    @Description("frames")
    long dropped;
  }

  @Name("dev.collab.DocumentLoaded")
  @Label("Document Loaded")
  @Category(CATEGORY)
  @Description("A document was read from its log.")
  @StackTrace(false)
  static final class Loaded extends Event {

    @Label("Document")
    @Description("the collection and the id")
    @Nullable String document;

    @Label("Revision")
    @Description("entries committed so far")
    long revision;

    @Label("Took")
    @Description("from the first request to the end of loading")
    @Timespan(Timespan.NANOSECONDS)
    long took;
  }

  @Name("dev.collab.DocumentUnloaded")
  @Label("Document Unloaded")
  @Category(CATEGORY)
  @Description("A document is served no longer.")
  @StackTrace(false)
  static final class Unloaded extends Event {

    @Label("Document")
    @Description("the collection and the id")
    @Nullable String document;

    @Label("Revision")
    @Description("entries committed so far")
    long revision;

    @Label("Reason")
    @Nullable String reason;
  }

  @Name("dev.collab.CoordinatorFailed")
  @Label("Coordinator Failed")
  @Category(CATEGORY)
  @Description("A call of the coordinator failed.")
  @StackTrace(false)
  static final class Failed extends Event {

    @Label("Call")
    @Nullable String call;

    @Label("Failure")
    @Description("the class of the exception")
    @Nullable String failure;
  }
}
