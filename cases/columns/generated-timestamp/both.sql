create table t (id int primary key, at timestamp, updated_at timestamp generated always as (at) stored, v text);
