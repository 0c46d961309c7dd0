create table plain (id int primary key, v money);
create table stamped (id int primary key, v money, updated_at timestamptz not null default '2024-01-01');
create table keyed (k money primary key, n int);
