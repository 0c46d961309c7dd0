create table t (id int primary key, s int2, i int4, b int8, d date, ts timestamp, tz timestamptz, iv interval, p point, bx box, c circle, l lseg, pa path, po polygon, li line, f4 float4, f8 float8);
create table by_small (k int2 primary key, v int);
create table by_int (k int4 primary key, v int);
create table by_big (k int8 primary key, v int);
create table by_time (d date, ts timestamp, tz timestamptz, v int, primary key (d, ts, tz));
create table by_span (k interval primary key, v int);
create table without_key (p point, b box, c circle, li line);
