create table t (k text collate nocase primary key, v text); create table o (k text collate noaccent primary key, v text); create table value_only (id int primary key, k text collate nocase);
