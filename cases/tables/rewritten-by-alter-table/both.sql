create table t (id int primary key, v varchar(10), updated_at timestamptz not null);
