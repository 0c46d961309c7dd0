begin;
update u set name = 'x' where id = 1;
update u set name = 'a', updated_at = now() where id = 2;
update u set name = 'b', updated_at = now() where id = 1;
commit;
