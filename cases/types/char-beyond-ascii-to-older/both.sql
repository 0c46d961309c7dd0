create domain letter as "char"; create type letters as (a "char");
create table t (id int primary key, v "char");
create table stamped (id int primary key, v letter, updated_at timestamptz not null default '2024-01-01');
create table ascii (id int primary key, v "char", w letter);
create table keyed (k "char" primary key, n int);
create table many (id int primary key, v "char"[]);
create table composite (id int primary key, v letters);
