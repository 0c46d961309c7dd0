package pgsync.coordinator.plan;

import pgsync.task.TaskSpec;

/**
 * One task of a plan, before it has a number.
 *
 * @param kind name of the first step, as it stands in {@code pgsync.task.kind}
 * @param stage begins when every task of a lower stage behind the same gate has ended
 * @param cost estimated bytes; dearest first
 */
public record PlannedTask(String kind, int stage, long cost, TaskSpec spec) {}
