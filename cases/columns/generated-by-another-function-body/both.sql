create schema f;
create table shout (id int primary key, name text);
create table taxed (id int primary key, amount int, updated_at timestamptz default now());
create table fine (id int primary key, name text);
