create table plain (id int primary key, v float4);
create table stamped (id int primary key, v float4, updated_at timestamptz not null default '2024-01-01');
create table keyed (k float4 primary key, n int);
