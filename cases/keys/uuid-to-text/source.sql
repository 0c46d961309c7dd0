create table t (k uuid primary key, v int); insert into t values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1);
create table o (k text primary key, v int); insert into o values ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1), ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 2);
