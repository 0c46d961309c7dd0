package pgsync.table;

import pgsync.task.TableName;

/** Something table-like that is never synchronized, with the reason in words: a view, a foreign table, a partition, an extension's table. */
public record LeftOut(TableName name, String reason) {}
