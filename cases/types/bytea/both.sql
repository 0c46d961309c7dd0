create function string_agg_bytes() returns text language sql as 'select string_agg(lpad(to_hex(i), 2, ''0''), '''' order by i) from generate_series(0, 255) i';
create table plain (id int primary key, v bytea);
create table stamped (id int primary key, v bytea, updated_at timestamptz not null default '2024-01-01');
