insert into events values ('00000000-0000-0000-0000-000000000003', 'Sent', null, '[]', '{}', now());
insert into stream_events select '00000000-0000-0000-0000-000000000003', stream_id, 3 from event_streams;
update event_streams set stream_version = 3;
update snapshots set source_version = 3, data = '\x84';
update projection_versions set last_seen_event_number = 3, updated_at = now() at time zone 'utc';
