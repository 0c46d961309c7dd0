create table t (id int primary key, v text, w text, updated_at timestamptz default '2025-01-01', unique nulls not distinct (v, w));
