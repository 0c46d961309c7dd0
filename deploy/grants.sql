-- The rights that pgsync needs, for psql. Run the first part on the source, the second on the target, each as a role that may grant.
-- Names in angle brackets are yours to fill in. Only the last statement needs a superuser, and it is optional.
--
-- One machine or many: all nodes of a cluster use the same two roles. A coordinator ends the sessions of a node that froze, which
-- PostgreSQL lets a role do to its own sessions.

------------------------------------------------------------------------------------------------------------------------
-- Source: read only
create role <reader> login password '<password>';
grant connect on database <source database> to <reader>;
grant usage on schema <schema> to <reader>;
grant select on all tables in schema <schema> to <reader>;
grant select on all sequences in schema <schema> to <reader>;          -- so that the target's sequences can be moved forward
-- For tables made later by the role that runs this.
alter default privileges in schema <schema> grant select on tables to <reader>;
alter default privileges in schema <schema> grant select on sequences to <reader>;

-- Optional, and worth it: lets pgsync see how long other sessions' transactions have been running. Without it the last 10 minutes
-- (-overlap) are read again in each run, and a transaction that was open longer than that can be missed.
grant pg_read_all_stats to <reader>;

-- Only where tables have row security: pgsync refuses a table of which it would see a part.
-- alter role <reader> bypassrls;

------------------------------------------------------------------------------------------------------------------------
-- Target: reads and writes the tables, keeps its state in schema pgsync
create role <writer> login password '<password>';
grant connect, create, temporary on database <target database> to <writer>;   -- create: for schema pgsync, on first use
grant usage on schema <schema> to <writer>;
grant select, insert, update, delete on all tables in schema <schema> to <writer>;
grant usage, select, update on all sequences in schema <schema> to <writer>;
alter default privileges in schema <schema> grant select, insert, update, delete on tables to <writer>;
alter default privileges in schema <schema> grant usage, select, update on sequences to <writer>;

-- Instead of "create on database": make the schema yourself and give it away.
-- create schema pgsync authorization <writer>;

-- Optional, PostgreSQL 15 and newer: triggers and foreign keys of the target stay out of the way, and every table can go in parallel.
-- Without it tables go in foreign key order and triggers fire. Managed services have their own way to allow it.
grant set on parameter session_replication_role to <writer>;
