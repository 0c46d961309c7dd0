insert into namespaces (name, path, traversal_ids, updated_at) values ('Group', 'group', '{1}', '2024-01-01'), ('Sub', 'sub', '{1,2}', '2024-01-01'), ('Gone', 'gone', '{3}', '2024-01-01');
insert into p_ci_builds (partition_id, status, stage_idx, tag, updated_at, token_encrypted) values (100, 'success', 0, false, '2024-01-01', 't1'), (101, 'running', 1, null, '2024-01-01', 't1'), (101, 'failed', null, true, '2024-01-01', null);
insert into loose_foreign_keys_deleted_records (partition, primary_key_value, consume_after) values (1, 7, '2024-01-01'), (1, 8, '2024-01-01');
insert into application_settings default values;
