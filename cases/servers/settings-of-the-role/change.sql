update t set d = '1999-12-31', updated_at = now() where id = 1;
delete from t where id = 3;
delete from n where v = 'a';
insert into n values ('a');
insert into parent values ('q');
update child set parent = 'q' where id = 2;
insert into n values ('b');
