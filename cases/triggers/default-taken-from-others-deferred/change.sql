begin;
update one set is_default = false, updated_at = now() where id = 3;
insert into one values (9, true, now());
insert into several values (9, true, now());
commit;
