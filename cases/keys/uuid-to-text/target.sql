create table t (k text primary key, v int); insert into t values ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 1);
create table o (k uuid primary key, v int);
