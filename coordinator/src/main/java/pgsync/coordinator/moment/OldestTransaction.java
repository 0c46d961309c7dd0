package pgsync.coordinator.moment;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import pgsync.sql.Step;

/**
 * The horizon is the begin of the oldest transaction that runs, less a margin. {@code now()} stamps a row with the time its
 * transaction began, and the row becomes visible when it commits: every reader of {@code updated_at > last} loses what commits
 * in between. Neither {@code pg_snapshot_xmin} nor a lock table shows a transaction that has begun and not yet written, but its
 * {@code now()} is fixed already; {@code xact_start} shows it (manual, 27.2.3 "pg_stat_activity").
 */
public final class OldestTransaction implements HorizonRule {
    /** A transaction's start is stamped a moment before other sessions can see it, and a clock may be put back a little. */
    public static final Duration MARGIN = Duration.ofSeconds(5);

    /** One row. Statistics are read once a transaction and then cached, so this runs in a transaction of its own. */
    private static final String READ = """
            select clock_timestamp() as now,
                   (select min(a.xact_start) from pg_catalog.pg_stat_activity a
                     where a.pid <> pg_catalog.pg_backend_pid()
                       and a.backend_type is distinct from 'autovacuum worker'
                       and (a.datid is null or a.datid = d.oid)) as oldest,
                   (select count(*) from pg_catalog.pg_stat_activity a
                     where a.state = 'disabled' and a.datid = d.oid) as untracked,
                   (select count(*) from pg_catalog.pg_prepared_xacts p where p.database = d.datname) as prepared,
                   (select count(distinct r.srsubid) from pg_catalog.pg_subscription_rel r) as subscriptions,
                   (select case when bool_and(w.at is not null) then min(w.at) end
                      from (select r.srsubid, max(s.last_msg_send_time) as at
                              from pg_catalog.pg_subscription_rel r
                              left join pg_catalog.pg_stat_subscription s on s.subid = r.srsubid and s.relid is null
                             group by r.srsubid) w) as received,
                   pg_catalog.pg_is_in_recovery() as standby,
                   pg_catalog.pg_last_xact_replay_timestamp() as replayed,
                   (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user)
                   or pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') as sees_all
              from pg_catalog.pg_database d
             where d.datname = pg_catalog.current_database()
            """;

    private final Duration overlap;

    public OldestTransaction(Duration overlap) {
        this.overlap = overlap;
    }

    @Override
    public Horizon read(SqlConnection source) {
        var row = Step.await(
                        "read the horizon of the source",
                        () -> source.query(READ).execute())
                .iterator()
                .next();
        if (row.getLong("prepared") > 0) {
            return new Horizon.Unknown(
                    "the source has prepared transactions (pg_prepared_xacts), whose begin PostgreSQL does not tell",
                    "commit or roll back the prepared transactions");
        }
        var now = row.getOffsetDateTime("now");
        var oldest = row.getOffsetDateTime("oldest");
        var horizon = oldest != null && oldest.isBefore(now) ? oldest : now;
        var doubt = doubt(row);
        if (doubt == null) {
            return new Horizon.Known(utc(horizon.minus(MARGIN)), null);
        }
        if (row.getBoolean("standby")) {
            // A standby that lags shows what its primary was a while ago: what commits there in between has stamps from
            // before now.
            var replayed = row.getOffsetDateTime("replayed");
            if (replayed == null) {
                return new Horizon.Unknown(
                        "the source is a standby that has replayed no transaction yet",
                        "nothing to do: it is known once something commits on the primary");
            }
            now = replayed.isBefore(now) ? replayed : now;
        }
        if (row.getLong("subscriptions") > 0) {
            var received = row.getOffsetDateTime("received");
            if (received == null) {
                return new Horizon.Unknown(
                        "a subscription of the source receives nothing, and rows that come when it does have stamps of long ago",
                        "enable the subscription, or drop it");
            }
            now = received.isBefore(now) ? received : now;
        }
        var overlapping = now.minus(overlap);
        return new Horizon.Known(
                utc((overlapping.isBefore(horizon) ? overlapping : horizon).minus(MARGIN)),
                new Horizon.Doubt(
                        "%s: reading the last %s again in each run instead; transactions longer than that can be missed"
                                .formatted(
                                        doubt.warning(),
                                        overlap.toString().substring(2).toLowerCase(java.util.Locale.ROOT)),
                        doubt.remedy()));
    }

    private static Horizon.@Nullable Doubt doubt(Row row) {
        if (row.getBoolean("standby")) {
            return new Horizon.Doubt(
                    "the source is a standby, which does not show the primary's transactions",
                    "grant pg_read_all_stats to the role on the source's primary, and connect there");
        }
        if (row.getLong("subscriptions") > 0) {
            return new Horizon.Doubt(
                    "the source gets rows by logical replication, with the stamps of transactions that it does not show",
                    "make -overlap longer than these take and the replication lags, or synchronize from the publisher");
        }
        if (!row.getBoolean("sees_all")) {
            return new Horizon.Doubt(
                    "this role cannot see other sessions' transactions on the source (grant pg_read_all_stats)",
                    "grant pg_read_all_stats to the role on the source's primary");
        }
        return row.getLong("untracked") > 0
                ? new Horizon.Doubt(
                        "sessions on the source run with track_activities = off",
                        "set track_activities on for all of them")
                : null;
    }

    private static OffsetDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC);
    }
}
