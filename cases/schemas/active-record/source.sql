insert into schema_migrations values ('20240101000000'), ('20240102000000');
insert into ar_internal_metadata values ('environment', 'production', '2024-01-01', '2024-01-01');
insert into users (type, email, manager_id, settings, tags, deleted_at, created_at, updated_at) values
    ('Admin', 'ann@example.org', null, '{"a": [1, 2.50, null]}', '{a,"b c"}', null, '2024-01-01', '2024-01-01 00:00:00.123456'),
    (null, 'Bob@example.org', 1, '{}', '{}', null, '2024-01-01', '2024-01-02'),
    ('Guest', 'bob@example.org', 1, '{}', null, '2024-02-01', '2024-01-01', '2024-02-01');
insert into groups_users values (1, 1), (1, 2), (2, 1), (2, 1);
insert into comments (commentable_type, commentable_id, body, created_at, updated_at) values ('User', 1, 'one', '2024-01-01', '2024-01-01'), ('Group', 1, null, '2024-01-01', '2024-01-01');
