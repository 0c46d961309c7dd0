create table t (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
create table plain (id int primary key, v text);
create table later (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
create table fine (id int primary key, v text);
