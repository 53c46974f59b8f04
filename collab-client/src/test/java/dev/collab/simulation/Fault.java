package dev.collab.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What can make the life of a world hard. Each seed draws some of them. */
enum Fault {
  /** Connections are cut; what is under way is lost; both ends notice at times of their own. */
  CUTS,
  /** One end of a cut connection notices very late. */
  HALF_OPEN,
  /** What a client sent over a connection that it gave up still arrives, much later. */
  LATE_FRAMES,
  /** Submissions arrive twice, also long after they were answered. */
  DUPLICATES,
  /** Connections stop taking frames for a while. */
  STALLS,
  /** Servers lose their memory without a goodbye. */
  CRASHES,
  /** Servers are closed in order and started again. */
  RESTARTS,
  /** Two servers share the coordinator, and clients go from one to the other. */
  TWO_NODES,
  /** Clients stay away for long and type meanwhile. */
  ABSENCES,
  /** Clients come late. */
  LATE_COMERS,
  /** Clients leave for good, whatever is unsaved. */
  LEAVERS,
  /** Coordinator calls take long and overtake each other. */
  SLOW_COORDINATOR,
  /** Coordinator calls fail before, after or long before their effect. */
  UNKNOWN_OUTCOMES,
  /** Announcements of the coordinator are lost, late or doubled. */
  LOST_ANNOUNCEMENTS,
  /** Old log entries are dropped behind a snapshot. */
  TRIMS,
  /** Documents are deleted and created again. */
  DELETIONS,
  /** Documents may not grow above a small size. */
  SMALL_DOCUMENTS,
  /** Operations may not be heavier than a small limit, so that larger ones are split. */
  SMALL_OPERATIONS,
  /** Editors replace one half of a surrogate pair. */
  HALF_SURROGATES,
  /** Clients die without a goodbye; their servers notice late, or not by themselves. */
  SUDDEN_DEATHS,
  /** The coordinator takes the leases of servers for expired. */
  EXPIRED_LEASES;

  /** The faults that make sense only where people do more than typing. */
  static final Set<Fault> OF_COMPANY = EnumSet.of(SUDDEN_DEATHS, EXPIRED_LEASES);
}
