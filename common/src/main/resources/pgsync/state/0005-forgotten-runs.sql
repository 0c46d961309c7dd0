-- Runs that are older than keepHistory are deleted with their lines of sync_log. How many there were and how long they took in all
-- stays, since counters for monitoring only grow.
create table pgsync.forgotten_runs (
    state   text primary key,
    runs    bigint not null,
    seconds float8 not null
);
