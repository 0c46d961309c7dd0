delete from t where v in ('all', 'copy');
update t set v = 'changed' where v = 'x';
insert into t values ('\\', '''''', '""', 'new'), (E'\u0001', E'\r', E'\t', 'control');
