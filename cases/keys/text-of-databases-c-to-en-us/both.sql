create table t (k text primary key, pad text, v int) with (fillfactor = 10);
create table u (id int primary key, name text unique, v int);
create table p (k text not null, v int, primary key (k)) with (fillfactor = 10);
