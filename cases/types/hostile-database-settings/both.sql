create table t (id int primary key, d date, z timestamptz, i interval, f float8, b bytea, m money, x xml, a text[], updated_at timestamptz not null default '2024-01-01');
