/** When runs start by themselves. Takes an interval or a cron line and moments; gives the next moment. Never waits, never reads a clock. */
@NullMarked
package pgsync.schedule;

import org.jspecify.annotations.NullMarked;
