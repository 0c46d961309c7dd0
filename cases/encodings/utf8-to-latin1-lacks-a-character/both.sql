create table price (id int primary key, v text);
create table keyed (k text primary key, n int);
create table stamped (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
create table nokey (v text);
create table fine (id int primary key, v text);
create table kept (id int primary key, v text, updated_at timestamptz not null default now());
