delete from t where id in (1, 2);
insert into t (id, n, v) overriding system value values (1, 101, 'w'), (2, 2, 'w');
