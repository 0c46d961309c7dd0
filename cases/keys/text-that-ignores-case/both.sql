create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table t (k text collate nocase primary key, v text);
