update t set v = 'changed', U&"up""dated\000A at; --" = now() where id in (7, 8);
delete from t where id = 9;
insert into t values (101, 'new', now()), (102, 'new with an old stamp', '2023-01-01');
