update namespaces set path = 'gone2', updated_at = now() at time zone 'utc' where path = 'gone';
update namespaces set path = 'GONE', updated_at = now() at time zone 'utc' where path = 'sub';
update p_ci_builds set status = 'success', updated_at = now() at time zone 'utc' where status = 'running';
-- Moves to the other partition, so it is another key.
update p_ci_builds set partition_id = 101, token_encrypted = 't2', updated_at = now() at time zone 'utc' where partition_id = 100 and id = 1;
update loose_foreign_keys_deleted_records set status = 2 where primary_key_value = 7;
delete from loose_foreign_keys_deleted_records where primary_key_value = 8;
