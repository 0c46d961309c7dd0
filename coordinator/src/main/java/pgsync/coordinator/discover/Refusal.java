package pgsync.coordinator.discover;

import pgsync.task.TableName;

/** A selected table that will not be synchronized, and what a person does about it. Reported, never passed over. */
public record Refusal(TableName table, String reason, String remedy) {}
