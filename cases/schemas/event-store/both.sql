create table event_streams (stream_id bigserial primary key, stream_uuid text not null unique, stream_version bigint default 0 not null);
create table events (event_id uuid not null primary key, event_type text not null, causation_id uuid, data jsonb not null, metadata json, created_at timestamptz default now() not null);
create rule no_update_events as on update to events do instead nothing;
create table stream_events (event_id uuid not null references events, stream_id bigint not null references event_streams, stream_version bigint not null, primary key (event_id, stream_id));
create unique index ix_stream_events on stream_events (stream_id, stream_version);
create table snapshots (source_uuid text not null primary key, source_version bigint not null, data bytea not null);
create table projection_versions (projection_name text not null primary key, last_seen_event_number bigint, updated_at timestamp(0) not null);
