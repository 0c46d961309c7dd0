update all_with set a = 'c', updated_at = now() where id = 1;
delete from all_with where id = 11;
update one_without set a = 'c', updated_at = now() where id = 1;
update leaf_without set a = 'c', updated_at = now() where id = 1;
