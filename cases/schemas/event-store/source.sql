insert into event_streams (stream_uuid, stream_version) values ('$all', 2), ('order-1', 2);
insert into events values ('00000000-0000-0000-0000-000000000001', 'Placed', null, '{"n": 1e400}', '{"b":  1, "a": 2}', '2024-01-01'), ('00000000-0000-0000-0000-000000000002', 'Paid', '00000000-0000-0000-0000-000000000001', '{}', null, '2024-01-01');
insert into stream_events select event_id, stream_id, row_number() over (partition by stream_id order by event_id) from events, event_streams;
insert into snapshots values ('order-1', 1, '\x836803');
insert into projection_versions values ('orders', 2, '2024-01-01');
