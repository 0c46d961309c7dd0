update rows_by_value set a = 'c', updated_at = now() where id = 1;
update columns_less_key set a = 'c', updated_at = now() where id = 1;
update rows_by_key set a = 'c', updated_at = now() where id = 1;
delete from rows_by_key where id = 2;
