update t set v = 'w', updated_at = now() where id = 5;
update d set v = 'w', updated_at = now() where id = 5;
delete from t where id = 6;
insert into d values (31, 'new', '2020-01-01');
