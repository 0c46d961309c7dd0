create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table t (k text collate nocase primary key, v int); insert into t values ('a', 1), ('B', 2), ('c', 3), ('é', 4), ('D', 5), ('e', 6), ('f', 7), ('g', 8);
